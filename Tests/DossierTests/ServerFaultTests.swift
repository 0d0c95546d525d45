import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("When the server is not as it should be")
struct ServerFaultTests {
  @Test("Its disk full, it says so and keeps nothing; with room again the same request is done")
  func fullDisk() async throws {
    let settings = [
      // Nobody but the append comes to the place where there is no room, and the server stays down.
      "restart_after_crash = off", "wal_level = minimal", "max_wal_senders = 0",
      "wal_writer_delay = 10s", "autovacuum = off", "fsync = off",
    ]
    try await withPrivateServer(settings: settings) { server in
      let database = TestDatabase(server.configuration)
      try await database.asSuperuser { _ = try await Migrator().migrate($0) }
      let person = try await database.person("ana")
      try await Sandbox.make(person) { sandbox in
        try await sandbox.done("casebook create notes --title Notes")
        let head = try await sandbox.head()
        let segment = try await fillDisk(of: server)

        let failed = try await sandbox.typed("case open gouzenko")

        #expect(failed.status == 69)
        #expect(failed.output.isEmpty)
        #expect(failed.errors.contains("the database's disk is full"))
        #expect(failed.errors.contains("No space left on device"))
        let again = try #require(
          failed.errors.firstMatch(of: #/--request-id [0-9a-f-]{36}/#)?.output)
        let down = try await sandbox.typed("case open gouzenko")
        #expect(down.status == 69, "\(down.errors)")

        try FileManager.default.removeItem(atPath: segment)
        try await server.start()
        #expect(try await sandbox.head() == head)
        try await sandbox.done("case open gouzenko \(again)")
        let repeated = try await sandbox.done("case open gouzenko \(again)")
        #expect(repeated.output.hasPrefix("already recorded gouzenko at notes@\(head + 1)"))
        #expect(try await sandbox.head() == head + 1)
        try await sandbox.done("log verify")
      }
    }
  }

  @Test(
    "An embedded one on a full disk says that it is full, and has lost nothing once there is room",
    .enabled("mounting takes root's rights") { try await Sandbox.canMount() })
  func fullHome() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.shell(
        """
        mkdir server && exec unshare -m bash -c 'mount -t tmpfs -o size=200m none server &&
          chmod 755 server && "$DOSSIER" casebook create notes --title Notes &&
          "$DOSSIER" db stop || exit 1
          dd if=/dev/zero of=server/filling bs=64k status=none 2> /dev/null
          "$DOSSIER" case open gouzenko; status=$?
          rm server/filling
          "$DOSSIER" case open gouzenko && "$DOSSIER" log head && "$DOSSIER" db stop
          exit $status'
        """)
      #expect(outcome.status == 69, "\(outcome.errors)")
      #expect(outcome.errors.contains("is full"), "\(outcome.errors)")
      #expect(outcome.output.contains("opened gouzenko at notes@"), "\(outcome.output)")
      for word in ["corrupt", "damaged", "recover"] { #expect(!outcome.errors.contains(word)) }
    }
  }

  /// Puts a file that takes nothing where the server writes its log next, and returns its path.
  private func fillDisk(of server: PrivateServer) async throws -> String {
    try await TestDatabase(server.configuration).asSuperuser { connection in
      try await connection.query("CHECKPOINT")
      let next = "pg_walfile_name(pg_current_wal_insert_lsn() + 16 * 1024 * 1024)"
      let name = try await connection.query("SELECT \(raw: next)")[0].decode(String.self, at: 0)
      let path = "\(server.directory)/data/pg_wal/\(name)"
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: "/dev/full")
      try await connection.query("SELECT pg_switch_wal()")
      return path
    }
  }

  @Test("One that recovers is waited for, which is said, and what was typed is done")
  func recovering() async throws {
    try await withPrivateServer(settings: ["hot_standby = off"]) { server in
      let database = TestDatabase(server.configuration)
      try await database.asSuperuser { _ = try await Migrator().migrate($0) }
      let person = try await database.person("ana")
      try await Sandbox.make(person) { sandbox in
        try await sandbox.done("casebook create notes --title Notes")
        try await server.stop()
        try server.holdInRecovery()
        try await server.start()

        let short = ["DATABASE_URL": person.description + " connect_timeout=1"]
        for line in ["case list", "migrate --status"] {
          let refused = try await sandbox.typed(line, with: short)
          #expect(refused.status == 69, "\(line)")
          #expect(refused.errors.contains("the database has let nobody in for 1 s"))
          #expect(refused.errors.contains("recovers from a crash"))
        }
        let work = Task {
          try await sandbox.shell(#""$DOSSIER" case open gouzenko 2> remarks"#)
        }
        while (try? sandbox.read("remarks"))?.contains("waiting for the database") != true {
          await Task.yield()
        }
        try server.promote()
        let outcome = try await work.value
        let remarks = try sandbox.read("remarks")
        #expect(outcome.status == 0, "\(remarks)")
        #expect(outcome.output.hasPrefix("opened gouzenko at notes@"))
      }
    }
  }

  @Test(
    "A pooler that does not pass on settings is refused at once, with what to name instead",
    arguments: [FaultProxy.Settings.ignored, .refused])
  func pooler(settings: FaultProxy.Settings) async throws {
    try await withTestDatabase(.office) { configuration in
      let proxy = try FaultProxy(to: configuration.of(.admin), settings: settings)
      defer { proxy.close() }
      try await Sandbox.make(proxy.configuration) { sandbox in
        for line in ["case list", "annotate gouzenko late", "projection rebuild --all"] {
          let outcome = try await sandbox.typed(line)
          #expect(outcome.status == 78, "\(line)")
          #expect(outcome.errors.contains("such as PgBouncer"), "\(outcome.errors)")
          #expect(outcome.errors.contains("Name the host and port of PostgreSQL itself"))
        }
        let doctor = try await sandbox.typed("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("PgBouncer"), "\(doctor.output)")
      }
    }
  }

  @Test("Every connection taken, it says what to do")
  func connectionsExhausted() async throws {
    try await withOffice { office, database in
      try await database.asSuperuser { connection in
        let name = try #require(database.configuration.database)
        try await connection.query("ALTER DATABASE \(identifier: name) CONNECTION LIMIT 0")
      }
      for line in ["case list", "annotate gouzenko late"] {
        let outcome = try await office.typed(line)
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("every connection that the database allows is taken"))
        #expect(outcome.errors.contains("Try again"))
        #expect(outcome.output.isEmpty)
      }
    }
  }

  @Test("Two writers who wait for each other: one is asked to try again, and nothing is written")
  func deadlock() async throws {
    try await withOffice { office, database in
      try await database.set("deadlock_timeout = '10ms'")
      let head = try await office.head()
      try await database.asSuperuser { first in
        try await database.asSuperuser { second in
          // Whoever waits last finds the circle: first nobody else looks for one.
          try await second.execute(script: "SET deadlock_timeout = '1h'")
          try await first.execute(script: "BEGIN; LOCK TABLE dossier.event IN EXCLUSIVE MODE")
          try await second.execute(
            script: "BEGIN; LOCK TABLE dossier.append_request IN EXCLUSIVE MODE")
          let append = Task { try await office.typed("annotate gouzenko late") }
          try await database.waitUntilSomebodyWaits()
          let lock = Task {
            try await second.execute(script: "SELECT FROM dossier.casebook FOR UPDATE")
          }
          try await database.waitUntilSomebodyWaits(2)
          try await first.execute(script: "COMMIT")

          let outcome = try await append.value

          #expect(outcome.status == 75)
          #expect(outcome.errors.hasSuffix("Try again.\n"))
          try await lock.value
          try await second.execute(script: "COMMIT")
        }
      }
      #expect(try await office.head() == head)
    }
  }

  @Test(
    "Whatever isolation is its default, appends and dates work as ever",
    arguments: ["serializable", "repeatable read"])
  func isolation(level: String) async throws {
    try await withOffice { office, database in
      try await database.set("default_transaction_isolation = '\(level)'")
      try await office.done("annotate gouzenko now")
      try await office.done("case show gouzenko --as-of today")
    }
  }

  @Test("One that takes no writes can be read, and a writer is sent elsewhere")
  func standby() async throws {
    try await withOffice { office, database in
      try await database.set("default_transaction_read_only = on")
      try await office.expect([
        Refused("annotate gouzenko late", 69, "can only be read", "takes writes")
      ])
      try await office.done("case show gouzenko")
    }
  }

  @Test("A schema newer than the program is refused by every command, which is to be upgraded")
  func newerSchema() async throws {
    try await withOffice { office, database in
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: "INSERT INTO dossier.migration VALUES (9999, 'go_further', sha256(''))")
      }
      let refusals = ["case list", "annotate gouzenko late", "log verify", "migrate"].map {
        Refused($0, 78, "migration 9999 (go_further)", "upgrade Dossier")
      }
      try await office.expect(refusals)
      let doctor = try await office.typed("doctor")
      #expect(doctor.status == 1)
      #expect(doctor.output.contains("upgrade Dossier"))
    }
  }

  @Test("A schema older than the program is refused, and whoever runs the server migrates it")
  func olderSchema() async throws {
    try await withOffice { office, database in
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: """
            DELETE FROM dossier.migration WHERE version = (SELECT max(version) FROM dossier.migration)
            """)
      }
      let refusals = ["case list", "annotate gouzenko late", "log verify"].map {
        Refused($0, 78, "older version of Dossier", "dossier migrate")
      }
      try await office.expect(refusals)
      let doctor = try await office.typed("doctor")
      #expect(doctor.status == 1)
      #expect(doctor.output.contains("1 migration behind"))
    }
  }

  /// Runs a test in the office, at the database itself as well.
  private func withOffice(
    _ body: @Sendable (Sandbox, TestDatabase) async throws -> Void
  ) async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        try await body(office, TestDatabase(configuration))
      }
    }
  }
}

extension TestDatabase {
  /// Gives sessions that begin from now on another setting.
  fileprivate func set(_ setting: String) async throws {
    try await asSuperuser { connection in
      let name = try #require(configuration.database)
      try await connection.query("ALTER DATABASE \(identifier: name) SET \(raw: setting)")
    }
  }
}
