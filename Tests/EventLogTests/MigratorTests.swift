import EventLog
import Migrations
import PostgresClient
import TestSupport
import Testing

@Suite("Migrating a database")
struct MigratorTests {
  private typealias Migration = Migrations.Migration

  private static let next = Migration(
    version: Migrations.all.count + 1, name: "create_test",
    sql: "CREATE TABLE dossier.test (n integer); INSERT INTO dossier.test VALUES (1)")

  @Test("applies every migration once, in order, each with its row of history")
  func appliesOnce() async throws {
    try await withTestConnection { connection in
      let migrator = Migrator()
      var status = try await migrator.status(connection)
      #expect(status.applied.isEmpty && status.pending == Migrations.all)
      #expect(try await migrator.migrate(connection) == Migrations.all)
      #expect(try await migrator.migrate(connection).isEmpty)
      status = try await migrator.status(connection)
      #expect(status.isCurrent && status.applied == Migrations.all.map(\.version))
      let rows = try await connection.query(
        "SELECT name, sha256, applied_at <= clock_timestamp() FROM dossier.migration ORDER BY version"
      )
      for (row, migration) in zip(rows, Migrations.all) {
        let (name, digest, isPast) = try row.decode((String, [UInt8], Bool).self)
        #expect(name == migration.name && digest == sha256(migration.sql) && isPast)
      }
    }
  }

  @Test("carries files that are numbered from 1 without gaps and named as they are")
  func embedded() {
    #expect(Migrations.all.map(\.version) == (1...Migrations.all.count).map { $0 })
    #expect(Migrations.all[0].fileName == "0001_create_log.sql")
  }

  @Test("goes on from an older schema")
  func upgrades() async throws {
    try await withTestConnection(.migrated) { connection in
      let newer = Migrator(Migrations.all + [Self.next])
      #expect(try await newer.status(connection).pending == [Self.next])
      #expect(try await newer.migrate(connection) == [Self.next])
      let owner = try await connection.query(
        "SELECT tableowner::text FROM pg_tables WHERE schemaname = 'dossier' AND tablename = 'test'"
      )
      #expect(try owner[0].decode(String.self, at: 0) == "dossier_owner")
      // The older program says what to do.
      await #expect(
        throws: MigrationError.unknown(version: Self.next.version, name: "create_test")
      ) { try await Migrator().status(connection) }
      await #expect(throws: MigrationError.self) { try await Migrator().migrate(connection) }
    }
  }

  @Test("refuses a file that was edited after it was applied")
  func edited() async throws {
    try await withTestConnection(.migrated) { connection in
      var migrations = Migrations.all
      let second = migrations[1]
      migrations[1] = Migration(version: 2, name: second.name, sql: second.sql + "\n")
      let migrator = Migrator(migrations + [Self.next])
      await #expect(throws: MigrationError.edited("0002_guard_log.sql")) {
        try await migrator.migrate(connection)
      }
      let rows = try await connection.query("SELECT FROM dossier.migration")
      #expect(rows.count == Migrations.all.count)
    }
  }

  @Test("refuses a history with a hole")
  func missing() async throws {
    try await withTestConnection(.migrated) { connection in
      try await connection.execute(script: "DELETE FROM dossier.migration WHERE version = 2")
      await #expect(throws: MigrationError.missing("0002_guard_log.sql")) {
        try await Migrator().migrate(connection)
      }
    }
  }

  @Test("leaves nothing of a migration that failed or was killed half-way")
  func killed() async throws {
    try await withTestDatabase(.migrated) { configuration in
      let migrating = try await PostgresConnection.connect(configuration)
      let other = try await PostgresConnection.connect(configuration)
      let failing = Migration(
        version: Self.next.version, name: "fail", sql: Self.next.sql + "; SELECT 1 / 0")
      await #expect(throws: PostgresError.self) {
        try await Migrator(Migrations.all + [failing]).migrate(migrating)
      }
      #expect(try await other.query("SELECT to_regclass('dossier.test') IS NULL")[0].decode(at: 0))

      // It waits for a lock in its middle; there it is killed.
      let waiting = Migration(
        version: Self.next.version, name: "wait",
        sql: Self.next.sql + "; LOCK TABLE dossier.event_type")
      let victim = await migrating.serverProcessID
      try await other.transaction { other in
        try await other.query("LOCK TABLE dossier.event_type IN ACCESS SHARE MODE")
        let migration = Task { try await Migrator(Migrations.all + [waiting]).migrate(migrating) }
        let killer = try await PostgresConnection.connect(configuration)
        while try await killer.query(
          "SELECT FROM pg_locks WHERE pid = \(victim) AND NOT granted"
        ).isEmpty { await Task.yield() }
        try await killer.query("SELECT pg_terminate_backend(\(victim))")
        await #expect(throws: (any Error).self) { try await migration.value }
        await killer.close()
      }
      #expect(try await other.query("SELECT to_regclass('dossier.test') IS NULL")[0].decode(at: 0))
      #expect(try await Migrator().status(other).isCurrent)
      #expect(try await Migrator(Migrations.all + [waiting]).migrate(other) == [waiting])
      await other.close()
    }
  }

  @Test("waits only so long for those who use what it changes, and names them")
  func blocked() async throws {
    try await withMigratedDatabase { database in
      let reader = try await database.person("ben", in: ["dossier_reader"])
      let reading = try await PostgresConnection.connect(reader)
      let waiting = Migration(
        version: Self.next.version, name: "wait",
        sql: Self.next.sql + "; LOCK TABLE dossier.event_type")
      try await reading.transaction { reading in
        try await reading.query("SELECT FROM dossier.event_type")
        let blocker = MigrationError.Blocker(
          process: await reading.serverProcessID, prepared: nil, role: reader.user ?? "",
          program: "dossier")
        await #expect(throws: MigrationError.blocked(waiting.fileName, by: [blocker])) {
          try await database.asSuperuser { connection in
            try await Migrator(Migrations.all + [waiting], patience: .milliseconds(50))
              .migrate(connection)
          }
        }
      }
      let applied = try await database.asSuperuser { connection in
        try await Migrator(Migrations.all + [waiting]).migrate(connection)
      }
      #expect(applied == [waiting])
      await reading.close()
    }
  }

  @Test("applies each migration once when many begin at once")
  func oneMigrates() async throws {
    try await withTestDatabase { configuration in
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let connection = try await PostgresConnection.connect(configuration)
            let applied = try await Migrator().migrate(connection).count
            await connection.close()
            return applied
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(applied.reduce(0, +) == Migrations.all.count)
    }
  }

  @Test("prepares many databases of a new server at once")
  func manyDatabases() async throws {
    try await withPrivateServer { server in
      let superuser = try await PostgresConnection.connect(server.configuration)
      for number in 0..<8 {
        try await superuser.query("CREATE DATABASE \(identifier: "base_\(number)")")
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          group.addTask {
            var configuration = server.configuration
            configuration.database = "base_\(number)"
            let connection = try await PostgresConnection.connect(configuration)
            #expect(try await Migrator().migrate(connection) == Migrations.all)
            await connection.close()
          }
        }
        try await group.waitForAll()
      }
      let roles = try await superuser.query(
        "SELECT FROM pg_roles WHERE rolname LIKE 'dossier\\_%'")
      #expect(roles.count == 6)
      let grants = try await superuser.query(
        "SELECT FROM pg_auth_members WHERE roleid::regrole::text LIKE 'dossier\\_%'")
      #expect(grants.count == 4)
      await superuser.close()
    }
  }
}
