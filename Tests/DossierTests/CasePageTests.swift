import StrictJSON
import Testing

@Suite("Pages of cases")
struct CasePageTests {
  @Test("A long short name squeezes no other column")
  func list() async throws {
    try await Sandbox.withOffice { office in
      let slug = "the-civilian-who-was-seen-in-vienna"
      try await office.done("case open \(slug) --name 'The civilian in Vienna'")
      let lines = try await office.done("case list").lines
      let index = try #require(lines.firstIndex(of: slug))
      #expect(lines[index + 1].contains("  The civilian in Vienna  "))
      #expect(lines.allSatisfy { $0.count <= 80 })
    }
  }

  @Test("Locators of all sources stand in one column; a long predicate leaves values their room")
  func columns() async throws {
    try await Sandbox.withOffice { office in
      let wording = "some words that are not few, so that they do not fit beside the value"
      try await office.done(
        "claim record gouzenko birth.date 1919-01 -s fbi-1955 -l 'p. 44' "
          + "--as-written '\(wording)'")
      for page in ["case show gouzenko", "claim list --case gouzenko"] {
        let lines = try await office.done(page).lines
        let ends = ["p. 41", "p. 42", "p. 44", "ch. 5 ¶ 2"].map { locator in
          lines.first { $0.hasSuffix(locator) }?.count
        }
        #expect(Set(ends).count == 1 && ends[0] != nil, "\(page)")
        // A label is never parted from the first word after it.
        #expect(lines.contains { $0.contains("as written: “some") }, "\(page)")
        #expect(!lines.contains { $0.hasSuffix("as") || $0.hasSuffix("written:") }, "\(page)")
      }
    }
    try await Sandbox.withBundledCasebook { dossier in
      let lines = try await dossier.done("case show derjabin").lines
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(lines.contains { $0.hasSuffix("  defection.received-by") })
    }
  }

  @Test("Citations stand under what cites, in the page and in the document")
  func citations() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("cite gouzenko/c2 --work riehle-2020 -l 'p. 9' --as see")
      try await office.done("cite gouzenko/c2 --work riehle-2020 -l 'p. 10' --as see")
      try await office.done("citation withdraw gouzenko/n3 -m misread")
      try await office.done("cite gouzenko/a1 --work krivitsky-1939 --as quotes")
      for options in ["", "--quotes"] {
        let lines = try await office.done("case show gouzenko \(options)").lines
        let claim = try #require(lines.firstIndex { $0.contains("hid papers under his shirt") })
        #expect(lines[claim + 1].hasSuffix("n1 rests-on: krivitsky-1939, 132, note 9"))
        #expect(lines[claim + 2].hasSuffix("n2 see: riehle-2020, p. 9"))
        #expect(!lines.contains { $0.contains("p. 10") })
        let note = try #require(lines.firstIndex { $0.contains("compare the passport") })
        // Its tag is on the line between; how wide the column is depends on the length of a name.
        let citation = lines[(note + 2)...].prefix(2).map { $0.drop { $0 == " " } }.joined()
        #expect(citation.hasPrefix("n4 quotes: krivitsky-1939"))
      }
      let cited = try await office.json("case show gouzenko")["citations"]?.arrayValue ?? []
      #expect(
        cited.compactMap { $0["ref"]?.stringValue }
          == ["gouzenko/n1", "gouzenko/n2", "gouzenko/n4"])
      let alone = try await office.json("case show gouzenko -s fbi-1955")["citations"]?.arrayValue
      #expect(alone?.compactMap { $0["work"]?.stringValue } == ["krivitsky-1939", "riehle-2020"])
      #expect(!(try await office.done("case show gouzenko -s riehle-2020").output.contains("n1 ")))
    }
  }

  @Test("A source is shown with all that is known of it")
  func bibliography() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        #"source add smith-1950 --title 'Two Lives' --csl '{"type": "chapter", "publisher": "#
          + #""Gollancz", "author": [{"family": "Smith", "given": "Ann"}, "#
          + #"{"literal": "The Office"}], "volume": 2, "event-date": {"date-parts": [[1949, 5]]}}'"#
      )
      let page = try await office.done("source show smith-1950").output
      for line in [
        /type +chapter\n/, /publisher +Gollancz\n/, /author +Ann Smith, The Office\n/,
        /volume +2\n/,
        /event-date +\{"date-parts":\[\[1949,5\]\]\}\n/,
      ] {
        #expect(page.contains(line), "\(page)")
      }
    }
  }

  @Test("A claim's moments are told to the minute")
  func minutes() async throws {
    try await Sandbox.withOffice { office in
      let lines = try await office.done("claim show gouzenko/c1").lines
      let recorded = try #require(lines.first { $0.hasPrefix("recorded") })
      let form = /recorded +\d{4}-\d\d-\d\d \d\d:\d\d UTC by .+, @\d+/
      #expect(try form.wholeMatch(in: recorded) != nil)
    }
  }

  @Test("Annotations of sources and of the casebook count like those of cases, and have a day")
  func annotations() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("annotate fbi-1955 'no index'")
      try await office.done("annotate casebook 'begun late'")
      let listed = try #require(
        try await office.json("annotation list")["annotations"]?.arrayValue)
      #expect(listed.count == 3)
      #expect(try await office.json("casebook show")["annotations"] == 3)
      #expect(try await office.done("casebook show").output.contains("3 annotations"))
      let day = try #require(listed[0]["recordedAt"]?.stringValue?.prefix(10))
      let page = try await office.done("annotation list").lines
      #expect(page.count { $0.hasSuffix("\(day)") } == 3)
    }
  }
}
