import StrictJSON
import Testing

@Suite("Reading: when, and whose voices")
struct ReadingTests {
  @Test("The same moment as a time with and without an offset, a position, and in words")
  func moments() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let event = try await office.json("log show @\(head)")["events"]?[0]
      let time = try #require(event?["recordedAt"]?.stringValue)
      let now = try await office.json("case show gouzenko")
      for moment in [time, "@\(head)", "\(time.dropLast())+00:00", "now", "today", "9999-12-31"] {
        let then = try await office.json("case show gouzenko --as-of \(moment)")
        #expect(then == now, "\(moment)")
      }
      for moment in ["1955-01-01", "'2 weeks ago'", "yesterday", "@1", "@0"] {
        let then = try await office.typed("case show gouzenko --as-of \(moment)")
        #expect(then.status == 66, "\(moment)")
      }
      let past = try await office.json("case list --as-of 1955-01-01")
      #expect(past["basis"] == ["casebook": "notes", "position": 0])
      #expect(past["cases"] == [])
      let future = try await office.typed("case show gouzenko --as-of 9999-12-31")
      #expect(future.errors.contains("not over yet"))
      #expect(!future.output.contains("not over yet"))
    }
  }

  @Test("One source's voice alone; all but one; those issued by a date")
  func voices() async throws {
    try await Sandbox.withOffice { office in
      func refs(_ options: String) async throws -> [String] {
        try await office.done("claim list --format ndjson \(options)").lines
          .compactMap { try JSON(parsing: $0)["ref"]?.stringValue }
      }
      let (fbi, riehle) = (["gouzenko/c1", "gouzenko/c2"], ["gouzenko/c3"])
      #expect(try await refs("") == fbi + riehle)
      #expect(try await refs("--source fbi-1955") == fbi)
      #expect(try await refs("-s riehle-2020") == riehle)
      #expect(try await refs("--without-source fbi-1955") == riehle)
      #expect(try await refs("--issued-by 1955") == fbi)
      #expect(try await refs("--issued-by 1940") == [])

      let narrowed = try await office.json("case show gouzenko --source fbi-1955")
      #expect(narrowed["basis"]?["filter"] == "source fbi-1955")
      #expect(narrowed["disputes"] == [] && narrowed["annotations"] == [])
      #expect(narrowed["case"]?["name"] == "gouzenko")
      #expect(narrowed["claims"]?[0]?["recordedBy"] == nil)
      #expect(narrowed["claims"]?[0]?["disputed"] == false)
      // Who was left out for want of a date is said.
      let page = try await office.done("case show gouzenko --issued-by 1955").output
      #expect(page.contains("issued by 1955") && page.contains("krivitsky-1939"))
      let doubted = try await office.done("case show gouzenko --issued-by 1955-01-15").output
      #expect(doubted.contains("doubtful whether they were issued by then: fbi-1955"))
      let basis = try await office.json("case show gouzenko --issued-by 1955-01-15")["basis"]
      #expect(basis?["doubtful"] == ["fbi-1955"] && basis?["undated"] == ["krivitsky-1939"])
    }
  }

  @Test("Filters narrow a list of claims, to read a page against it")
  func filters() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        "claim record derjabin birth.date 1920~ -s fbi-1955 -l 'p. 4' --hedge presumably "
          + "--reports 'his wife'")
      for (options, expected) in [
        ("--case derjabin", ["derjabin/c1"]),
        ("--predicate statement", ["gouzenko/c2"]),
        ("--predicate 'birth.*'", ["derjabin/c1", "gouzenko/c1", "gouzenko/c3"]),
        ("--page 'p. 4'", ["derjabin/c1"]), ("--page 'p. 41'", ["gouzenko/c1"]),
        ("--hedged", ["derjabin/c1"]), ("--reported", ["derjabin/c1"]),
        ("--no-quote --case gouzenko", ["gouzenko/c2", "gouzenko/c3"]),
        ("--disputed", ["gouzenko/c1"]),
        ("--withdrawn --predicate statement", ["gouzenko/c2", "gouzenko/c4"]),
      ] {
        let found = try await office.json("claim list \(options)")["claims"]?.arrayValue
        #expect(found?.compactMap { $0["ref"]?.stringValue } == expected, "\(options)")
      }
    }
  }
}
