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
}
