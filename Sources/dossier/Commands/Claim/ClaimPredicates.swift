import ArgumentParser

/// `dossier claim predicates`, which `dossier predicate` says better.
struct ClaimPredicates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predicates",
    abstract: "Show the vocabulary: what can be claimed, and what counts.",
    discussion: """
      EXAMPLES
        dossier claim predicates
        dossier claim predicates birth.date

      The same as: dossier predicate list, dossier predicate show
      """)

  @Argument(help: "One predicate, to see its scope note, terms and qualifiers.") var predicate:
    String?
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await Session.open(global, read).showVocabulary(read, only: predicate)
  }
}
