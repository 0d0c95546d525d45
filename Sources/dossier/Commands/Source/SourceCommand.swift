import ArgumentParser

/// `dossier source`
struct SourceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source", abstract: "Works with a voice, and works they cite.",
    discussion: """
      EXAMPLES
        dossier source list
        dossier source show fbi-1955
        dossier source add riehle-2020 --title "Soviet Defectors" --issued 2020
      """,
    subcommands: [
      SourceAdd.self, SourceList.self, SourceShow.self, SourceAmend.self, SourceCopyCommand.self,
      SourceDerive.self, SourceGradeCommand.self, SourceAttach.self, SourceTextCommand.self,
    ])
}
