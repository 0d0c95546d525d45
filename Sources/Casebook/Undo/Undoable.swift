/// What a file that was imported speaks for until somebody changes it by hand.
protocol Imported {
  /// The mark of the last import that recorded or changed it.
  var mark: ImportMark? { get }
  /// True when the last change was not made by an import.
  var hasDiverged: Bool { get }
}

extension Imported {
  /// The mark that an undo gives back: what a file spoke for before, it speaks for again.
  var standingMark: ImportMark? { hasDiverged ? nil : mark }
}

/// What is taken back by itself: it has a number, stands or is withdrawn, and says something.
protocol Undoable: Imported {
  associatedtype Content: Amendable
  var content: Content { get }
  var isWithdrawn: Bool { get }
  var changed: Stamp { get }
}

extension Undoable {
  /// Whether it says the same as `other` and stands as it does.
  func isAs(_ other: Self) -> Bool {
    isWithdrawn == other.isWithdrawn && content.isIdentical(to: other.content)
  }
}

extension Case: Imported {}
extension Source: Imported {}
extension Tabulation: Imported {}
extension VocabularyEntry: Imported {}
extension Annotation: Undoable {}
extension Citation: Undoable {}
extension Conclusion: Undoable {}
extension Claim: Undoable {
  var isWithdrawn: Bool { status == .withdrawn }
}
