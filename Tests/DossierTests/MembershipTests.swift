import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("Who may use a casebook")
struct MembershipTests {
  @Test("Access is given and taken away in the format asked for, and a dry run does neither")
  func access() async throws {
    try await Sandbox.withCasebook { sandbox in
      let person = sandbox.home.lastPathComponent
      try await Sandbox.administer("CREATE ROLE \"\(person)\" LOGIN")

      func roles() async throws -> [String?] {
        let members = try await sandbox("casebook", "members", "--format", "json")
        return try members.json["members"]?.arrayValue?.map { $0["role"]?.stringValue } ?? []
      }
      let grant = ["casebook", "grant", person, "write", "--format", "json"]
      let rehearsal = try await sandbox.run(grant + ["--dry-run"])
      #expect(rehearsal.status == 0, "\(rehearsal.errors)")
      #expect(try rehearsal.json["dryRun"] == true)
      #expect(try await !roles().contains(person))

      let granted = try await sandbox.run(grant)
      #expect(try granted.json["access"] == "write")
      #expect(try granted.json["casebook"] == "demo")
      #expect(granted.errors.contains("without the group role dossier_analyst"))
      #expect(try await roles().contains(person))

      let dropping = try await sandbox("casebook", "revoke", person, "--dry-run")
      #expect(dropping.output == "\(person) would have no access to demo\n")
      #expect(try await roles().contains(person))
      let revoked = try await sandbox("casebook", "revoke", person)
      let words = revoked.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.hasPrefix("\(person) now has no access to demo at demo@"))
      #expect(try await !roles().contains(person))
      let again = try await sandbox("casebook", "revoke", person)
      #expect(again.status == 66)
    }
  }

  @Test("Who gave access to whom and when is history, repeated happens once, and is undone")
  func recorded() async throws {
    try await Sandbox.withOffice { office in
      let reader = TestPerson.reader.role
      let head = try await office.head()
      let request = UUID().uuidString
      let grant = "casebook grant \(reader) write --request-id \(request)"
      let given = try await office.json(grant)
      #expect(given["position"]?.integerValue == head + 1 && given["repeated"] == false)
      let again = try await office.json(grant)
      #expect(again["position"]?.integerValue == head + 1 && again["repeated"] == true)
      let same = try await office.done("casebook grant \(reader) write")
      #expect(same.output == "\(reader) has write access to notes already\n")
      #expect(try await office.head() == head + 1)

      let history = try await office.done("history casebook -p").output
      #expect(history.contains("@\(head + 1)  casebook.granted  notes"))
      #expect(history.contains("- access: read") && history.contains("+ access: write"))
      let trail = try await office.json("audit")["trails"]?.arrayValue?.last
      let entry = trail?["entries"]?.arrayValue?.last
      #expect(trail?["voice"] == "analyst" && entry?["action"] == "casebook.granted")
      #expect(entry?["after"]?["role"]?.stringValue == reader)
      let difference = try await office.done("diff @\(head)..").output
      #expect(difference.contains("access of \(reader)"))
      // No source says who may read it.
      for line in ["history casebook -s fbi-1955", "audit -s fbi-1955", "diff @1.. -s fbi-1955"] {
        let narrowed = try await office.done(line).output
        #expect(!narrowed.contains(reader) && !narrowed.contains("granted"), "\(line)")
      }
      try await office.expect([
        Refused("casebook members -s fbi-1955", 64, "voices"),
        Refused("log void @\(head + 1) --force -m x", 65, "who has access", "casebook revoke"),
      ])

      func access(_ when: String) async throws -> String? {
        try await office.json("casebook members \(when)")["members"]?.arrayValue?
          .first { $0["role"]?.stringValue == reader }?["access"]?.stringValue
      }
      #expect(try await access("--as-of @\(head - 2)") == nil)
      #expect(try await access("--as-of @\(head)") == "read")
      #expect(try await access("") == "write")
      let rehearsal = try await office.done("undo --dry-run")
      #expect(rehearsal.output == "would have granted access to notes\n")
      try await office.done("undo")
      #expect(try await access("") == "read")
      try await office.done("casebook revoke \(reader)")
      try await office.done("undo")
      #expect(try await access("") == "read")
    }
  }

  @Test("A login that is not who it was is named, and a casebook without an admin can be adopted")
  func gone() async throws {
    try await Sandbox.withOffice { office in
      let person = office.home.lastPathComponent
      try await Sandbox.administer("CREATE ROLE \"\(person)\" LOGIN IN ROLE dossier_admin")
      try await office.done("casebook grant \(person) admin")
      let current = try await office.json("casebook members")
      #expect(current["hasAdmin"] == true)
      try await Sandbox.administer(
        "DROP ROLE \"\(person)\"; CREATE ROLE \"\(person)\" LOGIN IN ROLE dossier_admin")
      let members = try await office.done("casebook members").output
      #expect(members.contains("role renamed or dropped"))
      let doctor = try await office("doctor")
      #expect(doctor.status == 0)
      #expect(doctor.output.contains("members of notes") && doctor.output.contains(person))
      let item = try await office.json("casebook members")["members"]?.arrayValue?
        .first { $0["role"]?.stringValue == person }
      #expect(item?["login"] == "gone" && item?["position"]?.integerValue != nil)
      // Neither the one who is gone nor anybody else is an admin to leave it to.
      try await office.expect([
        Refused("casebook revoke \(TestPerson.admin.role)", 77, "without an admin"),
        Refused("casebook adopt notes \(person)", 77, "administers the server"),
      ])

      // The administrator's own admin is shut out: here by taking the row away, as roles are shared.
      try await office.tamper(
        """
        SET dossier.migrating = 'on';
        UPDATE dossier.membership SET role_name = 'long-gone'
        WHERE role_name = '\(TestPerson.admin.role)'
        """)
      let analyst = office.of(.analyst)
      let left = try await analyst.done("casebook members")
      #expect(left.output.contains("dossier casebook adopt notes ROLE"))
      #expect(try await analyst.json("casebook members")["hasAdmin"] == false)
      let complaint = try await analyst("doctor")
      #expect(complaint.status == 1 && complaint.output.contains("no admin of notes can log in"))
      let superuser = [
        "DATABASE_URL": try #require(office.environment["DATABASE_URL"])
          .replacing(#/user=\S+/#, with: "user=postgres")
      ]
      let head = try await analyst.head()
      let line = "casebook adopt notes \(TestPerson.analyst.role)"
      let adopted = try await office.done(line, with: superuser)
      #expect(
        adopted.output
          == "\(TestPerson.analyst.role) now has admin access to notes at notes@\(head + 1)\n")
      let event = try await analyst.json("log show @\(head + 1)")["events"]?[0]
      #expect(event?["recordedBy"] == "postgres" && event?["type"] == "casebook.granted")
      for (again, status, word) in [
        (line, 77, TestPerson.analyst.role), ("casebook adopt nots x", 66, "Did you mean"),
      ] as [(String, Int32, String)] {
        let outcome = try await office.typed(again, with: superuser)
        #expect(outcome.status == status && outcome.errors.contains(word), "\(outcome.errors)")
      }
      try await analyst.done("casebook revoke long-gone")
    }
  }

  @Test("An imported log gives nobody access, and its authors are marked wherever one is shown")
  func imported() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      _ = try await office.shell("\"$DOSSIER\" log export > log")
      try await Sandbox.withDatabase { other in
        try other.write(office.read("log"), to: "log")
        let restored = try await other.done("log import log")
        #expect(restored.output.contains("gives them none here"))
        let members = try await other.json("casebook members")
        #expect(
          members["members"]?.arrayValue?.map { $0["role"]?.stringValue }
            == [TestPerson.admin.role])
        #expect(members["members"]?[0]?["position"] == nil)
        let told = try await other.json("casebook members --as-of @\(head)")["members"]?.arrayValue
        #expect(told?.count == 3 && told?.allSatisfy { $0["imported"] == true } == true)

        // What the file says that one did is not one's own to undo.
        try await other.expect([Refused("undo", 65, "you have not changed anything in notes yet")])
        try await other.done("annotate gouzenko/c1 'seen here'")
        let note = "authors up to @\(head) as imported by \(TestPerson.admin.role) on "
        for line in [
          "case show gouzenko", "claim show gouzenko/c1", "history gouzenko", "audit gouzenko",
          "explain gouzenko birth.date", "diff @1..", "timeline gouzenko", "annotation list",
          "conclusion list", "casebook show", "log show @2", "search passport",
          "casebook members --as-of @\(head)", "export report gouzenko", "export prov",
          "export annotations", "export ftm",
        ] {
          let shown = try await other.done(line).output
          // Markdown marks what would be a mark of its own.
          let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacing("\\_", with: "_")
          #expect(words.contains(note), "\(line)")
          guard !line.hasPrefix("export"), line != "log show @2" else { continue }
          let mark = try await other.json(line)["basis"]?["imported"]
          #expect(mark?["upTo"]?.integerValue == head, "\(line)")
          #expect(mark?["by"]?.stringValue == TestPerson.admin.role, "\(line)")
        }
        // Where no author is shown, and where nothing was imported, there is nothing to mark.
        for (desk, line) in [
          (other, "case show gouzenko -s fbi-1955"), (office, "case show gouzenko"),
        ] {
          #expect(try await !desk.done(line).output.contains("imported"), "\(line)")
          #expect(try await desk.json(line)["basis"]?["imported"] == nil, "\(line)")
        }
      }
    }
  }

  @Test("A dump restored elsewhere binds members to the roles that bear their names there")
  func restored() async throws {
    try await Sandbox.withOffice { office in
      let server = try await PrivateServer()
      let admin = TestPerson.admin.role
      let connection = try await PostgresConnection.connect(server.configuration)
      // The group roles, and of the persons only the admin.
      try await Migrator().migrate(connection)
      try await connection.execute(
        script: """
          CREATE ROLE somebody LOGIN; CREATE ROLE \"\(admin)\" LOGIN IN ROLE dossier_admin
          """)
      try await connection.execute(script: "CREATE DATABASE restored")
      let superuser = try #require(office.environment["DATABASE_URL"])
        .replacing(#/user=\S+/#, with: "user=postgres")
      var there = server.configuration
      there.database = "restored"
      let dump = try await office.shell(
        """
        set -o pipefail
        pg_dump --schema=dossier "$SUPERUSER" | psql -X -q -v ON_ERROR_STOP=1 "$THERE"
        """, with: ["SUPERUSER": superuser, "THERE": there.description])
      #expect(dump.status == 0, "\(dump.errors)")

      there.user = admin
      let log = EventLog(PostgresPool(there, maximumConnections: 1))
      let casebook = try #require(try await log.casebook("notes"))
      #expect(casebook.access == .admin)
      func logins() async throws -> [String: Member.Login] {
        Dictionary(
          uniqueKeysWithValues: try await log.members(of: casebook.id).map { ($0.role, $0.login) })
      }
      let (analyst, reader) = (TestPerson.analyst.role, TestPerson.reader.role)
      #expect(try await logins() == [admin: .usable, analyst: .gone, reader: .gone])
      // Made after that, the role is another one until it is given access.
      try await connection.execute(
        script: "CREATE ROLE \"\(analyst)\" LOGIN IN ROLE dossier_analyst")
      #expect(try await logins()[analyst] == .gone)
      try await log.grant(.write, to: analyst, on: casebook.id)
      #expect(try await logins()[analyst] == .usable)
      await log.pool.close()
      await connection.close()
    }
  }

  @Test("A dry run is refused as the change would be")
  func refusals() async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox("casebook", "grant", "nobody-here", "read", "--dry-run")
      #expect(outcome.errors.contains("there is no login role \"nobody-here\""))
      #expect(outcome.status == 66)
    }
  }

  @Test("The casebook to work in is not noted in a dry run")
  func use() async throws {
    try await Sandbox.withCasebook { sandbox in
      let rehearsal = try await sandbox("casebook", "use", "demo", "--dry-run")
      #expect(rehearsal.output.hasPrefix("would work in demo from now on"))
      #expect(throws: (any Error).self) { try sandbox.read(".config/dossier/config.yaml") }
      let use = try await sandbox("casebook", "use", "demo", "--format", "json")
      #expect(try use.json["casebook"] == "demo")
    }
  }
}
