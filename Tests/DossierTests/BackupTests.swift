import FoundationEssentials
import EventLog
import PostgresClient
import Subprocess
import TestSupport
import Testing

@Suite("A backup")
struct BackupTests {
  @Test("Is whole, its owner's alone, and takes no name that is taken")
  func whole() async throws {
    try await withOffice { sandbox, _ in
      let made = try await sandbox.done("db backup notes.dump")
      #expect(made.errors == "wrote notes.dump: 1 casebook, read through\n")
      #expect(made.output.isEmpty)
      let attributes = try FileManager.default.attributesOfItem(
        atPath: sandbox.home.appending(path: "notes.dump").path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let bytes = try await sandbox.shell("sha256sum notes.dump")
      let again = try await sandbox.typed("db backup notes.dump")
      #expect(again.status == 65)
      #expect(again.errors == "dossier: notes.dump exists already. Name another file.\n")
      #expect(try await sandbox.shell("sha256sum notes.dump").output == bytes.output)
      #expect(try sandbox.names() == ["notes.dump"])
    }
  }

  @Test("A name that is taken while it is written is left to whoever took it")
  func nameTaken() async throws {
    try await withOffice { sandbox, database in
      try await database.holdingLog { release in
        let backup = Task { try await sandbox.typed("db backup notes.dump") }
        try await database.waitUntilSomebodyWaits()
        try sandbox.write("mine", to: "notes.dump")
        try await release()
        let outcome = try await backup.value
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("notes.dump exists already"))
      }
      #expect(try sandbox.read("notes.dump") == "mine")
      #expect(try sandbox.names() == ["notes.dump"])
    }
  }

  @Test("Whoever may not read everything is told so, and nothing is left that is in the way")
  func withoutRights() async throws {
    try await withOffice { sandbox, _ in
      for person in [TestPerson.admin, .reader] {
        let outcome = try await sandbox.of(person).typed("db backup notes.dump")
        #expect(outcome.status == 77)
        #expect(outcome.errors.contains("\(person.role) may not read them so. Connect as whoever"))
        #expect(!outcome.errors.contains("pg_dump"))
        #expect(try sandbox.names().isEmpty)
      }
      try await sandbox.done("db backup notes.dump")
    }
  }

  @Test(
    "Where it cannot be written, it says where and what to do",
    arguments: [
      ("nowhere/notes.dump", 66, "there is no directory nowhere for nowhere/notes.dump"),
      ("file/notes.dump", 66, "there is no directory file for file/notes.dump"),
      ("/sys/notes.dump", 77, "Check who may write in /sys"),
      (".", 65, ". exists already"),
    ] as [(String, Int32, String)])
  func unwritable(path: String, status: Int32, words: String) async throws {
    try await withOffice { sandbox, _ in
      try sandbox.write("", to: "file")
      let outcome = try await sandbox.run(["db", "backup", path])
      #expect(outcome.status == status)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(try sandbox.names() == ["file"])
    }
  }

  @Test(
    "On a full disk it keeps nothing and says what is full",
    .enabled("mounting takes root's rights") { try await Sandbox.canMount() })
  func fullDisk() async throws {
    try await withOffice { sandbox, _ in
      let outcome = try await sandbox.shell(
        """
        mkdir full && exec unshare -m bash -c 'mount -t tmpfs -o size=16k none full &&
          "$DOSSIER" db backup full/notes.dump; status=$?; ls -A full; exit $status'
        """)
      #expect(outcome.status == 69)
      #expect(
        outcome.errors
          == "dossier: full/notes.dump cannot be written: No space left on device. Make room, or "
          + "name a file elsewhere.\n")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("Interrupted, it leaves nothing")
  func interrupted() async throws {
    try await withOffice { sandbox, database in
      try await database.holdingLog { _ in
        let outcome = try await sandbox.interrupt(["db", "backup", "notes.dump"]) {
          try await database.waitUntilSomebodyWaits()
        }
        #expect(outcome.status == 130)
        #expect(try sandbox.names().isEmpty)
      }
    }
  }

  @Test("Killed, it leaves nothing of its name, and the next one removes what it left")
  func killed() async throws {
    try await withOffice { sandbox, database in
      try await database.holdingLog { _ in
        let outcome = try await sandbox.interrupt(["db", "backup", "notes.dump"], by: .kill) {
          try await database.waitUntilSomebodyWaits()
        }
        #expect(outcome.status == -9)
        let left = try sandbox.names()
        #expect(left.count == 1 && left[0].hasPrefix(".dossier-unfinished-"))
        // A child that the killed process left is still at it, and its file is not taken away.
        try await database.endOthers()
      }
      try await sandbox.done("db backup notes.dump")
      // It ends as soon as it notices that its session is over.
      var number = 0
      while try sandbox.names().contains(where: { $0.hasPrefix(".") }) {
        number += 1
        try await sandbox.done("db backup \(number).dump")
      }
      #expect(try sandbox.names().contains("notes.dump"))
    }
  }

  @Test(
    "A password goes to PostgreSQL's programs and stands in no argument",
    arguments: [
      "postgresql://keeper:p%40ss%20w%3Ard%27%25@/postgres?host=HOST",
      #"host=HOST dbname=postgres user=keeper password='p@ss w:rd\'%'"#,
    ])
  func password(form: String) async throws {
    try await withPrivateServer { server in
      let database = TestDatabase(server.configuration)
      let empty = try await Sandbox.makeDatabase("empty", beside: server.configuration)
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: """
            CREATE ROLE keeper SUPERUSER LOGIN PASSWORD 'p@ss w:rd''%';
            COPY (VALUES ('local all keeper scram-sha-256'), ('local all all trust'))
              TO '\(server.directory)/data/pg_hba.conf';
            SELECT pg_reload_conf();
            """)
        _ = try await Migrator().migrate(connection)
      }
      try await Sandbox.make(try await database.person("ana")) { sandbox in
        try await sandbox.done("casebook create notes --title Notes")
        // Programs that note down what they were given, and do it.
        for name in ["pg_dump", "pg_restore", "psql"] {
          try sandbox.write(
            """
            #!/bin/sh
            printf '%s\\n' "$0" "$@" >> "$HOME/arguments"
            PATH=/usr/local/bin:/usr/bin:/bin
            exec \(name) "$@"

            """, to: "new/\(name)")
          _ = try await sandbox.shell("install -D new/\(name) bin/\(name)")
        }
        let url = form.replacing("HOST", with: server.directory)
        let variables = [
          "DATABASE_URL": url, "PATH": "\(sandbox.home.path)/bin:/usr/bin:/bin",
        ]
        try await sandbox.done("db backup notes.dump", with: variables)
        let asked = try await sandbox.done(
          "db psql -- -Atc 'SELECT session_user'", with: variables)
        #expect(asked.output == "keeper\n")
        let target = variables.merging(
          ["DATABASE_URL": url.replacing(#/\bpostgres\b(?!ql)/#, with: "empty")]) { $1 }
        let restored = try await sandbox.done("db restore notes.dump", with: target)
        #expect(restored.errors.contains(#/intact: \d+ events of notes/#))
        #expect(try await sandbox.dump(empty).contains("casebook.created"))
        let arguments = try sandbox.read("arguments")
        for name in ["pg_dump", "pg_restore", "psql"] { #expect(arguments.contains("/\(name)\n")) }
        #expect(!arguments.contains("ss w:rd") && !arguments.contains("p%40ss"))
        let wrong = variables.merging([
          "DATABASE_URL": url.replacing("p%40", with: "q%40").replacing("p@", with: "q@")
        ]) { $1 }
        #expect(try await sandbox.typed("db backup no.dump", with: wrong).status == 69)
      }
    }
  }

  /// Runs a test in the office as whoever runs the server.
  private func withOffice(
    _ body: @Sendable (Sandbox, TestDatabase) async throws -> Void
  ) async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration) { sandbox in
        try await body(sandbox, TestDatabase(configuration))
      }
    }
  }
}

extension TestDatabase {
  /// Runs a body while nobody else can read the log; `release` ends that before its end.
  fileprivate func holdingLog(
    _ body: (_ release: @Sendable () async throws -> Void) async throws -> Void
  ) async throws {
    try await asSuperuser { connection in
      try await connection.execute(
        script: "BEGIN; LOCK TABLE dossier.event IN ACCESS EXCLUSIVE MODE")
      try await body { try await connection.execute(script: "COMMIT") }
    }
  }

  /// Ends every other session of this database.
  fileprivate func endOthers() async throws {
    try await asSuperuser { connection in
      try await connection.query(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'pg_dump'
        """)
    }
  }
}
