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

  /// Names are told apart by their bytes, as the database does: `==` of texts takes a composed and a decomposed accent for
  /// the same.
  public static func == (left: StreamID, right: StreamID) -> Bool {
    left.kind == right.kind && left.id.utf8.elementsEqual(right.id.utf8)
  }

  /// The kind and the name, such as `case gouzenko`.
  public var description: String { "\(kind.rawValue) \(id)" }
}
