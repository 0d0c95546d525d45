import StrictJSON
import Testing

@Suite("Where a value comes from")
struct ExplainTests {
  @Test("From the value down to page, words, citation, source, dispute and every event")
  func tree() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("source derive fbi-1955 --from krivitsky-1939 -l 'note 4' -m cited")
      try await office.done(
        "claim correct gouzenko/c1 1919-01-14 --kind transcription -m 'misread the day'")
      let page = try await office.done("explain gouzenko birth.date").lines
      #expect(page.allSatisfy { $0.count <= 80 })
      let text = page.flatMap { $0.split(separator: " ") }.joined(separator: " ")
      for words in [
        "Born: 2 voices, 2 origins", "1919-01-14 14 January 1919", "c1 fbi-1955, p. 41",
        "“born January 13, 1919”", "Soviet Defectors, issued 1955-01",
        "derives from krivitsky-1939, note 4", "d1 disputed: “the old calendar”",
        "against it: gouzenko/c3", "a1 “compare the passport”", "claim.recorded",
        "claim.corrected, before: value: 1919-01-13 “misread the day”", "claim.disputed",
        "1919-01-26 26 January 1919", "c3 riehle-2020",
      ] {
        #expect(text.contains(words), "\(words)")
      }
      let cited = try await office.done("explain gouzenko/c2").output
      #expect(cited.contains("n1 rests-on krivitsky-1939, 132 (note 9)"))
      #expect(cited.contains("origin: fbi-1955 ← krivitsky-1939"))
    }
  }

  @Test("As JSON; one voice alone shows nothing of the analysts'")
  func document() async throws {
    try await Sandbox.withOffice { office in
      let all = try await office.json("explain gouzenko birth.date")
      #expect(all["case"] == "gouzenko" && all["predicate"] == "birth.date")
      #expect(all["voices"] == 2 && all["origins"] == 2)
      let first = try #require(all["values"]?[0]?["claims"]?[0])
      #expect(first["claim"]?["ref"] == "gouzenko/c1" && first["source"]?["slug"] == "fbi-1955")
      #expect(first["disputes"]?[0]?["grounds"] == "the old calendar")
      #expect(first["events"]?[0]?["action"] == "claim.recorded")
      #expect(first["events"]?[0]?["recordedBy"] != nil)
      let alone = try await office.done("explain gouzenko/c1 -s fbi-1955 --format json").output
      for words in ["recordedBy", "old calendar", "passport", "riehle"] {
        #expect(!alone.contains(words), "\(words)")
      }
      try await office.expect([
        Refused("explain gouzenko", 64, "Name a predicate"),
        Refused("explain gouzenko birthdate", 66, "Did you mean \"birth.date\"?"),
        Refused("explain gouzenko height", 66, "no source says anything"),
        Refused("explain gouzenko/c99", 66, "c99"),
        Refused("explain gouzenko/d1", 64, "neither a claim"),
        Refused("explain tabulation/x", 64, "dossier tabulate x"),
        Refused("explain gouzenko/c1 birth.date", 64, "not a case"),
      ])
    }
  }
}
