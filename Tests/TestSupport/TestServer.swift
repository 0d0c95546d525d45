public import PostgresClient

import Glibc
import Synchronization

/// The server that tests share: a private one, reached as a superuser.
public actor TestServer {
  /// The server that `DOSSIER_TEST_SERVER` names.
  public static let shared = TestServer()

  private var preparedTemplates: [String: Task<String, any Error>] = [:]
  private static let lastDatabase = Atomic<UInt64>(0)

  /// How to reach the server's own `postgres` database as a superuser.
  ///
  /// Throws ``TestServerMissing`` when no server is named.
  public static var configuration: PostgresConfiguration {
    get throws {
      guard let conninfo = getenv("DOSSIER_TEST_SERVER") else { throw TestServerMissing() }
      var configuration = try PostgresConfiguration(String(cString: conninfo))
      if configuration.database == nil { configuration.database = "postgres" }
      return configuration
    }
  }

  /// Creates a database for one test; the caller drops it.
  func createDatabase(_ template: TestTemplate) async throws -> PostgresConfiguration {
    let source = try await prepared(template)
    let name = Self.newName("test")
    try await Self.administer { connection in
      try await connection.query(
        "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: source)")
      // What roles may do with a database is not copied with it.
      try await connection.query(
        """
        UPDATE pg_database d SET datacl = s.datacl FROM pg_database s
        WHERE d.datname = \(name) AND s.datname = \(source)
        """)
    }
    return try Self.configuration(for: name)
  }

  /// Drops a database and throws out whoever is still connected to it.
  func drop(_ configuration: PostgresConfiguration) async throws {
    guard let name = configuration.database else { return }
    try await Self.administer { connection in
      try await connection.query("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }
  }

  /// The database to copy, made by the first test that needs it.
  private func prepared(_ template: TestTemplate) async throws -> String {
    guard let prepare = template.prepare else { return "template0" }
    if let task = preparedTemplates[template.name] { return try await task.value }
    let task = Task {
      let name = Self.newName("template_\(template.name)")
      try await Self.administer { connection in
        try await connection.query("CREATE DATABASE \(identifier: name) TEMPLATE template0")
      }
      try await prepare(Self.configuration(for: name))
      return name
    }
    preparedTemplates[template.name] = task
    return try await task.value
  }

  private static func administer(
    _ body: (PostgresConnection) async throws -> Void
  ) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    do {
      try await body(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  private static func configuration(for database: String) throws -> PostgresConfiguration {
    var configuration = try configuration
    configuration.database = database
    return configuration
  }

  /// Several test processes may share the server, so the name carries this one's number.
  private static func newName(_ purpose: String) -> String {
    let number = lastDatabase.add(1, ordering: .relaxed).newValue
    return "dossier_\(purpose)_\(getpid())_\(number)"
  }
}

/// `DOSSIER_TEST_SERVER` is not set.
public struct TestServerMissing: Error, CustomStringConvertible {
  /// What is missing, and what to do.
  public var description: String {
    "These tests need a PostgreSQL server of their own. Run Scripts/test, which starts one, or "
      + "set DOSSIER_TEST_SERVER to the connection string of a private server's superuser."
  }
}
