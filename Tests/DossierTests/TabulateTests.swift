import StrictJSON
import Testing

@Suite("Counts that sources state")
struct TabulateTests {
  @Test("Each count comes with its cases, its evidence and a verdict")
  func document() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let all = try await desk.json("tabulate")
      #expect(all["basis"]?["casebook"] == "soviet-defectors")
      #expect(all["tabulations"]?.arrayValue?.count == 24)
      let counts = try await desk.json("tabulate fear-and-recall,tabulation/nsc-four-in-vienna")
      let first = try #require(counts["tabulations"]?[0])
      #expect(first["stated"] == ["count": 14, "bound": "exactly"])
      #expect(first["population"] == "fbi-twenty" && first["source"] == "fbi-1955")
      #expect(first["supported"] == 11 && first["supportedHedged"] == 1)
      #expect(first["verdict"] == "indeterminate")
      #expect(first["cases"]?["no"] == ["kravchenko", "vassiliev"])
      #expect(first["named"]?["agree"] == false)
      #expect(first["named"]?["differ"]?["gouzenko"] == "silent")
      let evidence = first["evidence"]?["krivitsky"]?.arrayValue?.compactMap(\.stringValue) ?? []
      #expect(!evidence.isEmpty)
      for ref in evidence {
        let claim = try await desk.json("claim show \(ref)")["claim"]
        #expect(claim?["source"] == "fbi-1955")
      }
      let second = try #require(counts["tabulations"]?[1])
      #expect(second["verdict"] == "reproduced" && second["named"]?["agree"] == true)
      #expect(second["cases"]?["yes"] == ["derjabin", "skochkov"])
    }
  }

  @Test("Pages fit eighty columns, and name the claims, the silences and the reading of verdicts")
  func pages() async throws {
    try await Sandbox.withBundledCasebook { desk in
      for (line, words) in [
        ("tabulate", ["24 stated counts", "11 reproduced", "fear-and-recall", "riehle-2020"]),
        (
          "tabulate out-of-sympathy",
          ["almost all", "only reported or hedged", "may not be among the cases counted"]
        ),
        (
          "tabulate fear-and-recall",
          [
            "bessedovsky (silent)", "recall.ordered escorted c20 sketch, p. 27",
            "recall.ordered ordered c26 sketch, p. 29, c27 sketch, p. 29",
            "nothing decides fear.for-safety",
          ]
        ),
        (
          "tabulate --case gouzenko",
          ["AS IT IS", "fear-and-recall silent", "the text names it as counted", "against it:"]
        ),
        ("tabulate --case petrova", ["No source counts this case."]),
      ] {
        let page = try await desk.done(line).lines
        #expect(page.allSatisfy { $0.count <= 80 }, "\(line)")
        let text = page.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        for word in words {
          #expect(text.lowercased().contains(word.lowercased()), "\(line): \(word)")
        }
      }
    }
  }

  @Test("Scripts can rely on the status; one voice hears its own counts only")
  func strict() async throws {
    try await Sandbox.withBundledCasebook { desk in
      try await desk.done("tabulate nsc-four-in-vienna --strict")
      let failed = try await desk.typed("tabulate nsc-four-in-vienna,immediate-family --strict")
      #expect(failed.status == 1 && failed.errors.isEmpty)
      #expect(failed.output.contains("indeterminate"))
      let riehle = try await desk.json("tabulate --source riehle-2020")["tabulations"]?.arrayValue
      #expect(riehle?.compactMap { $0["source"]?.stringValue } == ["riehle-2020", "riehle-2020"])
      let gouzenko = try await desk.json("tabulate fear-and-recall --case gouzenko")
      let finding = gouzenko["findings"]?[0]
      #expect(finding?["outcome"] == "silent" && finding?["named"] == "yes")
      #expect(finding?["conditions"]?[0]?["outcome"] == "yes")
      #expect(finding?["conditions"]?[1]?["deciding"] == [])
      try await desk.expect([
        Refused("tabulate fear-and-recal", 66, "Did you mean \"fear-and-recall\"?"),
        Refused("tabulate --case gouzenk", 66, "Did you mean \"gouzenko\"?"),
        Refused("tabulate --strict --case gouzenko", 64, "leave out --case"),
      ])
    }
  }

  @Test("Cases that are judged to be one count once when they are joined, and twice when not")
  func joined() async throws {
    try await Sandbox.withBundledCasebook { desk in
      func count(_ line: String) async throws -> JSON? {
        try await desk.json(line)["tabulations"]?[0]
      }
      // Neither is named by its number in the group's order: the one that comes first there leads.
      try await desk.done("case identity tokaev barmine --same -m 'a supposition'")
      let apart = try await count("tabulate fear-and-recall")
      #expect(apart?["supported"] == 11 && apart?["joined"] == nil)
      let joined = try await count("tabulate fear-and-recall --joined")
      #expect(joined?["supported"] == 10 && joined?["joined"] == [["barmine", "tokaev"]])
      #expect(joined?["cases"]?["yes"]?.arrayValue?.contains("tokaev") == false)
      let evidence = joined?["evidence"]?["barmine"]?.arrayValue?.compactMap(\.stringValue) ?? []
      #expect(evidence.contains { $0.hasPrefix("tokaev/") })
      #expect(evidence.contains { $0.hasPrefix("barmine/") })
      let one = try await desk.json("tabulate fear-and-recall --case tokaev --joined")
      #expect(one["joined"] == ["tokaev", "barmine"])
      // To hear a source alone is not to hear who was judged to be one with whom.
      let alone = try await count("tabulate fear-and-recall --joined --source fbi-1955")
      #expect(alone?["supported"] == 11 && alone?["joined"] == nil)
      for (line, words) in [
        ("tabulate --joined", "counted once: barmine = tokaev"),
        ("tabulate fear-and-recall --joined", "tokaev/c"),
        ("tabulate --case tokaev --joined", "barmine/c"),
      ] {
        let page = try await desk.done(line)
        #expect(page.output.contains(words), "\(line)")
        #expect(page.lines.allSatisfy { $0.count <= 80 }, "\(line)")
      }
    }
  }

  @Test("A correction changes a total, and the total before it can still be read")
  func corrected() async throws {
    try await Sandbox.withBundledCasebook { desk in
      func supported(_ options: String = "") async throws -> Int? {
        try await desk.json("tabulate immediate-family \(options)")["tabulations"]?[0]?[
          "supported"]?
          .integerValue
      }
      let head = try await desk.head()
      #expect(try await supported() == 9)
      let claims = try await desk.json(
        "claim list --case petrov --predicate family.immediate --source fbi-1955")["claims"]
      for claim in claims?.arrayValue ?? [] {
        let ref = try #require(claim["ref"]?.stringValue)
        try await desk.done("claim withdraw \(ref) -m 'the page is about another'")
      }
      #expect(try await supported() == 8)
      #expect(try await supported("--as-of @\(head)") == 9)
    }
  }

  @Test("A criterion that the vocabulary does not bear is refused by file, line and field")
  func entry() async throws {
    try await Sandbox.withOffice { office in
      let count = """
        - tabulation: afraid
          source: fbi-1955
          locator: p. 1
          statement: Two were afraid.
          stated: {count: 2, bound: exactly}
          population: both
          criterion: CRITERION

        """
      for (path, text) in Office.files { try office.write(text, to: path) }
      try office.write("case: both\nkind: group\n", to: "notes/cases/both.yaml")
      for (criterion, words) in [
        ("fera = yes", ["criterion: at character 1", "no predicate \"fera\"", "\"fear\"?"]),
        (
          "motive.kind = fera",
          ["criterion: at character 15", "\"fera\" is not one of", "\"fear\"?"]
        ),
        ("motive.kind[wieght=main] = fear", ["criterion: at character 13", "\"weight\"?"]),
        ("fear = yes and", ["criterion: at character 15", "a predicate is missing"]),
      ] {
        try office.write(
          count.replacing("CRITERION", with: criterion), to: "notes/tabulations.yaml")
        let outcome = try await office.typed("import corpus notes -m x")
        #expect(outcome.status == 65)
        for word in ["tabulations.yaml", "7"] + words {
          #expect(outcome.errors.contains(word), "\(word): \(outcome.errors)")
        }
      }
      try office.write(
        count.replacing("CRITERION", with: "fear = yes"), to: "notes/tabulations.yaml")
      try await office.done("import corpus notes -m x")
      #expect(try await office.json("tabulate")["tabulations"]?[0]?["verdict"] == "short")
    }
  }
}
