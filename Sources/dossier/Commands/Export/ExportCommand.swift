import ArgumentParser

/// `dossier export`
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a casebook for other programs and people.",
    discussion: """
      EXAMPLES
        dossier export corpus my-casebook/
      """,
    subcommands: [ExportCorpus.self])
}
