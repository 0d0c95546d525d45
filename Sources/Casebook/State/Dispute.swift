/// A dispute as the events up to now leave it.
public struct Dispute: Hashable, Sendable {
  /// Its number within the case: 1 for `d1`.
  public let number: Int
  /// What is disputed and why.
  public let content: DisputeContent
  /// How it was resolved; nil while it is open.
  public var resolution: String?
  /// When it was resolved; nil while it is open.
  public var resolved: Stamp?
  /// When it was raised.
  public let recorded: Stamp
  /// The mark of the import that raised it.
  public let mark: ImportMark?

  /// Whether it still stands.
  public var isOpen: Bool { resolved == nil }
}
