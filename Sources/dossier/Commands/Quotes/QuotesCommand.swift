import ArgumentParser

/// `dossier quotes`
struct QuotesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quotes", abstract: "Hold quotes against the texts of their sources.",
    discussion: """
      EXAMPLES
        dossier quotes check fbi-1955
      """,
    subcommands: [QuotesCheck.self])
}
