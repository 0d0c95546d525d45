import StrictJSON
import Testing

@Suite("Undo") struct UndoTests {
  @Test("An earlier request is undone by its position; what is no position of one's own is refused")
  func earlierRequest() async throws {
    try await Sandbox.withOffice { office in
      let claim = "claim record derjabin statement"
      try await office.done("\(claim) 'was a major' -s fbi-1955 -l 'p. 60'")
      let recorded = try await office.json("history derjabin/c1")["events"]?.arrayValue?.last
      let position = try #require(recorded?["position"]?.integerValue)
      try await office.done("\(claim) 'was in Vienna' -s fbi-1955 -l 'p. 61'")

      let undone = try await office.done("undo @\(position) -m 'another man'")

      #expect(undone.output.hasPrefix("withdrawn derjabin/c1"))
      try await office.expect([
        Refused("undo derjabin", 64, "Write @ and a position"),
        Refused("undo @\(position)", 65, "derjabin/c1", "changed again since"),
        Refused("undo @9999", 65, "not of a request of yours"),
      ])
    }
  }
}
