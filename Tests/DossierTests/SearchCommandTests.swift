import StrictJSON
import TestSupport
import Testing

@Suite("Searching on the command line") struct SearchCommandTests {
  @Test("The view is built the first time, carried on after that, and hits are referred to")
  func hits() async throws {
    try await Sandbox.withOffice { office in
      let first = try await office.done("search passports")
      #expect(first.errors.contains("search_view is built first"))
      #expect(first.output.contains("gouzenko/a1  on gouzenko/c1  #birth"))
      try await office.done("claim record gouzenko statement 'two passports' -s fbi-1955 -l 'p. 9'")
      let second = try await office.done("search passport")
      #expect(second.errors.isEmpty)
      #expect(second.lines[0].hasPrefix("2 hits"))
      #expect(second.lines.contains { $0.hasPrefix("gouzenko/c5  statement  fbi-1955") })
      #expect(second.lines.allSatisfy { $0.count <= 80 && $0.last != " " })
      #expect(try await office.json("search passport --stale-ok --as-of @1")["count"] == 0)
    }
  }

  @Test("What was found is bold at a terminal, plain in a pipe, and cut out in JSON")
  func highlights() async throws {
    try await Sandbox.withOffice { office in
      let plain = try await office.done("search 'hid papers'").output
      #expect(plain.contains("  hid papers under his shirt\n"))
      let bold = try await office.done("search 'hid papers' --color always").output
      #expect(bold.contains("\u{1b}[1mhid\u{1b}[0m \u{1b}[1mpapers\u{1b}[0m under his shirt"))
      let hit = try await office.json("search shirts")["hits"]?[0]
      #expect(hit?["ref"] == "gouzenko/c2" && hit?["approximate"] == false)
      #expect(
        hit?["fragments"]
          == [
            [
              "field": "value",
              "parts": [
                ["text": "hid papers under his ", "hit": false], ["text": "shirt", "hit": true],
              ],
            ]
          ])
    }
  }

  @Test("Another spelling of a name is found and marked, last")
  func approximate() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let hits = try await desk.json("search Deryabin --limit 100")["hits"]?.arrayValue ?? []
      let kinds = hits.map { $0["approximate"]?.booleanValue }
      #expect(kinds.contains(true) && kinds.first == false)
      #expect(kinds == kinds.sorted { $0 == false && $1 == true })
      #expect(
        hits.contains { hit in
          hit["approximate"] == true && hit["value"]?.stringValue?.contains("Derjabin") == true
        })
      let page = try await desk.done("search Deryabin --limit 2").lines
      #expect(page[0].hasPrefix("2 of \(hits.count) hits"))
      #expect(page.last?.hasPrefix("more with --limit") == true)
    }
  }

  @Test("A source is searched without the analysts, and what is said of one left out is not found")
  func voices() async throws {
    try await Sandbox.withOffice { office in
      #expect(try await office.json("search passport")["count"] == 1)
      #expect(try await office.json("search passport -s fbi-1955")["count"] == 0)
      #expect(try await office.json("search passport --without-source fbi-1955")["count"] == 0)
      #expect(try await office.json("search passport --without-source riehle-2020")["count"] == 1)
      let heard = try await office.json("search papers -s fbi-1955")
      #expect(heard["count"] == 1 && heard["basis"]?["filter"] == "source fbi-1955")
      #expect(heard["hits"]?[0]?["recordedBy"] == nil)
    }
  }

  @Test("Moments of recording narrow it; a day counts from its beginning to its end")
  func moments() async throws {
    try await Sandbox.withOffice { office in
      for (line, count) in [
        ("--since today", 1), ("--since yesterday --until today", 1), ("--until yesterday", 0),
        ("--since @1 --until @10", 0), ("--since 2001-01-01", 1), ("--until 2001-01-01", 0),
        ("--by nobody", 0), ("--by \(TestPerson.admin.role)", 1), ("--tag birth", 0),
        ("--case derjabin", 0), ("--case gouzenko,derjabin --predicate 'state*'", 1),
      ] {
        let found = try await office.json("search papers \(line)")
        #expect(found["count"] == .integer(count), "\(line)")
      }
    }
  }

  @Test("Who finds nothing is told whether it was looked for everywhere")
  func nothing() async throws {
    try await Sandbox.withOffice { office in
      let everywhere = try await office.done("search helicopter").lines.last
      #expect(everywhere == "nothing has all of these words")
      for options in ["--case derjabin", "-s fbi-1955", "--until yesterday"] {
        let there = try await office.done("search papers \(options) --tag never").lines.last
        #expect(there?.hasPrefix("nothing that the options leave") == true, "\(options)")
      }
    }
  }

  @Test("Whoever may only read is answered as the view stands, or waits for who keeps it")
  func readers() async throws {
    try await Sandbox.withOffice { office in
      let reader = office.of(.reader)
      let who = [TestPerson.admin, .analyst].map(\.role).sorted().joined(separator: " or ")
      for line in ["search papers", "search papers --stale-ok", "search papers --wait"] {
        let early = try await reader.typed(line)
        #expect(early.status == 66 && !early.errors.contains("is built first"), "\(line)")
        let errors = early.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.contains("Ask \(who) to run: dossier projection rebuild search_view"))
      }
      let built = try await office.done("search papers")
      #expect(built.lines[0].hasPrefix("1 hit "))
      let head = try await office.head()
      try await office.done("claim record gouzenko statement 'more papers' -s fbi-1955 -l 'p. 9'")

      let stale = try await reader.done("search papers --format json")
      #expect(try stale.json["basis"]?["position"] == .integer(head))
      #expect(stale.errors.contains("search_view stands at @\(head)"))
      #expect(try await reader.typed("search papers --wait").status == 75)
      let followed = try await office.interrupt(["projection", "follow", "search_view"]) {
        while try await office.json("projection status search_view")["views"]?[0]?["follower"]
          == nil
        {}
        let waited = try await reader.json("search papers --wait")
        #expect(waited["count"] == 2)
      }
      #expect(followed.status == 0)
    }
  }

  @Test("What cannot be meant is refused")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("search", 64, "words"), Refused("search '--' ' , '", 64, "what to look for"),
        Refused("search x --limit 0", 64, "at least 1"),
        Refused("search x --stale-ok --wait", 64, "Choose one"),
        Refused("search x --by ann -s fbi-1955", 64, "hears no analyst"),
        Refused("search x --case gouzenk", 66, "Did you mean \"gouzenko\"?"),
        Refused("search x --predicate statemnt", 66, "Did you mean \"statement\"?"),
        Refused("search x --source fbi", 66, "there is no source"),
        Refused("search x --since 2026-02-31", 64, "not a day"),
      ])
    }
  }
}
