import ArgumentParser

extension CompletionKind {
  /// The short names of the cases, as the casebook in use has them.
  static let cases = names(of: "case")
  /// The short names of the sources.
  static let sources = names(of: "source")
  /// The short names of the casebooks.
  static let casebooks = names(of: "casebook")
  /// The predicates of the vocabulary.
  static let predicates = firstColumn(of: "dossier predicate list")

  private static func names(of kind: String) -> CompletionKind {
    firstColumn(of: "dossier \(kind) list")
  }

  /// Nothing where the command fails: a completion is no place for an error.
  private static func firstColumn(of command: String) -> CompletionKind {
    .shellCommand("\(command) --format csv 2>/dev/null | tail -n +2 | cut -d, -f1")
  }
}
