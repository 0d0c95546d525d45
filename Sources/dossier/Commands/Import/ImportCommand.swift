import ArgumentParser

/// `dossier import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in a casebook kept as files, or a table of claims.",
    discussion: """
      EXAMPLES
        dossier import corpus --bundled soviet-defectors
        dossier import claims claims.csv
      """,
    subcommands: [ImportCorpus.self, ImportClaims.self])
}
