import EventLog
public import PostgresClient
import Glibc
import Synchronization

extension TestTemplate {
  /// The schema of the log, and no casebook.
  public static let migrated = TestTemplate(name: "migrated") { configuration in
    let connection = try await PostgresConnection.connect(configuration)
    do {
      try await Migrator().migrate(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }
}

/// A migrated database of one test, and the persons who log in to it.
///
/// Authorship hangs on the login, and `SET ROLE` proves nothing, so every person has a login role
/// of their own. Roles belong to the server: their names carry a number, and they are dropped with
/// the database.
public final class TestDatabase: Sendable {
  /// How to reach it as a superuser.
  public let configuration: PostgresConfiguration
  private let roles = Mutex<[String]>([])
  private static let lastRole = Atomic<UInt64>(0)

  /// The database that a superuser reaches so.
  public init(_ configuration: PostgresConfiguration) {
    self.configuration = configuration
  }

  /// Creates a login role whose name begins with `name`, a member of the group roles, and returns
  /// how it connects.
  public func person(
    _ name: String, in groups: [String] = ["dossier_admin"]
  ) async throws -> PostgresConfiguration {
    let role =
      "\(name)_\(getpid())_\(Self.lastRole.add(1, ordering: .relaxed).newValue)"
    try await asSuperuser { connection in
      try await connection.query("CREATE ROLE \(identifier: role) LOGIN")
      self.roles.withLock { $0.append(role) }
      for group in groups {
        try await connection.query("GRANT \(identifier: group) TO \(identifier: role)")
      }
    }
    var person = configuration
    person.user = role
    return person
  }

  /// Runs `body` on a superuser's connection.
  @discardableResult
  public func asSuperuser<R: Sendable>(
    _ body: (PostgresConnection) async throws -> R
  ) async throws -> R {
    let connection = try await PostgresConnection.connect(configuration)
    do {
      let result = try await body(connection)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Runs `body` on the connection of a superuser whom the guards of the schema let pass, as they do a migration.
  @discardableResult
  public func pastGuards<R: Sendable>(
    _ body: (PostgresConnection) async throws -> R
  ) async throws -> R {
    try await asSuperuser { connection in
      try await connection.execute(script: "SET dossier.migrating = on")
      return try await body(connection)
    }
  }

  /// Drops the login roles; nobody may be connected any more.
  func dropRoles() async throws {
    let names = roles.withLock { $0 }
    guard !names.isEmpty else { return }
    var server = configuration
    server.database = try TestServer.configuration.database
    let connection = try await PostgresConnection.connect(server)
    for name in names {
      _ = try? await connection.query("DROP ROLE IF EXISTS \(identifier: name)")
    }
    await connection.close()
  }
}

/// Runs a test on a migrated database of its own, dropped afterwards together with its persons.
public nonisolated(nonsending) func withMigratedDatabase<R>(
  _ body: nonisolated(nonsending) (TestDatabase) async throws -> R
) async throws -> R {
  try await TestPlaces.withPlace {
    let database = TestDatabase(try await TestServer.shared.createDatabase(.migrated))
    let result: R
    do {
      result = try await body(database)
    } catch {
      try? await TestServer.shared.drop(database.configuration)
      try? await database.dropRoles()
      throw error
    }
    try await TestServer.shared.drop(database.configuration)
    try await database.dropRoles()
    return result
  }
}

extension TestDatabase {
  /// Returns as soon as a session of this database, or so many, wait for locks that others hold.
  public func waitUntilSomebodyWaits(_ count: Int = 1) async throws {
    try await asSuperuser { connection in
      while try await connection.query(
        """
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
        """
      ).count < count { await Task.yield() }
    }
  }

  /// Returns as soon as no other session of this database is in the middle of anything.
  public func waitUntilNobodyElseWorks() async throws {
    try await asSuperuser { connection in
      while try await !connection.query(
        """
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
        """
      ).isEmpty { await Task.yield() }
    }
  }
}
