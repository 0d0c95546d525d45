import EmbeddedPostgres
import EventLog
import PostgresClient
import Terminal

/// The server that a command talks to, and how it is made ready.
struct Server {
  /// How everyday commands connect.
  let configuration: PostgresConfiguration
  /// The embedded cluster, unless another server is configured.
  let embedded: EmbeddedCluster?

  /// The server that the flag, the environment or the configuration names; else the embedded one.
  init(_ settings: Settings, url: String?) throws {
    if let text = url ?? settings.database {
      configuration = try Self.tuned(PostgresConfiguration(text))
      embedded = nil
    } else if settings.namesServerForLibPQ {
      configuration = Self.tuned(PostgresConfiguration())
      embedded = nil
    } else {
      let cluster = try EmbeddedCluster(environment: settings.environment)
      configuration = Self.tuned(PostgresConfiguration(keywords: cluster.userParameters))
      embedded = cluster
    }
  }

  /// How long a lock is waited for.
  static let lockTimeout = "30s"

  /// A lock is not waited for for ever, and a transaction does not keep one while nobody is there. The log's functions
  /// need the isolation that is usual, and everybody reads through the rules of row security, whatever the database or
  /// the role has set.
  private static func tuned(_ configuration: PostgresConfiguration) -> PostgresConfiguration {
    var configuration = configuration
    configuration.sessionParameters["lock_timeout"] = lockTimeout
    configuration.sessionParameters["default_transaction_isolation"] = "read committed"
    configuration.sessionParameters["row_security"] = "on"
    configuration.sessionParameters["idle_in_transaction_session_timeout"] = "60s"
    if configuration.applicationName == nil { configuration.applicationName = "dossier" }
    return configuration
  }

  /// Connects. The embedded server is created, started and migrated when it has to be.
  ///
  /// - Throws: `MigrationError` or `Failure` when another server's schema is not the one this version knows.
  func open(_ terminal: Terminal) async throws -> EventLog {
    let pool = PostgresPool(configuration, maximumConnections: 2)
    do {
      let status = try await waiting(terminal) {
        try await pool.withConnection { connection in
          try await Self.requireWholeSession(connection)
          return try await Migrator().status(connection)
        }
      }
      if status.isCurrent { return EventLog(pool, watch: PendingWrite.watch) }
      guard embedded != nil else {
        throw Failure(
          .configuration,
          status.applied.isEmpty
            ? "the database has not been prepared. Prepare it with: dossier migrate"
            : "the database is prepared for an older version of Dossier. Whoever runs it brings it "
              + "up to date with: dossier migrate")
      }
    } catch let error as PostgresError {
      guard embedded != nil else { throw error }
    }
    await pool.close()
    try await prepareEmbedded(terminal)
    return EventLog(
      PostgresPool(configuration, maximumConnections: 2), watch: PendingWrite.watch)
  }

  /// Creates, starts and migrates the embedded server, and gives its person the roles of an analyst and admin.
  private func prepareEmbedded(_ terminal: Terminal) async throws {
    guard let embedded else { return }
    try await embedded.start { progress in
      switch progress {
      case .creating: terminal.note("creating a database in \(embedded.home) (once)")
      case .starting: terminal.note("starting the database")
      }
    }
    let connection = try await connectAsAdministrator(terminal)
    try await Migrator().migrate(connection)
    try await Self.admit(embedded, connection)
    await connection.close()
  }

  /// How whoever administers the server connects: to migrate, to back up.
  var administration: PostgresConfiguration {
    embedded.map { PostgresConfiguration(keywords: $0.superuserParameters) } ?? configuration
  }

  /// Gives the person of the embedded server the roles of an analyst and admin.
  static func admit(
    _ embedded: EmbeddedCluster, _ connection: PostgresConnection
  ) async throws {
    let role = PostgresQuery.quoted(identifier: embedded.person.name)
    try await connection.execute(script: "GRANT dossier_admin TO \(role)")
  }
}

extension PostgresQuery {
  /// A name as SQL quotes it.
  static func quoted(identifier: String) -> String {
    "\""
      + identifier.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
