import ArgumentParser
import EmbeddedPostgres

/// `dossier db stop`
struct DatabaseStop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop the embedded database.",
    discussion: """
      EXAMPLES
        dossier db stop
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let wasRunning = try await DatabaseCommand.embedded(global).stop()
    global.terminal(try Settings().environment)
      .note(wasRunning ? "stopped the database" : "the database was not running")
  }
}
