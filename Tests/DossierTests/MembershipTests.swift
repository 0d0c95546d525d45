import FoundationEssentials
import StrictJSON
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
      #expect(revoked.output == "\(person) now has no access to demo\n")
      #expect(try await !roles().contains(person))
      let again = try await sandbox("casebook", "revoke", person)
      #expect(again.status == 66)
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
