import ArgumentParser

/// `dossier citation`
struct CitationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "citation", abstract: "Further works that claims and annotations refer to.",
    subcommands: [CitationAdd.self, CitationCorrect.self, CitationWithdraw.self, CitationList.self])
}
