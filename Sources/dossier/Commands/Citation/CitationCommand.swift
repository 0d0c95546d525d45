import ArgumentParser

/// `dossier citation`
struct CitationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "citation", abstract: "Further works that claims and annotations refer to.",
    discussion: """
      EXAMPLES
        dossier citation list
        dossier cite gouzenko/c12 --work kravchenko-1946 -l "132, 216-234"
      """,
    subcommands: [CitationAdd.self, CitationCorrect.self, CitationWithdraw.self, CitationList.self])
}
