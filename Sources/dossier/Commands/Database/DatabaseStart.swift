import ArgumentParser

/// `dossier db start`
struct DatabaseStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start the embedded database; the first time, create it.",
    discussion: """
      EXAMPLES
        dossier db start
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    _ = try DatabaseCommand.embedded(global)
    let session = try await Session.open(global)
    session.terminal.note("the database is running")
  }
}
