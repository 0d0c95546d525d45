import ArgumentParser
import EmbeddedPostgres
import EventLog
import Migrations
import FoundationEssentials
import PostgresClient
import Terminal

/// `dossier db restore`
struct DatabaseRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a backup back into a database without casebooks.",
    discussion: """
      EXAMPLES
        DOSSIER_HOME=/srv/restored dossier db restore casebooks-2026-03-01.dump
      """)

  @Argument(help: "The file that db backup wrote.", completion: .file()) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let settings = try Settings()
    let terminal = global.terminal(settings.environment)
    guard FileManager.default.fileExists(atPath: file) else {
      throw Failure(.notFound, "there is no file \(file). Check its name")
    }
    let server = try Server(settings, url: global.databaseURL)
    try await server.embedded?.start()
    let connection = try await PostgresConnection.connect(server.administration)
    try await Self.makeRoom(connection)
    try await DatabaseProgram("pg_restore").run([
      "--exit-on-error", "--single-transaction",
      "--dbname=\(server.administration.connectionString)", file,
    ])
    guard try await Migrator().status(connection).applied.isEmpty == false else {
      throw Failure(.badInput, "\(file) holds no casebooks. Name a file that db backup wrote")
    }
    // A dump of the schema holds none of the guards that belong to the database.
    try await Migrator().migrate(connection)
    if let embedded = server.embedded { try await Server.admit(embedded, connection) }
    await connection.close()
    terminal.note("restored \(file)")
  }

  /// Removes an empty schema; a database that holds casebooks is left alone.
  private static func makeRoom(_ connection: PostgresConnection) async throws {
    if try await !Migrator().status(connection).applied.isEmpty {
      let count = try await connection.query("SELECT count(*) FROM dossier.casebook")[0]
        .decode(Int64.self, at: 0)
      guard count == 0 else {
        throw Failure(
          .badInput,
          "the database holds \(counted(Int(count), "casebook")). Restore into another one, such as a new "
            + "DOSSIER_HOME")
      }
      try await connection.execute(script: "DROP SCHEMA dossier CASCADE")
    }
    try await connection.execute(script: Migrations.roles)
  }
}
