import StrictJSON
import Testing

@Suite("What a change would change, at the command line")
struct ImpactTests {
  @Test("Conclusions, comparisons and counts, before anything is recorded")
  func bundled() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let before = try await desk.json("tabulate party-or-komsomol")["tabulations"]?[0]
      let evidence = before?["evidence"]
      let ref = try #require(evidence?["gouzenko"]?[0]?.stringValue)
      try await desk.done("conclude gouzenko komsomol.membership yes --on \(ref) -m 'he says so'")
      let head = try await desk.head()
      let found = try await desk.json("impact \(ref)")
      #expect(found["claim"]?["ref"]?.stringValue == ref && found["supposing"] == "withdrawn")
      #expect(found["conclusions"]?[0]?["ref"] == "gouzenko/k1")
      let counts = found["tabulations"]?.arrayValue ?? []
      let count = try #require(counts.first { $0["id"] == "party-or-komsomol" })
      let move = try #require(count["cases"]?.arrayValue?.first { $0["case"] == "gouzenko" })
      #expect(move["before"] == "yes" && move["after"] == "silent")
      let page = try await desk.done("impact \(ref)").lines
      #expect(page.allSatisfy { $0.count <= 80 })
      #expect(page.contains { $0.contains("party-or-komsomol") })
      #expect(try await desk.head() == head)
      // What it foretells is what then happens.
      try await desk.done("claim withdraw \(ref) -m 'a trial'")
      let after = try await desk.json("tabulate party-or-komsomol")["tabulations"]?[0]
      #expect(after?["verdict"] == count["after"]?["verdict"])
      #expect(after?["supported"] == count["after"]?["supported"])
      #expect(try await desk.json("impact \(ref)")["supposing"] == "reinstated")
    }
  }

  @Test("With a value, what a correction would change; without anything, that too is said")
  func corrected() async throws {
    try await Sandbox.withOffice { office in
      let found = try await office.json("impact gouzenko/c3 1919-01-13")
      #expect(found["supposing"] == "corrected" && found["value"] == "1919-01-13")
      let comparison = try #require(found["comparisons"]?[0])
      #expect(comparison["predicate"] == "birth.date")
      #expect(comparison["before"]?["relation"] == "conflict")
      #expect(comparison["after"]?["relation"] == "agree")
      let page = try await office.done("impact gouzenko/c3 1919-01-13").output
      #expect(page.contains("birth.date  conflict (2 voices, 2 origins) → agree"))
      #expect(
        try await office.done("impact gouzenko/c3 1919-01-27").output
          .contains("No conclusion rests on it"))
      try await office.expect([
        Refused("impact gouzenko", 65, "gouzenko/c1"),
        Refused("impact gouzenko/d1", 64, "not a claim"),
        Refused("impact gouzenko/c9", 66, "The last one is gouzenko/c4"),
        Refused("impact gouzenko/c1 'early 1919'", 65, "EDTF"),
        Refused("impact gouzenko/c1 1919-01-13", 65, "already says that"),
      ])
    }
  }
}
