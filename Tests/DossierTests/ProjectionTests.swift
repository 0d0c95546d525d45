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

  @Test("A follower carries them on, is told of in the status, and ends well when told to stop")
  func followed() async throws {
    try await Sandbox.withOffice { office in
      let followed = try await office.interrupt(["projection", "follow", "claim_view"]) {
        while try await office.follower() == nil { await Task.yield() }
        try await office.done("claim record gouzenko height 170 -s fbi-1955 -l 'p. 41'")
        while try await office.json("projection status claim_view").state != "current" {}
      }

      #expect(followed.status == 0, "\(followed.errors)")
      #expect(followed.lines.first == "claim_view  following")
      let head = try await office.head()
      #expect(followed.lines.last == "claim_view  @\(head)")
      #expect(try await office.follower() == nil)
      try await office.done("projection check claim_view")
    }
  }

  @Test("Cases are listed from the view, to the byte as they are folded, at every position")
  func listed() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let lines =
        (1...head).map { "case list --format json --as-of @\($0)" }
        + ["case list", "case list --kind person --format csv", "case list -s fbi-1955"]
      var folded: [String] = []
      for line in lines { folded.append(try await office.done(line).output) }

      try await office.done("projection rebuild case_view")
      for (line, answer) in zip(lines, folded) {
        #expect(try await office.done(line).output == answer, "\(line)")
      }

      // It is the view that answers: a change of its rows shows.
      try await office.done("case open barmine")
      let stale = try await office.json("case list --stale-ok")
      #expect(stale["basis"]?["position"]?.integerValue == head)
      #expect(stale["cases"]?.arrayValue?.count == 3)
      #expect(try await office.json("case list")["cases"]?.arrayValue?.count == 4)
      try await office.tamper("UPDATE dossier.case_view SET name = 'X' WHERE case_id = 'barmine'")
      #expect(try await office.done("case list").output.contains("barmine   X"))
      #expect(try await office.typed("projection check case_view").status == 1)
    }
  }

  @Test(
    "Whoever may only read is answered from the view where it has come so far, else from the log")
  func readers() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("projection rebuild case_view")
      try await office.done("case open barmine")
      let reader = office.of(.reader)
      #expect(try await reader.json("case list")["cases"]?.arrayValue?.count == 4)
      #expect(try await reader.json("case list --stale-ok")["cases"]?.arrayValue?.count == 3)
      #expect(try await reader.typed("projection rebuild case_view").status == 77)
      try await reader.done("projection check case_view")
      try await office.done("projection check case_view")
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

extension JSON {
  /// The state of the only view in a status.
  fileprivate var state: String? { self["views"]?.arrayValue?.first?["state"]?.stringValue }
}

extension Sandbox {
  /// Who follows the claims.
  fileprivate func follower() async throws -> String? {
    try await json("projection status claim_view")["views"]?.arrayValue?
      .first?["follower"]?["by"]?.stringValue
  }

  /// The different states that the views are in.
  fileprivate func states() async throws -> Set<String> {
    let views = try #require(try await json("projection status")["views"]?.arrayValue)
    return Set(views.compactMap { $0["state"]?.stringValue })
  }
}
