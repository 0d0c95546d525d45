import EventLog
import PostgresClient

/// A server to measure on: databases with Dossier's schema, and a person who may append.
struct Laboratory {
  /// The login role that everything is measured as. A superuser would be spared its checks.
  static let person = "bench"
  private static let template = "bench_template"

  private let superuser: PostgresConfiguration

  /// Prepares a server that nobody else uses.
  ///
  /// - Parameter server: libpq keywords of a superuser.
  /// - Throws: `PostgresError` when it cannot be reached.
  init(server: String) async throws {
    superuser = try PostgresConfiguration(server)
    try await asSuperuser { connection in
      try await connection.query("CREATE DATABASE \(identifier: Self.template)")
      try await connection.query("CREATE ROLE \(identifier: Self.person) LOGIN")
    }
    try await asSuperuser(in: Self.template) { connection in
      _ = try await Migrator().migrate(connection)
      try await connection.query("GRANT dossier_admin TO \(identifier: Self.person)")
    }
  }

  /// Creates a database with Dossier's schema; returns how the person connects to it.
  func createDatabase(_ name: String) async throws -> PostgresConfiguration {
    try await asSuperuser { connection in
      try await connection.query(
        "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: Self.template)")
    }
    var configuration = superuser
    configuration.database = name
    configuration.user = Self.person
    return configuration
  }

  /// Runs a body on a superuser's connection, by default to the server's own database.
  func asSuperuser(
    in database: String? = nil, _ body: (PostgresConnection) async throws -> Void
  ) async throws {
    var configuration = superuser
    if let database { configuration.database = database }
    let connection = try await PostgresConnection.connect(configuration)
    do {
      try await body(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  /// Settles a database after it has been filled, so that no vacuum starts while it is measured.
  func settle(_ database: String) async throws {
    try await asSuperuser(in: database) { connection in
      try await connection.query("VACUUM (ANALYZE)")
      try await connection.query("CHECKPOINT")
    }
  }
}
