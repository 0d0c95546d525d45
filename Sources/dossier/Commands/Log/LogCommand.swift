import ArgumentParser

/// `dossier log`
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The log itself: events, export, restore, verification.",
    discussion: """
      EXAMPLES
        dossier log head
        dossier log show @400..@412
        dossier log verify
      """,
    subcommands: [
      LogHead.self, LogShow.self, LogExport.self, LogImportCommand.self, LogVerify.self,
      LogVoid.self,
    ])
}
