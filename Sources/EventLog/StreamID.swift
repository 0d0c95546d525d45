/// What a stream of events is about.
public enum StreamKind: String, Hashable, Sendable, CaseIterable {
  case casebook, source
  case `case`
}

/// One stream of events within a casebook.
public struct StreamID: Hashable, Sendable, CustomStringConvertible {
  /// What it is about.
  public let kind: StreamKind
  /// The short name of the casebook, source or case; it is never renamed.
  public let id: String

  /// The stream of this `kind` named `id`.
  public init(_ kind: StreamKind, _ id: String) {
    self.kind = kind
    self.id = id
  }

  /// The kind and the name, such as `case gouzenko`.
  public var description: String { "\(kind.rawValue) \(id)" }
}
