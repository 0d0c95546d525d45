import ArgumentParser

/// `dossier export`
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a casebook for other programs and people.",
    discussion: """
      EXAMPLES
        dossier export corpus my-casebook/
        dossier export report krivitsky -o krivitsky.md
        dossier export csl -o works.json
      """,
    subcommands: [
      ExportCorpus.self, ExportReport.self, ExportCSL.self, ExportAnnotations.self,
      ExportProvenance.self, ExportFollowTheMoney.self,
    ])
}
