/// A tabulation as the events up to now leave it.
public struct Tabulation: Hashable, Sendable {
  /// What the source states, corrections included.
  public var content: TabulationContent
  /// Whether it has been withdrawn.
  public var isWithdrawn = false
  /// How often it has been stated or corrected.
  public var revision = 1
  /// When it was recorded.
  public let recorded: Stamp
  /// The mark of the last import that stated or corrected it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import.
  public var hasDiverged = false
}
