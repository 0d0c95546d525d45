import ArgumentParser
import EmbeddedPostgres
import EventLog
import Migrations
import PostgresClient
import StrictJSON
import Terminal

/// `dossier migrate`
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring the database to the schema of this version.",
    discussion: """
      EXAMPLES
        dossier migrate --status
        DATABASE_URL=postgresql://admin@db/dossier dossier migrate

      Connect as a role that may create roles and schemas. The embedded database migrates by itself.
      """)

  @Flag(name: .long, help: "Show what would be applied; apply nothing.") var dryRun = false
  @Flag(name: .long, help: "Show what is applied and what is not.") var status = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let settings = try Settings()
    let server = try Server(settings, url: global.databaseURL)
    try await server.embedded?.start()
    let connection = try await server.connectAsAdministrator(global.terminal(settings.environment))
    let before = try await Migrator().status(connection)
    let isApplied = !dryRun && !status
    if isApplied { try await Migrator().migrate(connection) }
    await connection.close()
    let document = Document(
      json: .document(
        ("applied", .array(before.applied.map { .integer($0) })),
        ("pending", .array(before.pending.map { .string($0.fileName) })),
        ("migrated", .boolean(isApplied)))
    ) { width in
      var page = Page(width: width)
      for migration in before.pending {
        page.add("\(isApplied ? "applied" : "pending") \(migration.fileName, .strong)")
      }
      if before.pending.isEmpty {
        page.add("the schema is current: \(counted(before.applied.count, "migration")) applied")
      }
      return page
    }
    try global.show(document)
  }
}
