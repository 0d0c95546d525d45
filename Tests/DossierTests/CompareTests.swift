import StrictJSON
import Testing

@Suite("Sources side by side")
struct CompareTests {
  @Test("Each predicate has one relation, what each source says, and its origins")
  func document() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let document = try await desk.json("compare derjabin")
      #expect(document["case"] == "derjabin")
      let predicates = document["predicates"]?.arrayValue ?? []
      let date = try #require(predicates.first { $0["predicate"] == "defection.date" })
      #expect(date["relation"] == "agree" && date["voices"] == 2 && date["origins"] == 2)
      let fbi = try #require(date["sources"]?["fbi-1955"]?[0])
      #expect(fbi["value"] == "1954-02-15" && fbi["locator"] == "sketch, p. [61]")
      let ref = try #require(fbi["ref"]?.stringValue)
      #expect(try await desk.json("claim show \(ref)")["claim"]?["value"] == "1954-02-15")
      let name = try #require(predicates.first { $0["predicate"] == "name.primary" })
      #expect(name["relation"] == "compatible")
      let alone = try await desk.json("compare derjabin --source riehle-2020")
      let relations = alone["predicates"]?.arrayValue?.compactMap { $0["relation"]?.stringValue }
      #expect(Set(relations ?? []) == ["single"])
    }
  }

  @Test("The whole casebook in one table; pages fit eighty columns")
  func pages() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let all = try await desk.json("compare --all")
      #expect(all["cases"]?.arrayValue?.count == 37)
      let skochkov = all["cases"]?.arrayValue?.first { $0["case"] == "skochkov" }
      #expect(skochkov?["conflicts"] == ["name.primary"])
      let broken = all["cases"]?.arrayValue?.filter { $0["selfConflicts"] != [] }
      #expect(broken?.compactMap { $0["case"]?.stringValue } == ["akhmedov"])
      #expect(all["totals"]?["self-conflict"] == 1)
      for (line, words) in [
        (
          "compare --all",
          ["37 cases", "SELF  ", "skochkov  name.primary", "akhmedov  defection.date"]
        ),
        ("compare akhmedov", ["self-conflict", "1942-05", "1942-06", "in full with --singles"]),
        ("compare rastvorov --singles", ["2 voices, 2 origins", "reports: rastvorov"]),
        ("compare kravchenko --singles", ["origin: fbi-1955 ← kravchenko-1946"]),
      ] {
        let page = try await desk.done(line).lines
        #expect(page.allSatisfy { $0.count <= 80 }, "\(line)")
        for word in words {
          #expect(page.contains { $0.contains(word) }, "\(line): \(word)")
        }
      }
    }
  }

  @Test("Where there is room, sources stand beside each other, and cases with their names")
  func wide() async throws {
    try await Sandbox.withBundledCasebook { desk in
      for (line, narrow, wide) in [
        ("compare derjabin", "c44  Deryabin", "c1  Petr S. Derjabin  sketch, p. 60 "),
        ("compare --all", "derjabin", "fbi-1955, riehle-2020"),
        ("tabulate", "fear-and-recall", "In fourteen of the"),
      ] {
        for columns in [80, 120, 160, 200] {
          let page = try await desk.done(line, with: ["COLUMNS": "\(columns)"])
          #expect(page.lines.allSatisfy { $0.count <= columns }, "\(line): \(columns)")
          #expect(page.output.contains(columns == 80 ? narrow : wide), "\(line): \(columns)")
          #expect(page.output.contains(wide) == (columns > 80), "\(line): \(columns)")
        }
      }
      let named = try await desk.done("compare --all", with: ["COLUMNS": "160"])
      #expect(named.output.contains("Petr S. Derjabin"))
      // Two sources in two columns: the second begins where the first of them does.
      let page = try await desk.done("compare derjabin", with: ["COLUMNS": "120"]).lines
      let head = try #require(page.first { $0.contains("fbi-1955") && $0.contains("riehle-2020") })
      let place = try #require(page.first { $0.contains("c46  Vienna") })
      func column(of words: String, in line: String) -> Int? {
        line.firstRange(of: words).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
      }
      #expect(column(of: "riehle-2020", in: head) == column(of: "c46", in: place))
    }
  }

  @Test("What others report or deny stands beside what only one asserts")
  func besideOne() async throws {
    try await Sandbox.withOffice { office in
      for line in [
        "claim record derjabin height 180 -s krivitsky-1939 -l 'p. 9'",
        "claim record derjabin height 180 -s fbi-1955 -l 'p. 41' --reports 'a tailor'",
        "claim record derjabin fear yes -s krivitsky-1939 -l 'p. 9'",
        "claim record derjabin fear yes -s riehle-2020 -l 'p. 3' --denies 'a critic'",
        "claim record derjabin birth.date 1919 -s krivitsky-1939 -l 'p. 9'",
      ] {
        try await office.done(line)
      }
      let page = try await office.done("compare derjabin").output
      #expect(page.contains("3 single") && page.contains("2 voices, 2 origins"))
      #expect(page.contains("reports: a tailor") && page.contains("origin: fbi-1955 ← a tailor"))
      #expect(page.contains("denies: a critic"))
      #expect(page.contains("krivitsky-1939  birth.date\n") && !page.contains("1919"))
    }
  }

  @Test("Disputed claims are marked, withdrawn ones gone, and a common memoir is one origin")
  func office() async throws {
    try await Sandbox.withOffice { office in
      func date() async throws -> JSON {
        let predicates = try await office.json("compare gouzenko")["predicates"]?.arrayValue
        return try #require(predicates?.first { $0["predicate"] == "birth.date" })
      }
      let before = try await date()
      #expect(before["relation"] == "conflict" && before["origins"] == 2)
      #expect(before["sources"]?["fbi-1955"]?[0]?["disputed"] == true)
      try await office.done("source derive riehle-2020 --from krivitsky-1939 -m cited")
      try await office.done("cite gouzenko/c1 --work krivitsky-1939 -l 9 --as rests-on")
      let after = try await date()
      #expect(after["voices"] == 2 && after["origins"] == 1)
      #expect(
        after["paths"]
          == [[["fbi-1955", "krivitsky-1939"], ["riehle-2020", "krivitsky-1939"]]])
      let page = try await office.done("compare gouzenko").output
      #expect(page.contains("2 voices, 1 origin"))
      #expect(page.contains("origin: riehle-2020 ← krivitsky-1939"))
      try await office.done("claim withdraw gouzenko/c3 -m 'misread'")
      #expect(try await date()["relation"] == "single")
      try await office.expect([
        Refused("compare", 64, "--all"), Refused("compare gouzenko --all", 64, "one case"),
        Refused("compare gouzenk", 66, "Did you mean \"gouzenko\"?"),
        Refused("source derive krivitsky-1939 --from riehle-2020 -m x", 65, "derives from it"),
      ])
    }
  }
}
