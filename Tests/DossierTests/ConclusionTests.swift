import StrictJSON
import Testing

@Suite("Conclusions at the command line")
struct ConclusionTests {
  private static let conclude =
    "conclude gouzenko birth.date 1919-01-26 --on gouzenko/c1,gouzenko/c3 "
    + "-m 'the passport agrees with c3' --likelihood 'very likely' --confidence moderate"

  @Test("It stands with the analysts: value, claims, basis, likelihood and confidence apart")
  func drawn() async throws {
    try await Sandbox.withOffice { office in
      let said = try await office.done(Self.conclude).output
      #expect(said.hasPrefix("concluded, as gouzenko/k2 at notes@"))
      let document = try await office.json("case show gouzenko")
      let conclusion = try #require(document["conclusions"]?.arrayValue?.last)
      #expect(conclusion["ref"] == "gouzenko/k2" && conclusion["predicate"] == "birth.date")
      #expect(conclusion["value"] == "1919-01-26" && conclusion["edtf"] == "1919-01-26")
      #expect(conclusion["on"] == ["gouzenko/c1", "gouzenko/c3"])
      #expect(conclusion["basis"] == "the passport agrees with c3")
      #expect(conclusion["likelihood"] == "very-likely" && conclusion["confidence"] == "moderate")
      #expect(conclusion["stale"] == false && conclusion["moved"] == [])
      for line in [
        "case show gouzenko", "conclusion list", "explain gouzenko birth.date",
        "explain gouzenko/k2", "explain gouzenko/c1",
      ] {
        let page = try await office.done(line).lines
        #expect(page.allSatisfy { $0.count <= 80 }, "\(line)")
        let text = page.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        #expect(text.contains("1919-01-26 from c1, c3"), "\(line)")
        // ICD 203: how likely it is and how sound the basis are never told in one breath.
        let degrees = page.filter { $0.contains("likelihood:") || $0.contains("confidence:") }
        #expect(degrees.count == 2, "\(line)")
      }
      for line in ["history gouzenko", "history gouzenko/k2", "history gouzenko/c1"] {
        let page = try await office.done(line).output
        #expect(page.contains("on c1, c3  birth.date  1919-01-26"), "\(line)")
      }
      let trails = try await office.json("audit gouzenko")["trails"]?.arrayValue
      let last = try #require(trails?.last)
      #expect(last["voice"] == "analyst")
      #expect(last["entries"]?.arrayValue?.last?["action"] == "conclusion.drawn")
      #expect(last["entries"]?.arrayValue?.last?["reason"] == "the passport agrees with c3")
      for line in ["case show gouzenko", "explain gouzenko birth.date", "history gouzenko"] {
        let page = try await office.done("\(line) --source fbi-1955").output
        #expect(!page.contains("passport") && !page.contains("k2"), "\(line)")
      }
      let without = try await office.json("conclusion list --without-source riehle-2020")
      #expect(without["conclusions"]?.arrayValue?.map { $0["ref"] } == ["gouzenko/k1"])
    }
  }

  @Test("It goes stale when its ground moves, everywhere it stands, until it is looked at again")
  func stale() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(Self.conclude)
      #expect(try await office.json("")["staleConclusions"] == [])
      try await office.done("claim correct gouzenko/c3 -l 'ch. 5 ¶ 3' --kind locator -m misread")
      let head = try await office.head()
      let found = try await office.json("conclusion list --stale")["conclusions"]?.arrayValue?.last
      let move: JSON = ["ref": "gouzenko/c3", "move": "corrected", "position": .integer(head)]
      #expect(found?["moved"] == [move])
      #expect(try await office.json("")["staleConclusions"] == ["gouzenko/k2"])
      #expect(try await office.done("").output.contains("1 stale conclusion"))
      let words = try await office.done("case show gouzenko").output.split { $0.isWhitespace }
      let page = words.joined(separator: " ")
      #expect(page.contains("1 stale conclusion"))
      #expect(page.contains("stale since then c3 corrected at @\(head)"))
      let before = try await office.json("conclusion list --stale --as-of @\(head - 1)")
      #expect(before["conclusions"] == [])
      try await office.done("conclusion revise gouzenko/k2 -m 'another paragraph, the same words'")
      #expect(try await office.json("conclusion list --stale")["conclusions"] == [])
      try await office.done("claim dispute gouzenko/c3 -m 'no such paragraph'")
      let again = try await office.json("conclusion list --stale")["conclusions"]?[0]
      #expect(again?["moved"]?[0]?["move"] == "disputed" && again?["revision"] == 2)
    }
  }

  @Test("It is revised, withdrawn and undone")
  func changed() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(Self.conclude)
      let first = try await office.head()
      try await office.done(
        "conclusion revise gouzenko/k2 1919-01-13 --on gouzenko/c1 --basis 'the register' "
          + "--confidence high -m 'found the register'")
      let revised = try await office.json("conclusion list")["conclusions"]?.arrayValue?.last
      #expect(revised?["value"] == "1919-01-13" && revised?["on"] == ["gouzenko/c1"])
      #expect(revised?["likelihood"] == "very-likely" && revised?["confidence"] == "high")
      let difference = try await office.done("diff gouzenko @\(first)..").output
      #expect(difference.contains("+ basis: the register"))
      try await office.done("undo -m 'too early'")
      let restored = try await office.json("conclusion list")["conclusions"]?.arrayValue?.last
      #expect(restored?["value"] == "1919-01-26")
      try await office.done("conclusion withdraw gouzenko/k2 -m 'no longer held'")
      for line in ["conclusion list", "case show gouzenko"] {
        #expect(try await office.json(line)["conclusions"]?.arrayValue?.count == 1)
      }
    }
  }

  @Test("What it may rest on in another case counts too")
  func elsewhere() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        "conclude derjabin birth.date --not 1919 --on gouzenko/c1 -m 'another man'")
      try await office.done("claim withdraw gouzenko/c1 -m misread")
      for line in ["case show derjabin", "conclusion list --case derjabin", "conclusion list"] {
        let conclusion = try await office.json(line)["conclusions"]?[0]
        #expect(conclusion?["moved"]?[0]?["move"] == "withdrawn", "\(line)")
        #expect(conclusion?["polarity"] == "negative")
      }
      #expect(try await office.json("")["staleConclusions"] == ["derjabin/k1"])
      try await office.done("claim reinstate gouzenko/c1 -m 'read again'")
      try await office.done("conclusion revise derjabin/k1 -m 'it stands again'")
      #expect(try await office.json("")["staleConclusions"] == [])
    }
  }

  @Test("What cannot be concluded is refused, with what to do instead")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      let on = "--on gouzenko/c1"
      try await office.expect([
        Refused("conclude gouzenko birth.date 1919 -m so", 65, "--on gouzenko/c1"),
        Refused("conclude gouzenko birth.date 1919 \(on)", 65, "the basis is missing"),
        Refused("conclude gouzenko birth.date 'early 1919' \(on) -m so", 65, "EDTF"),
        Refused("conclude gouzenko birthdate 1919 \(on) -m so", 66, "birth.date"),
        Refused("conclude gouzenko birth.date 1919 --on gouzenko/c4 -m so", 65, "is withdrawn"),
        Refused("conclude gouzenko birth.date 1919 --on gouzenko/c9 -m so", 66, "gouzenko/c9"),
        Refused("conclude orlov birth.date 1919 \(on) -m so", 65, "closed"),
        Refused("conclude gouzenko birth.date 1919 \(on) -m so --likelihood maybe", 64, "maybe"),
        Refused("conclude gouzenko birth.date --none --some \(on) -m so", 64, "exclude each other"),
        Refused("conclusion revise gouzenko/k2 -m so", 66, "The last one is gouzenko/k1"),
        Refused("explain gouzenko/k2", 66, "The last one is gouzenko/k1"),
        Refused("conclusion list --predicate height2", 66, "Did you mean \"height\"?"),
      ])
    }
  }
}
