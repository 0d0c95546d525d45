import StrictJSON
import TestSupport
import Testing

@Suite("Verifying that nobody has been at the log")
struct VerifyTests {
  @Test("An untouched log says so, and of what")
  func intact() async throws {
    try await Sandbox.withOffice { office in
      let verified = try await office.done("log verify")
      #expect(verified.output.contains("the schema, as the migrations made it"))
      let json = try await office.json("log verify")
      #expect(json["verdict"] == "intact" && json["schema"]?["differences"] == [])
      #expect(try await office.done("doctor").output.contains("as the migrations made it"))
    }
  }

  @Test(
    "What somebody changed of the schema is named, by the doctor too, and both end with 1",
    arguments: [
      ("ALTER TABLE dossier.event ENABLE TRIGGER refuse_change", "fires in ordinary sessions only"),
      ("GRANT INSERT ON dossier.event TO PUBLIC", "table dossier.event: privileges of PUBLIC"),
      ("UPDATE dossier.event_type SET access = 'write'", "row (casebook.created"),
      (
        "DROP EVENT TRIGGER dossier_refuse_command",
        "event trigger dossier_refuse_command is missing"
      ),
      // What reading needs
      (
        "REVOKE SELECT ON dossier.event FROM dossier_reader",
        "privileges of dossier_reader is missing"
      ),
      ("ALTER TABLE dossier.event RENAME TO past", "table dossier.event is missing"),
      (
        "DROP FUNCTION dossier.text_digests(uuid)",
        "function dossier.text_digests(uuid) is missing"
      ),
    ])
  func changed(_ change: String, _ words: String) async throws {
    try await Sandbox.withOffice { office in
      try await office.tamper(change)
      for command in ["log verify", "doctor"] {
        let outcome = try await office.typed(command)
        #expect(outcome.status == 1, "\(command): \(outcome.output) \(outcome.errors)")
        let text = (outcome.output + outcome.errors).split(whereSeparator: \.isWhitespace)
        #expect(text.joined(separator: " ").contains(words), "\(command): \(text)")
      }
    }
  }

  @Test(
    "A saved moment whose views somebody changed is named, and one that nobody did is not",
    arguments: [
      ("", ""),
      (
        "CREATE OR REPLACE VIEW moment.case_view WITH (security_invoker, security_barrier) AS SELECT * FROM moment.kept WHERE false",
        "moment.case_view of a saved moment shows something else"
      ),
      ("DROP VIEW moment.claim_view", "moment.claim_view of a saved moment is missing"),
      (
        "CREATE TABLE moment.other (n int)",
        "moment.other of a saved moment is none that saving makes"
      ),
      (
        "ALTER VIEW moment.case_view SET (security_invoker = false)",
        "moment.case_view of a saved moment reads with the rights of its owner"
      ),
      (
        "GRANT SELECT ON moment.case_view TO PUBLIC",
        "moment.case_view of a saved moment is open to others"
      ),
    ])
  func moments(_ change: String, _ words: String) async throws {
    try await Sandbox.withOffice { office in
      let admin = office.of(.admin)
      try await admin.done("projection rebuild --all")
      try await admin.done("replay --to @20 --save moment")
      let change = change.replacing(
        "SELECT * FROM moment.kept",
        with: "SELECT \(try await columns(of: "moment.case_view", office)) FROM dossier.case_view")
      try await office.tamper(change)
      let outcome = try await admin.typed("log verify --format json")
      #expect(outcome.status == (change.isEmpty ? 0 : 1), "\(outcome.errors)")
      let differences = try outcome.json["schema"]?["differences"]?.arrayValue ?? []
      #expect(differences.count == (change.isEmpty ? 0 : 1))
      #expect(differences.first?.stringValue?.hasPrefix(words) ?? change.isEmpty, "\(differences)")
    }
  }

  private func columns(of view: String, _ office: Sandbox) async throws -> String {
    try await office.of(.admin).done(
      "db psql -- -Atc \"SELECT string_agg(quote_ident(attname), ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '\(view)'::regclass\""
    ).output.filter { $0 != "\n" }
  }

  @Test(
    "Access that somebody gave, changed or took past the log is named, by the doctor too, and both end with 1",
    arguments: [
      (
        "INSERT INTO dossier.membership (casebook_id, role_name, access) SELECT casebook_id, 'postgres', 'admin'",
        "postgres", "has admin access, which no event gives"
      ),
      ("UPDATE dossier.membership SET access = 'admin'", "write", "has admin access, where @"),
      ("DELETE FROM dossier.membership", "write", "has no access, where @"),
    ])
  func members(_ change: String, _ access: String, _ words: String) async throws {
    try await Sandbox.withOffice { office in
      let admin = office.of(.admin)
      try await admin.done("casebook grant \(TestPerson.stranger.role) write")
      let role = access == "write" ? TestPerson.stranger.role : access
      try await office.tamper(
        change
          + (change.hasPrefix("INSERT")
            ? " FROM dossier.casebook" : " WHERE role_name = '\(TestPerson.stranger.role)'"))
      for command in ["log verify", "doctor"] {
        let outcome = try await admin.typed(command)
        #expect(outcome.status == 1, "\(command): \(outcome.output) \(outcome.errors)")
        let text = (outcome.output + outcome.errors).split(whereSeparator: \.isWhitespace)
          .joined(separator: " ")
        #expect(text.contains(role) && text.contains(words), "\(command): \(text)")
      }
      let verified = try await admin.typed("log verify --format json")
      #expect(try verified.json["verdict"] == "tampered")
      #expect(try verified.json["members"]?["faults"]?[0]?["role"]?.stringValue == role)
    }
  }

  @Test("What the log says of access is what holds: granted, changed, revoked, imported")
  func recordedMembers() async throws {
    try await Sandbox.withOffice { office in
      let admin = office.of(.admin)
      let stranger = TestPerson.stranger.role
      for change in ["grant \(stranger) read", "grant \(stranger) write", "revoke \(stranger)"] {
        try await admin.done("casebook \(change)")
        try await admin.done("log verify")
      }
      let export = try await admin.done("log export").output
      try await withTestDatabase(.migrated) { target in
        try await Sandbox.make(target.of(.admin)) { other in
          try other.write(export, to: "notes.ndjson")
          try await other.done("log import notes.ndjson")
          try await other.done("casebook grant \(stranger) read --casebook notes")
          let json = try await other.json("log verify --casebook notes")
          #expect(json["members"]?["faults"] == [] && json["members"]?["unrecorded"] == [])
        }
      }
    }
  }
}
