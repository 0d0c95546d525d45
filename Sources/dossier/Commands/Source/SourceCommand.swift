import ArgumentParser

/// `dossier source`
struct SourceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source", abstract: "Works with a voice, and works they cite.",
    subcommands: [
      SourceAdd.self, SourceList.self, SourceShow.self, SourceAmend.self, SourceCopyCommand.self,
      SourceDerive.self, SourceGradeCommand.self,
    ])
}
