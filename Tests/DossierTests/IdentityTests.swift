import StrictJSON
import Testing

@Suite("Whether two cases are one")
struct IdentityTests {
  private func withTwins(_ body: @Sendable (Sandbox) async throws -> Void) async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        "claim record derjabin birth.date 1919-01-13 -s riehle-2020 -l 'ch. 5 ¶ 9'")
      try await office.done("case identity gouzenko derjabin --same -m 'one birthday'")
      try await body(office)
    }
  }

  @Test("Both cases tell of the judgement, and nothing of either changes")
  func judged() async throws {
    try await withTwins { office in
      for (slug, other) in [("gouzenko", "derjabin"), ("derjabin", "gouzenko")] {
        let identity = try await office.json("case show \(slug)")["identities"]?[0]
        #expect(identity?["other"]?.stringValue == other)
        #expect(identity?["judgement"] == "same" && identity?["grounds"] == "one birthday")
        let page = try await office.done("case show \(slug)").output
        #expect(page.contains("=") && page.contains("same: “one birthday”"))
        let history = try await office.done("history \(slug)").output
        #expect(history.contains("judged") && history.contains("same as \(other)"))
        let alone = try await office.done("case show \(slug) --source riehle-2020").output
        #expect(!alone.contains("birthday"))
      }
      #expect(try await office.json("case show derjabin")["claims"]?.arrayValue?.count == 1)
    }
  }

  @Test("Joined, they are read as one, each claim under its own name")
  func joined() async throws {
    try await withTwins { office in
      let both = try await office.json("case show derjabin --joined")
      #expect(both["case"]?["slug"] == "derjabin")
      #expect(both["joined"] == ["derjabin", "gouzenko"])
      let refs = both["claims"]?.arrayValue?.compactMap { $0["ref"]?.stringValue }
      #expect(refs == ["derjabin/c1", "gouzenko/c1", "gouzenko/c2", "gouzenko/c3"])
      func date(_ line: String) async throws -> JSON? {
        try await office.json(line)["predicates"]?.arrayValue?
          .first { $0["predicate"] == "birth.date" }
      }
      #expect(try await date("compare derjabin")?["relation"] == "single")
      let compared = try await date("compare derjabin --joined")
      #expect(compared?["relation"] == "self-conflict")
      #expect(compared?["selfConflicts"] == ["riehle-2020"])
      let list = try await office.json("claim list --case derjabin --joined")["claims"]
      #expect(list?.arrayValue?.count == 4)
      let all = try await office.json("compare --all --joined")["cases"]?.arrayValue ?? []
      #expect(all.first?["joined"] == ["derjabin", "gouzenko"])
      #expect(!all.dropFirst().contains { $0["case"] == "gouzenko" })
      for line in [
        "case show derjabin --joined", "compare gouzenko --joined", "timeline gouzenko --joined",
        "explain gouzenko birth.date --joined",
      ] {
        let page = try await office.done(line).lines
        #expect(page.allSatisfy { $0.count <= 80 }, "\(line)")
        #expect(page.contains { $0.contains("derjabin/c1") }, "\(line)")
      }
    }
  }

  @Test("The last judgement counts, and undo brings back the one before")
  func reversed() async throws {
    try await withTwins { office in
      let one: JSON? = ["derjabin", "gouzenko"]
      try await office.done("case identity derjabin gouzenko --different -m 'two graves'")
      #expect(try await office.json("case show derjabin --joined")["joined"] == nil)
      try await office.done("undo -m 'one grave was empty'")
      #expect(try await office.json("case show derjabin --joined")["joined"] == one)
      try await office.done("undo -m 'the first after all'")
      #expect(try await office.json("case show derjabin --joined")["joined"] == nil)
    }
  }

  @Test("What cannot be judged is refused")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("case identity gouzenko derjabin -m so", 64, "--same"),
        Refused("case identity gouzenko derjabin --same", 65, "the grounds are missing"),
        Refused("case identity gouzenko gouzenko --same -m so", 65, "Name two cases"),
        Refused("case identity gouzenko derjabi --same -m so", 66, "derjabin"),
        Refused("case identity gouzenko orlov --same -m so", 65, "closed"),
        Refused("claim list --joined", 64, "--case"),
      ])
    }
  }
}
