import StrictJSON
import Testing

@Suite("Pages of history")
struct HistoryPageTests {
  @Test("A line says whether the source denies, doubts or does not know, as the case does")
  func meaning() async throws {
    try await Sandbox.withOffice { office in
      for (options, words) in [
        ("fear yes --not --hedge probably", "fear  not yes  hedge: “probably”"),
        ("fear --unknown", "fear  (unknown)"),
        ("service.rank --none", "service.rank  (none)"),
        ("service.rank --some", "service.rank  (some value)"),
        ("statement spied --denies 'his wife'", "statement  spied  denies: his wife"),
        ("service.rank major --doubts Orlov --with from=1940", "major  from: 1940  doubts: Orlov"),
      ] {
        try await office.done("claim record derjabin \(options) -s fbi-1955 -l 'p. 1'")
        let page = try await office.done("history derjabin").output
        #expect(Self.words(page).contains(Self.words(words)), "\(page)")
        #expect(page.hasSuffix("  fbi-1955\n"), "\(page)")
      }
    }
  }

  /// A text without its line breaks and columns.
  private static func words(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test("Every event is one line where it fits eighty columns, and hangs below its columns else")
  func lines() async throws {
    try await Sandbox.withBundledCasebook { dossier in
      let events = try #require(
        try await dossier.json("history derjabin")["events"]?.arrayValue)
      let lines = try await dossier.done("history derjabin").lines.drop { !$0.isEmpty }.dropFirst()
      #expect(lines.allSatisfy { $0.count <= 80 })
      func isFirst(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix("@") }
      let first = lines.filter(isFirst)
      #expect(first.count == events.count)
      let column = try #require(first.first.map { $0.count - $0.drop { $0 != "P" }.count })
      for (line, event) in zip(first, events) {
        let day = try #require(event["recordedAt"]?.stringValue?.prefix(10))
        let position = try #require(event["position"]?.integerValue)
        #expect(line.drop { $0 == " " }.hasPrefix("@\(position)  \(day)  "), "\(line)")
      }
      for line in lines where !isFirst(line) {
        #expect(line.prefix(column).allSatisfy { $0 == " " }, "\(line)")
      }
      #expect(first.contains { $0.contains("  defection.date  ") })
      let name = try #require(first.first { $0.contains("name.primary") })
      #expect(name.contains("  recorded  c1   name.primary  Petr S. Derjabin  "))
      #expect(name.hasSuffix("  fbi-1955") && name.count == 80)
    }
  }

  @Test("A correction says of what kind it is: in history, audit, diff and on the claim")
  func kinds() async throws {
    try await Sandbox.withOffice { office in
      let before = try await office.head()
      try await office.done(
        "claim correct gouzenko/c3 1919-01-27 --kind interpretation -m 'the other calendar'")
      for page in [
        "history gouzenko", "history gouzenko -p", "audit gouzenko", "diff gouzenko @\(before)..",
        "claim show gouzenko/c3",
      ] {
        let text = try await office.done(page).output
        #expect(Self.words(text).contains("the other calendar"), "\(page)")
        #expect(text.contains("interpretation"), "\(page)")
      }
      let trails = try await office.json("audit gouzenko")["trails"]?.arrayValue
      let entries = trails?.flatMap { $0["entries"]?.arrayValue ?? [] }
      #expect(entries?.compactMap { $0["kind"]?.stringValue } == ["interpretation"])
      let change = try await office.json("diff gouzenko @\(before)..")["changes"]?[0]
      #expect(change?["kind"] == "interpretation" && change?["reason"] == "the other calendar")
      let claim = try await office.json("claim show gouzenko/c3")["claim"]
      #expect(claim?["lastChange"]?["kind"] == "interpretation")
      #expect(claim?["lastChange"]?["reason"] == "the other calendar")
      // Why it was corrected is not the source's to say.
      let alone = try await office.json("claim show gouzenko/c3 --source riehle-2020")["claim"]
      #expect(alone?["lastChange"]?["kind"] == "interpretation")
      #expect(alone?["lastChange"]?["reason"] == nil)
      #expect(alone?["lastChange"]?["recordedBy"] == nil)
    }
  }

  @Test("A dispute that was resolved is shown with what came of it, and its end as an end")
  func resolutions() async throws {
    try await Sandbox.withOffice { office in
      let open = try await office.done("claim show gouzenko/c1").output
      #expect(open.contains("disputed: “the old calendar”  against it: gouzenko/c3"))
      try await office.done("claim resolve gouzenko/d1 -m 'both are right'")
      for page in ["case show gouzenko", "claim show gouzenko/c1"] {
        let text = try await office.done(page).output
        for words in ["the old calendar", "against it: gouzenko/c3", "resolved: “both are right”"] {
          #expect(Self.words(text).contains(words), "\(page)")
        }
        #expect(!text.contains("open dispute") && !text.contains("disputed: d1"), "\(page)")
        let dispute = try await office.json(page)["disputes"]?[0]
        #expect(dispute?["status"] == "resolved" && dispute?["resolution"] == "both are right")
      }
      let patch = try await office.done("history gouzenko/d1 -p").lines
      #expect(patch.contains { $0.hasSuffix("grounds “the old calendar”") })
      #expect(patch.suffix(5).contains("    claim: c1"))
      #expect(patch.suffix(3).contains("    resolution “both are right”"))
      #expect(!patch.contains { $0.hasPrefix("    - ") })
    }
  }

  @Test("What is held against a claim is not named where its source is not heard")
  func counters() async throws {
    try await Sandbox.withOffice { office in
      for filter in ["--issued-by 1955", "--without-source riehle-2020"] {
        let page = try await office.done("case show gouzenko \(filter)").output
        #expect(page.contains("the old calendar") && !page.contains("gouzenko/c3"), "\(filter)")
        let dispute = try await office.json("case show gouzenko \(filter)")["disputes"]?[0]
        #expect(dispute?["grounds"] == "the old calendar" && dispute?["counter"] == nil)
      }
      // A dispute of what the source left out says goes with it.
      for page in ["case show", "history", "audit"] {
        let text = try await office.done("\(page) gouzenko --without-source fbi-1955").output
        #expect(!text.contains("the old calendar"), "\(page)")
      }
    }
  }

  @Test("A diff tells what was set aside, pairs what changed, and says why a claim was withdrawn")
  func differences() async throws {
    try await Sandbox.withOffice { office in
      let start = try await office.head()
      try await office.done(
        "claim record derjabin service.rank major -s fbi-1955 -l 'p. 1' --with from=1940")
      let recorded = try await office.head()
      let added = try await office.done("diff @\(start)..").lines.suffix(4)
      #expect(
        Array(added) == [
          "  added derjabin/c1  service.rank  fbi-1955", "    + value: major",
          "    + from: 1940", "    + locator: p. 1",
        ])
      try await office.done(
        "claim correct derjabin/c1 colonel -l 'p. 2' --kind transcription -m misread")
      let corrected = try await office.head()
      #expect(
        Array(try await office.done("diff @\(recorded)..").lines.suffix(6)) == [
          "  changed derjabin/c1  service.rank  fbi-1955  transcription", "    - value: major",
          "    + value: colonel", "    - locator: p. 1", "    + locator: p. 2",
          "    reason “misread”",
        ])
      try await office.done("log void @\(corrected) --force -m 'not ours'")
      let voided = try await office.head()
      for range in ["@\(corrected)..@\(voided)", "derjabin @\(corrected)..@\(voided)"] {
        let lines = try await office.done("diff \(range)").lines
        #expect(lines.contains("    - value: colonel"), "\(range)")
        #expect(lines.contains("    + value: major"), "\(range)")
      }
      let said = "(@\(voided)): “not ours”"
      #expect(try await office.done("history derjabin -p").output.contains(said))
      let audit = try await office.done("audit derjabin").output
      #expect(audit.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(said))
      let narrowed = try await office.done("audit derjabin --source fbi-1955").output
      #expect(narrowed.contains("set aside") && !narrowed.contains("not ours"))
      try await office.done("claim withdraw derjabin/c1 -m 'another man'")
      let gone = try await office.done("diff @\(voided)..").lines
      #expect(gone.contains("  withdrawn derjabin/c1  service.rank  fbi-1955"))
      #expect(gone.last == "    reason “another man”")
    }
  }

  @Test("A timeline says who is credited, where it was, and how the source writes the date")
  func timeline() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        "claim record derjabin birth.date 1920 -s fbi-1955 -l 'p. 1' --reports 'his wife' "
          + "--as-written 'the year 1920'")
      let line = try #require(try await office.done("timeline derjabin").lines.last)
      #expect(line.contains("reports: his wife  as written: “the year 1920”"), "\(line)")
    }
  }

  @Test("An event's data is laid out over lines, none cut")
  func data() async throws {
    try await Sandbox.withOffice { office in
      let text = "a rather long remark, as people write them, which goes on and on until it ends"
      try await office.done("annotate gouzenko/c1 '\(text)'")
      let lines = try await office.done("log show @\(try await office.head())").lines
      #expect(lines.allSatisfy { $0.count <= 80 } && lines.contains("  {") && lines.last == "  }")
      let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
      #expect(words.contains("\"text\": \"\(text)\""))
    }
  }
}
