/// The stream that an event belongs to: the casebook's own, a source's or a case's.
public struct StreamAddress: Hashable, Sendable {
  /// What a stream is about.
  public enum Kind: String, Hashable, Sendable {
    case casebook, source
    case caseFile = "case"
  }

  /// What the stream is about.
  public let kind: Kind
  /// The slug of the casebook, source or case.
  public let id: Slug

  /// The stream of the `kind` named `id`.
  public init(_ kind: Kind, _ id: Slug) {
    self.kind = kind
    self.id = id
  }
}
