import StrictJSON
import TestSupport
import Testing

@Suite("Views on the command line") struct ProjectionTests {
  @Test("They are built, carried on, checked, mended and dropped")
  func lifetime() async throws {
    try await Sandbox.withOffice { office in
      #expect(try await office.states() == ["not built"])
      #expect(try await office.typed("projection check claim").status == 66)

      let planned = try await office.json("projection rebuild --all --dry-run")
      #expect(planned["rebuilt"]?.arrayValue?.allSatisfy { $0["outcome"] == "planned" } == true)
      #expect(try await office.states() == ["not built"])
      try await office.done("projection rebuild --all")
      #expect(try await office.states() == ["current"])
      try await office.done("projection check")

      try await office.done("claim record gouzenko height 170 -s fbi-1955 -l 'p. 41'")
      #expect(try await office.states().contains("behind"))
      try await office.done("projection check")
      let rebuilt = try await office.json("projection rebuild claim_view --workers 1")
      #expect(rebuilt["rebuilt"]?.arrayValue?.first?["comparison"]?["differing"]?.integerValue == 0)

      try await office.done("projection drop --all")
      #expect(try await office.states() == ["not built"])
    }
  }

  @Test("A row that somebody has changed is named, with exit status 1, and a rebuild mends it")
  func damaged() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("projection rebuild --all")
      try await office.tamper(
        "UPDATE dossier.claim_view SET value = 'Ottawa' WHERE case_id = 'gouzenko' AND claim = 2")

      let checked = try await office.typed("projection check")
      #expect(checked.status == 1)
      #expect(checked.output.contains("claim_view  wrong"))
      #expect(checked.output.contains("value:") && checked.output.contains("Ottawa"))
      let rebuilt = try await office.done("projection rebuild claim_view")
      #expect(rebuilt.output.contains("gouzenko"))
      try await office.done("projection check")
    }
  }

  @Test("A name that is not a view's is refused with the one that was meant")
  func misspelt() async throws {
    try await Sandbox.withOffice { office in
      let outcome = try await office.typed("projection status clam_view")
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("Did you mean \"claim_view\"?"))
      #expect(try await office.typed("projection rebuild").status == 64)
      #expect(try await office.typed("projection drop claim_view --all").status == 64)
    }
  }
}

extension Sandbox {
  /// The different states that the views are in.
  fileprivate func states() async throws -> Set<String> {
    let views = try #require(try await json("projection status")["views"]?.arrayValue)
    return Set(views.compactMap { $0["state"]?.stringValue })
  }
}
