/// A citation as the events up to now leave it.
public struct Citation: Hashable, Sendable {
  /// Its number within the case: 5 for `n5`.
  public let number: Int
  /// What it says, corrections included.
  public var content: CitationContent
  /// The source whose claim cites; nil when an analyst's annotation does.
  public let voice: Slug?
  /// Whether it has been withdrawn.
  public var isWithdrawn = false
  /// How often it has been recorded or corrected.
  public var revision = 1
  /// When it was recorded.
  public let recorded: Stamp
  /// When it last changed.
  public var changed: Stamp
  /// The mark of the last import that recorded or corrected it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import.
  public var hasDiverged = false
}
