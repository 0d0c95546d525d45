/// A predicate with its history.
public struct VocabularyEntry: Hashable, Sendable {
  /// The predicate, revisions included.
  public var predicate: Predicate
  /// When it was defined.
  public let recorded: Stamp
  /// The mark of the last import that defined or revised it.
  public var mark: ImportMark?
  /// True when the last revision was not made by an import.
  public var hasDiverged = false
}
