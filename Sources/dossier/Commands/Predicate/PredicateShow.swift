import ArgumentParser

/// `dossier predicate show`
struct PredicateShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a predicate's scope note, terms and qualifiers.",
    discussion: """
      EXAMPLES
        dossier predicate show birth.date
      """)

  @Argument(help: "The predicate.", completion: .predicates) var id: String
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await Session.open(global, read).showVocabulary(read, only: id)
  }
}
