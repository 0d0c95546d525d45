import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import Subprocess
import TestSupport
import Testing

@Suite("A restore")
struct RestoreTests {
  @Test("Brings everything back: events, members, moments, privileges, defaults and triggers")
  func everything() async throws {
    try await withKeeper { keeper, database in
      try await keeper.of(.admin).done("projection rebuild --all")
      try await keeper.of(.admin).done("replay --to @20 --save before_review")
      try await keeper.tamper(
        """
        CREATE SCHEMA elsewhere;
        CREATE TABLE elsewhere.kept (n integer);
        CREATE TABLE public.kept (n integer);
        """)
      try await keeper.done("db backup notes.dump")
      let before = try await keeper.dump(database.configuration)
      let count = "db psql -- -Atc 'SELECT count(*) FROM before_review.case_view'"
      let cases = try await keeper.of(.admin).done(count).output
      for isPrepared in [true, false] {
        try await withTestDatabase(isPrepared ? .migrated : .empty) { target in
          let restored = try await keeper.restore("notes.dump", into: target)
          #expect(restored.status == 0, "\(restored.errors)")
          #expect(restored.output.isEmpty)
          let head = try await keeper.of(.admin).head()
          #expect(
            restored.errors == "restored notes.dump\nintact: \(head) events of notes\n")
          #expect(try await keeper.dump(target) == before)
          try await TestDatabase(target).asSuperuser { connection in
            // A function made from now on is no more anybody's than before.
            try await connection.execute(
              script: """
                SET dossier.migrating = on; SET ROLE dossier_owner;
                CREATE FUNCTION dossier.later() RETURNS int RETURN 1
                """)
            let row = try await connection.query(
              """
              SELECT has_function_privilege(\(TestPerson.stranger.role), 'dossier.later()', 'EXECUTE'),
                to_regclass('elsewhere.kept') IS NULL AND to_regclass('public.kept') IS NULL,
                (SELECT count(*) FROM pg_event_trigger
                 WHERE evtname LIKE 'dossier%' AND evtenabled = 'A')
              """)[0]
            let (isOpen, isAlone, triggers) = try row.decode((Bool, Bool, Int64).self)
            #expect(!isOpen && isAlone && triggers == 4)
            try await connection.execute(script: "DROP FUNCTION dossier.later()")
          }
          try await Sandbox.make(target.of(.admin)) { sandbox in
            try await sandbox.done("log verify")
            try await sandbox.done("annotate gouzenko 'after the restore'")
            #expect(try await sandbox.done(count).output == cases)
            try await sandbox.done("replay drop before_review")
          }
        }
      }
    }
  }

  @Test("What is no whole backup of casebooks is refused, and the database is as it was")
  func refused() async throws {
    try await withKeeper { keeper, database in
      try await keeper.done("db backup whole.dump")
      try await keeper.tamper(
        "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept AS SELECT 7 AS n")
      _ = try await keeper.shell(
        """
        pg_dump --format=custom --schema=elsewhere --file=foreign.dump "$DATABASE_URL"
        pg_dump --file=plain.sql "$DATABASE_URL"
        head -c 100000 /dev/urandom > noise.dump; : > empty.dump; mkdir directory.dump
        """)
      try await keeper.tamper(
        """
        ALTER TABLE dossier.event DISABLE TRIGGER refuse_change;
        UPDATE dossier.event SET recorded_by = 'bert' WHERE position = 7;
        ALTER TABLE dossier.event ENABLE ALWAYS TRIGGER refuse_change;
        """)
      try await keeper.done("db backup edited.dump")
      try await keeper.tamper(
        "INSERT INTO dossier.migration VALUES (9999, 'go_further', sha256(''))")
      _ = try await keeper.shell("pg_dump --format=custom --file=newer.dump \"$DATABASE_URL\"")
      let size = try keeper.size(of: "whole.dump")
      // The table of contents is at the beginning; data and the last bytes are what is left.
      let lengths = [0, 1, 5, 11, 60, 400, 4000] + (1...9).map { size * $0 / 10 } + [size - 1]
      for length in lengths {
        _ = try await keeper.shell("head -c \(length) whole.dump > cut-\(length).dump")
      }
      let files: [(String, Int32, String)] =
        [
          ("missing.dump", 66, "there is no file missing.dump"),
          ("empty.dump", 65, "empty.dump is no backup"),
          ("noise.dump", 65, "noise.dump is no backup"),
          ("plain.sql", 65, "plain.sql is no backup"),
          ("directory.dump", 65, "directory.dump is no backup"),
          ("foreign.dump", 65, "foreign.dump holds no casebooks"),
          ("newer.dump", 78, "migration 9999 (go_further)"),
          ("edited.dump", 65, "the log of notes in edited.dump does not verify: @7"),
        ] + lengths.map { ("cut-\($0).dump", 65, "cut-\($0).dump is ") }
      try await withTestDatabase(.migrated) { target in
        let before = try await keeper.dump(target)
        for (file, status, words) in files {
          let outcome = try await keeper.restore(file, into: target)
          #expect(outcome.status == status, "\(file): \(outcome.errors)")
          #expect(outcome.errors.contains(words), "\(file): \(outcome.errors)")
          #expect(outcome.output.isEmpty && !outcome.errors.contains("restored"))
          #expect(try await keeper.dump(target) == before, "\(file)")
        }
      }
      // A database that holds casebooks is nobody's to overwrite.
      try await keeper.tamper("DELETE FROM dossier.migration WHERE version = 9999")
      let held = try await keeper.dump(database.configuration)
      let outcome = try await keeper.restore("whole.dump", into: database.configuration)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("the database holds 1 casebook"))
      #expect(try await keeper.dump(database.configuration) == held)
    }
  }

  @Test(
    "A backup of a schema that somebody had changed is refused with the change, and the database is as it was",
    arguments: [
      (
        "CREATE FUNCTION dossier.later() RETURNS int RETURN 1",
        "function dossier.later() is none of Dossier's"
      ),
      (
        "ALTER FUNCTION dossier.text_digests(uuid) SET search_path = public",
        "function dossier.text_digests(uuid)"
      ),
      ("DROP FUNCTION dossier.text_digests(uuid)", "dossier.text_digests(uuid) is missing"),
      ("ALTER TABLE dossier.event ENABLE TRIGGER refuse_change", "fires in ordinary sessions only"),
      ("UPDATE dossier.event_type SET access = 'write'", "row (casebook.created"),
      ("ALTER TABLE dossier.event ADD COLUMN more text", "more"),
    ])
  func changedSchema(_ change: String, _ words: String) async throws {
    try await withKeeper { keeper, _ in
      try await keeper.tamper(change)
      try await keeper.done("db backup changed.dump")
      try await withTestDatabase(.migrated) { target in
        let before = try await keeper.dump(target)
        let outcome = try await keeper.restore("changed.dump", into: target)
        #expect(outcome.status == 65)
        let said = "somebody had changed the schema before changed.dump was written: "
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try await keeper.dump(target) == before)
      }
    }
  }

  @Test("Members whom the server does not know are named, with what makes them; nothing is changed")
  func unknownMembers() async throws {
    try await withPrivateServer { server in
      try await Sandbox.withOffice { office in
        let guest = "guest of \(TestPerson.admin.role)"
        try await office.tamper(
          """
          CREATE ROLE "\(guest)";
          GRANT SELECT ON dossier.event TO "\(guest)" WITH GRANT OPTION;
          """)
        try await office.asKeeper().done("db backup notes.dump")
        try await office.tamper("DROP OWNED BY \"\(guest)\"; DROP ROLE \"\(guest)\"")
        let target = try await Sandbox.makeDatabase("target", beside: server.configuration)
        let before = try await office.dump(target)
        let refused = try await office.restore("notes.dump", into: target)
        #expect(refused.status == 78)
        let members = [TestPerson.admin, .analyst, .reader].map(\.role) + [guest]
        for name in members {
          #expect(refused.errors.contains("CREATE ROLE \"\(name)\" NOLOGIN"), "\(refused.errors)")
        }
        #expect(try await office.dump(target) == before)
        try await TestDatabase(target).asSuperuser { connection in
          for name in members { try await connection.query("CREATE ROLE \(identifier: name)") }
          let databases = try await connection.query(
            "SELECT FROM pg_database WHERE datname LIKE 'dossier_restore_%'")
          #expect(databases.isEmpty)
        }
        let restored = try await office.restore("notes.dump", into: target)
        #expect(restored.status == 0, "\(restored.errors)")
        let words = "table dossier.event: privileges of \"\(guest)\" is none of Dossier's"
        #expect(restored.errors.contains(words), "\(restored.errors)")
      }
    }
  }

  @Test("Whoever may not restore is told so plainly")
  func withoutRights() async throws {
    try await withKeeper { keeper, _ in
      try await keeper.done("db backup notes.dump")
      try await withTestDatabase(.migrated) { target in
        let before = try await keeper.dump(target)
        let outcome = try await keeper.restore("notes.dump", into: target.of(.analyst))
        #expect(outcome.status == 77)
        #expect(outcome.errors.hasPrefix("dossier: you may not do this: permission denied"))
        #expect(try await keeper.dump(target) == before)
      }
    }
  }

  @Test("Killed in its last step it has changed nothing, whatever its children still do")
  func killed() async throws {
    try await withKeeper { keeper, _ in
      try await keeper.done("db backup notes.dump")
      try await withTestDatabase(.migrated) { target in
        let database = TestDatabase(target)
        let before = try await keeper.dump(target)
        try await database.asSuperuser { connection in
          // Somebody reads, so that the schema cannot be replaced yet.
          try await connection.execute(script: "BEGIN; SELECT FROM dossier.casebook")
          let outcome = try await keeper.interrupt(
            ["db", "restore", "notes.dump", "--db", target.description], by: .kill
          ) {
            try await database.waitUntilSomebodyWaits()
          }
          #expect(outcome.status == -9)
          try await connection.execute(script: "COMMIT")
        }
        try await database.waitUntilNobodyElseIsConnected()
        #expect(try await keeper.dump(target) == before)
        #expect(try await keeper.restore("notes.dump", into: target).status == 0)
      }
    }
  }

  @Test("What a killed trial left is removed by the next one, and what is in use is not")
  func abandonedTrial() async throws {
    try await withPrivateServer { server in
      let target = server.configuration
      try await TestDatabase(target).asSuperuser { _ = try await Migrator().migrate($0) }
      try await Sandbox.make(target) { keeper in
        try await keeper.done("db backup none.dump")
        // No server process has the number 0.
        var used = target
        used.database = "dossier_restore_0_b"
        for name in ["dossier_restore_0_a", "dossier_restore_0_b", "dossier_restore_mine"] {
          _ = try await Sandbox.makeDatabase(name, beside: target, prepared: false)
        }
        try await TestDatabase(used).asSuperuser { connection in
          // One whose maker is about to connect to it
          let maker = try await connection.query("SELECT pg_backend_pid()")[0]
            .decode(Int32.self, at: 0)
          let young = "dossier_restore_\(maker)_c"
          _ = try await Sandbox.makeDatabase(young, beside: target, prepared: false)
          #expect(try await keeper.restore("none.dump", into: target).status == 0)
          let names = try await connection.query(
            "SELECT datname::text FROM pg_database WHERE datname LIKE 'dossier%' ORDER BY 1"
          ).map { try $0.decode(String.self, at: 0) }
          #expect(names == ["dossier_restore_0_b", young, "dossier_restore_mine"])
        }
      }
    }
  }

  @Test(
    "On another machine the embedded database keeps the members, and its person takes up as one")
  func anotherMachine() async throws {
    try await Sandbox.withOffice { office in
      try await office.asKeeper().done("db backup notes.dump")
      let elsewhere = ["DATABASE_URL": ""]
      do {
        let stranger = try await office.typed("db restore notes.dump", with: elsewhere)
        #expect(stranger.status == 64)
        for person in [TestPerson.admin, .analyst, .reader] {
          #expect(stranger.errors.contains(person.role), "\(stranger.errors)")
        }
        #expect(stranger.errors.contains("dossier db restore notes.dump --as NAME"))
        let nobody = try await office.typed("db restore notes.dump --as nobody", with: elsewhere)
        #expect(nobody.status == 65 && nobody.errors.contains("has no member \"nobody\""))
        #expect(try await office.json("casebook list", with: elsewhere)["casebooks"] == [])

        let restored = try await office.done(
          "db restore notes.dump --as \(TestPerson.admin.role)", with: elsewhere)
        #expect(restored.errors.contains("kept as roles without login: "))
        #expect(restored.errors.contains("events of notes\n"))
        // The last event there gives the person access.
        let show = "case show gouzenko --as-of @\(try await office.head())"
        #expect(try await office.done(show, with: elsewhere).output == office.done(show).output)
        try await office.done("annotate gouzenko 'on the new machine'", with: elsewhere)
        let members = try await office.json("casebook members", with: elsewhere)["members"]
        #expect(members?.arrayValue?.count == 4)
        // Those who were kept can be given and refused access like anybody.
        try await office.done("casebook revoke \(TestPerson.reader.role)", with: elsewhere)
      } catch {
        _ = try await office.typed("db stop", with: elsewhere)
        throw error
      }
      try await office.done("db stop", with: elsewhere)
    }
  }

  /// Runs a test in the office as whoever runs the server.
  private func withKeeper(
    _ body: @Sendable (Sandbox, TestDatabase) async throws -> Void
  ) async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration) { try await body($0, TestDatabase(configuration)) }
    }
  }
}

extension TestDatabase {
  /// Returns as soon as no other session of this database is left.
  fileprivate func waitUntilNobodyElseIsConnected() async throws {
    try await asSuperuser { connection in
      while try await !connection.query(
        """
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
      ).isEmpty { await Task.yield() }
    }
  }
}
