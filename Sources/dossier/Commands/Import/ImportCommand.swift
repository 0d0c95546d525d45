import ArgumentParser

/// `dossier import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in a casebook kept as files, or a table of claims.",
    subcommands: [ImportCorpus.self, ImportClaims.self])
}
