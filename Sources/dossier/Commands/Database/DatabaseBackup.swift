import ArgumentParser
import EmbeddedPostgres
import FoundationEssentials
import PostgresClient
import Terminal

/// `dossier db backup`
struct DatabaseBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write all casebooks of the database to one file.",
    discussion: """
      EXAMPLES
        dossier db backup casebooks-2026-03-01.dump

      The file is a PostgreSQL archive with everything in it: events, members, requests. One casebook alone, for \
      another server, is written by: dossier log export
      """)

  @Argument(help: "The file; it must not exist yet.", completion: .file()) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    guard !FileManager.default.fileExists(atPath: file) else {
      throw Failure(.badInput, "\(file) exists already. Name another file")
    }
    let server = try Server(session.settings, url: global.databaseURL)
    try await DatabaseProgram("pg_dump").run([
      "--format=custom", "--file=\(file)", "--schema=dossier",
      "--dbname=\(server.administration.connectionString)",
    ])
    session.terminal.note("wrote \(file)")
  }
}
