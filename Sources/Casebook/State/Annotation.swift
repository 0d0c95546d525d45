/// An annotation as the events up to now leave it.
public struct Annotation: Hashable, Sendable {
  /// Its number within its home: 3 for `a3`.
  public let number: Int
  /// What it says, revisions included.
  public var content: AnnotationContent
  /// Whether it has been withdrawn.
  public var isWithdrawn = false
  /// How often it has been recorded or revised.
  public var revision = 1
  /// When it was recorded.
  public let recorded: Stamp
  /// When it last changed.
  public var changed: Stamp
  /// The mark of the last import that recorded or revised it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import.
  public var hasDiverged = false
}
