import StrictJSON
import Testing

@Suite("A day's work in the bundled casebook, as a person types it")
struct DaysWorkTests {
  @Test("Claims with pages and quotes, what they rest on, corrections, disputes, and a look back")
  func day() async throws {
    try await Sandbox.withBundledCasebook { dossier in
      // A case, and what the page says of it.
      let opened = try await dossier.done("case open demo --name 'A demonstration'")
      #expect(opened.output.hasPrefix("opened demo at soviet-defectors@"))
      let empty = try await dossier.head()
      let recorded = try await dossier.done(
        "claim record demo birth.date 1919-01-31 -s fbi-1955 -l 'p. 41' -q 'January 13, 1919'")
      #expect(recorded.output == "recorded demo/c1 at soviet-defectors@\(empty + 1)\n")
      let byDefault = try await dossier.done(
        "claim record demo birth.place 'Moscow, Russia' -l 'p. [41]'",
        with: ["DOSSIER_SOURCE": "fbi-1955"])
      #expect(byDefault.output.contains("demo/c2") && byDefault.output.contains("fbi-1955"))
      let motive = try await dossier.done(
        "claim record demo,gouzenko motive.kind fear -s riehle-2020 -l 'ch. 5 summary ¶ 9' "
          + "--hedge likely --reports gouzenko --with weight=main")
      #expect(motive.lines.count == 2)
      let claims = try await dossier.head()
      #expect(claims == empty + 4)

      // What it rests on, and what one thinks of it.
      let cited = try await dossier.done(
        "cite demo/c1 --work krivitsky-1939 -l '132, 216-234' --note 9 --as rests-on")
      #expect(cited.output.hasPrefix("cited, as demo/n1 at"))
      let annotated = try await dossier.done(
        "annotate demo/c1 'The quote has another day.' --motivation questioning --tag day")
      #expect(annotated.output.hasPrefix("annotated, as demo/a1 at"))

      // We misread it; the source is wrong; it should not be there at all.
      try await dossier.done("claim correct demo/c1 1919-01-13 --kind transcription -m 'misread'")
      let corrected = try await dossier.head()
      try await dossier.done(
        "claim dispute demo/c1 -m 'the register says 26' --counter gouzenko/c3")
      let disputed = try await dossier.head()
      try await dossier.done("claim resolve demo/d1 -m 'another calendar'")
      try await dossier.done("claim withdraw demo/c2 -m 'another Moscow'")
      let withdrawn = try await dossier.head()
      try await dossier.done("claim reinstate demo/c2 -m 'it was right'")
      try await dossier.done("claim withdraw demo/c3 -m 'the wrong case'")
      let undone = try await dossier.done("undo -m 'it was the right one'")
      #expect(undone.output.hasPrefix("reinstated demo/c3 at"))
      let head = try await dossier.head()

      // Now, and before each of these, by position and by time.
      func values(_ when: String) async throws -> [String] {
        let shown = try await dossier.json("case show demo --as-of \(when)")
        return shown["claims"]?.arrayValue?.compactMap { $0["value"]?.stringValue } ?? []
      }
      let log = try await dossier.json("log show @1..@\(head)")
      let events = try #require(log["events"]?.arrayValue)
      #expect(events.compactMap { $0["position"]?.integerValue } == Array(1...head))
      for (position, expected) in [
        (empty, []), (empty + 1, ["1919-01-31"]),
        (claims, ["1919-01-31", "Moscow, Russia", "fear"]),
        (corrected, ["1919-01-13", "Moscow, Russia", "fear"]),
        (withdrawn, ["1919-01-13", "fear"]), (head, ["1919-01-13", "Moscow, Russia", "fear"]),
      ] {
        #expect(try await values("@\(position)") == expected, "@\(position)")
        let time = try #require(events[position - 1]["recordedAt"]?.stringValue)
        #expect(try await values(time) == expected, "\(time)")
      }
      #expect(try await dossier.typed("case show demo --as-of @\(empty - 1)").status == 66)
      for command in ["case show demo --as-of", "replay --case demo --to"] {
        let then = try await dossier.json("\(command) @\(disputed)")
        #expect(then["claims"]?[0]?["disputed"] == true)
        #expect(then["disputes"]?[0]?["grounds"] == "the register says 26")
        #expect(then["claims"]?[0]?["citations"]?[0]?["locator"] == "132, 216-234")
      }
      let now = try await dossier.json("case show demo")
      #expect(now["disputes"]?.arrayValue?.map { $0["status"] } == ["resolved"])
      #expect(now["annotations"]?[0]?["tags"] == ["day"])
      #expect(now["claims"]?[2]?["attribution"]?["saidBy"] == "gouzenko")

      // How it came to be.
      let history = try await dossier.json("history demo")
      #expect(
        history["events"]?.arrayValue?.compactMap { $0["type"]?.stringValue } == [
          "case.opened", "claim.recorded", "claim.recorded", "claim.recorded", "citation.added",
          "annotation.added", "claim.corrected", "claim.disputed", "dispute.resolved",
          "claim.withdrawn", "claim.reinstated", "claim.withdrawn", "claim.reinstated",
        ])
      let patch = try await dossier.done("history demo/c1 -p").output
      for line in ["- value: 1919-01-31", "+ value: 1919-01-13", "misread", "the register says 26"]
      {
        #expect(patch.contains(line), "\(line)")
      }
      let trails = try #require(try await dossier.json("audit demo")["trails"]?.arrayValue)
      #expect(trails.map { $0["source"]?.stringValue } == ["fbi-1955", "riehle-2020", nil])
      #expect(trails.map { $0["entries"]?.arrayValue?.count } == [6, 3, 4])
      let diff = try await dossier.done("diff demo @\(claims)..@\(corrected)").lines
      #expect(
        diff.filter { $0.hasPrefix("    ") }.map { $0.drop { $0 == " " } }.prefix(2)
          == ["- value: 1919-01-31", "+ value: 1919-01-13"])
      #expect(diff.contains { $0.contains("added demo/n1") })
      let timeline = try await dossier.done("timeline demo").output
      #expect(timeline.contains("1919-01-13") && !timeline.contains("1919-01-31"))
      let home = try await dossier.done("")
      #expect(home.output.contains("open dispute"))
      #expect(try await dossier.done("log verify").output.hasPrefix("intact: \(head) events"))
    }
  }

  @Test("A case as its page is read: by voice, quotes whole, analysts last, eighty columns wide")
  func page() async throws {
    try await Sandbox.withBundledCasebook { dossier in
      let head = try await dossier.head()
      let lines = try await dossier.done("case show derjabin --quotes").lines
      #expect(lines[0].hasPrefix("PETR S. DERJABIN"))
      #expect(lines[0].hasSuffix("soviet-defectors@\(head)"))
      let headings = ["fbi-1955", "riehle-2020", "analysts"].map { lines.firstIndex(of: $0) ?? -1 }
      #expect(headings == headings.sorted() && !headings.contains(-1))
      #expect(lines.contains { $0.contains("“February 13, 1919”") })
      #expect(lines.allSatisfy { $0.count <= 80 })
    }
  }

  @Test("Dates are explained: their level, bounds, and in words")
  func dates() async throws {
    try await Sandbox.withoutDatabase { dossier in
      let dates = try await dossier.json("edtf 1937-07-16 '[1927,1928]' 1928~ 1937-07/..")["dates"]
      #expect(dates?.arrayValue?.map { $0["level"]?.integerValue } == [0, 2, 1, 1])
      #expect(dates?[1]?["earliest"] == "1927-01-01" && dates?[1]?["latest"] == "1928-12-31")
      #expect(dates?[2]?["approximate"] == true)
      #expect(dates?[3]?["latest"] == nil)
      // What is wrong with one keeps no other from being shown.
      let mixed = try await dossier.typed(
        "edtf --format json -- 1937 '31 April 1928' -1945 1870-04-10' O.S.' x")
      #expect(mixed.status == 65)
      let shown = try JSON(parsing: mixed.output)["dates"]?.arrayValue
      #expect(shown?.map { $0["edtf"]?.stringValue } == ["1937", "-1945", "1870-04-10"])
      #expect(shown?[2]["calendar"] == "julian" && shown?[2]["earliest"] == "1870-04-22")
      #expect(
        mixed.errors.contains("there is no day 31 in April 1928") && mixed.errors.contains("“x”"))
      #expect(mixed.errors.contains("-1945 is read as 1946 BC") && mixed.errors.contains("../1945"))
    }
  }
}
