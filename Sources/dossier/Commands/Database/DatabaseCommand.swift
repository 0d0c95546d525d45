import ArgumentParser
import EmbeddedPostgres

/// `dossier db`
struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "The database that holds the casebooks.",
    discussion: """
      EXAMPLES
        dossier db status
        dossier db psql
        dossier db stop
      """,
    subcommands: [
      DatabaseStart.self, DatabaseStop.self, DatabaseStatus.self, DatabaseURL.self,
      DatabasePsql.self, DatabaseBackup.self, DatabaseRestore.self,
    ])

  /// The embedded cluster.
  ///
  /// - Throws: `Failure` when another server is configured.
  static func embedded(_ global: GlobalOptions) throws -> EmbeddedCluster {
    let settings = try Settings()
    guard let cluster = try Server(settings, url: global.databaseURL).embedded else {
      throw Failure(
        .usage,
        "another server is configured, which Dossier neither starts nor stops. Unset DATABASE_URL and "
          + "PG* for the embedded one")
    }
    return cluster
  }
}
