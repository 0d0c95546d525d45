import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("The doctor")
struct DoctorTests {
  private func warnings(_ outcome: Outcome, of name: String) throws -> [String] {
    try (outcome.json["checks"]?.arrayValue ?? [])
      .filter { $0["name"]?.stringValue == name && $0["state"] == "warn" }
      .compactMap { $0["text"]?.stringValue }
  }

  @Test("Logins for which no rule holds are named, with what to do")
  func logins() async throws {
    try await Sandbox.withCasebook { sandbox in
      let person = sandbox.home.lastPathComponent
      try await Sandbox.administer("CREATE ROLE \"\(person)\" LOGIN CREATEROLE")
      let before = try await sandbox("doctor", "--format", "json")
      #expect(try !warnings(before, of: "login role").contains { $0.contains(person) })

      try await sandbox.done("casebook grant \(person) read")
      for power in ["CREATEROLE", "BYPASSRLS"] {
        try await Sandbox.administer("ALTER ROLE \"\(person)\" \(power)")
        let member = try await sandbox("doctor", "--format", "json")
        let warning = try warnings(member, of: "login role").first { $0.contains(person) }
        #expect(warning?.hasSuffix("ALTER ROLE \"\(person)\" NO\(power)") == true)
        #expect(member.status == 0)
      }

      let url = try #require(sandbox.environment["DATABASE_URL"])
      let superuser = try await sandbox.run(
        ["doctor", "--format", "json"],
        with: ["DATABASE_URL": url.replacing(#/user=\S+/#, with: "user=postgres")])
      let names = try warnings(superuser, of: "login role")
      #expect(names.contains { $0.hasPrefix("postgres is a superuser") })
    }
  }

  @Test("So is whoever may act as the owner of the schema")
  func owner() async throws {
    try await withPrivateServer { server in
      try await TestDatabase(server.configuration).asSuperuser { connection in
        _ = try await Migrator().migrate(connection)
        try await connection.execute(script: "CREATE ROLE \"o.o\" LOGIN IN ROLE dossier_owner")
      }
      try await Sandbox.make(server.configuration) { sandbox in
        let outcome = try await sandbox("doctor", "--format", "json")
        let warning = try warnings(outcome, of: "login role").first { $0.hasPrefix("o.o") }
        #expect(warning?.hasSuffix("REVOKE dossier_owner FROM \"o.o\"") == true)
      }
    }
  }

  @Test("Stretches in which the server's clock had run back are named as a verification names them")
  func standstills() async throws {
    try await withTestDatabase(.demonstration) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { sandbox in
        let clean = try await sandbox("doctor", "--format", "json")
        #expect(try warnings(clean, of: "log of demo").isEmpty)
        let head = Int64(try await sandbox.head())
        for name in ["one", "two"] { try await sandbox.done("case open \(name)") }
        try await TestDatabase(configuration).pastGuards { connection in
          try await connection.execute(
            script: "ALTER TABLE dossier.event DISABLE TRIGGER refuse_change")
          try await connection.query(
            """
            UPDATE dossier.event SET recorded_at = (
              SELECT max(recorded_at) FROM dossier.event WHERE position = \(head))
            WHERE position > \(head)
            """)
          try await connection.execute(
            script: "ALTER TABLE dossier.event ENABLE ALWAYS TRIGGER refuse_change")
        }
        let behind = try await sandbox("doctor", "--format", "json")
        let stretch = "@\(head)..@\(head + 2) bear one time"
        #expect(try warnings(behind, of: "log of demo").map { $0.hasPrefix(stretch) } == [true])
        #expect(behind.status == 0)
        #expect(try await sandbox("log", "verify").output.contains(stretch))
      }
    }
  }
}
