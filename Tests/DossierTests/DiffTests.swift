import StrictJSON
import TestSupport
import Testing

@Suite("What changed in a casebook") struct DiffTests {
  @Test("It is told by voice, by case and thing by thing, sources and the casebook included")
  func whole() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      for line in [
        "claim correct gouzenko/c2 'hid cables' --kind transcription -m misread",
        "claim record derjabin statement 'was a major' -s riehle-2020 -l 'ch. 5'",
        "claim withdraw gouzenko/c3 -m 'another man'", "annotate fbi-1955 'a good source'",
        "source grade fbi-1955 B -m 'often right'",
      ] { try await office.done(line) }
      let found = try await office.json("diff @\(head)..")
      #expect(
        found["voices"]
          == [
            ["voice": "source", "source": "fbi-1955", "added": 0, "changed": 1, "removed": 0],
            ["voice": "source", "source": "riehle-2020", "added": 1, "changed": 0, "removed": 1],
            ["voice": "analyst", "added": 1, "changed": 1, "removed": 0],
          ])
      #expect(
        found["cases"]
          == [
            ["case": "derjabin", "added": 1, "changed": 0, "removed": 0],
            ["case": "gouzenko", "added": 0, "changed": 1, "removed": 1],
          ])
      let changes = try #require(found["changes"]?.arrayValue)
      #expect(
        changes.map { $0["ref"]?.stringValue } == [
          "fbi-1955", "fbi-1955/a1", "derjabin/c1", "gouzenko/c2", "gouzenko/c3",
        ])
      #expect(changes[0]["source"] == "fbi-1955" && changes[2]["case"] == "derjabin")

      let page = try await office.done("diff @\(head)..").lines
      #expect(page.contains("VOICE        ADDED  CHANGED  REMOVED"))
      #expect(page.contains("  withdrawn gouzenko/c3  birth.date  riehle-2020"))
      #expect(page.allSatisfy { $0.count <= 80 })
      #expect(try await office.done("diff @\(head)..@\(head)").lines.last == "nothing changed")
    }
  }

  @Test("One source's changes are counted alone, from before it was registered too")
  func narrowed() async throws {
    try await Sandbox.withOffice { office in
      let found = try await office.json("diff .. --source riehle-2020")
      #expect(
        found["voices"]
          == [["voice": "source", "source": "riehle-2020", "added": 1, "changed": 0, "removed": 0]])
      #expect(found["changes"]?.arrayValue?.compactMap { $0["ref"] } == ["gouzenko/c3"])
      #expect(try await office.typed("diff .. --source riehl").status == 66)
    }
  }
}
