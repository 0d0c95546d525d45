import StrictJSON
import Testing

@Suite("The vocabulary from the command line")
struct PredicateTests {
  @Test("A new casebook begins with a general vocabulary, another, a file's or none")
  func beginning() async throws {
    try await Sandbox.withDatabase { desk in
      try desk.write(
        """
        - predicate: ship.tonnage
          label: Tonnage
          type: number
          values: many
          scope: Gross tons.
        """, to: "ships.yaml")
      let cases: [(String, [String], [String])] = [
        ("", ["name.primary", "sex", "residence", "relation", "statement"], ["defection.date"]),
        ("--vocabulary general", ["kinship", "event.date", "creator"], ["fear.of-purges"]),
        ("--vocabulary soviet-defectors", ["defection.date", "statement"], ["residence"]),
        ("--vocabulary ships.yaml", ["ship.tonnage"], ["name.primary"]),
        ("--bare", [], ["name.primary"]),
      ]
      for (number, (options, there, missing)) in cases.enumerated() {
        try await desk.done("casebook create book-\(number) \(options)")
        let listed = try await ids(desk, "predicate list --casebook book-\(number)")
        #expect(listed.isSuperset(of: there), "\(options)")
        #expect(listed.isDisjoint(with: missing), "\(options)")
        #expect(try await ids(desk, "claim predicates --casebook book-\(number)") == listed)
      }
    }
  }

  @Test("A casebook that cannot begin like that is not created, nor said to be")
  func refusedBeginnings() async throws {
    try await Sandbox.withDatabase { desk in
      try desk.write("- predicate: x\n  label: X\n  typ: text\n", to: "wrong.yaml")
      try await desk.expect([
        .init("casebook create a --vocabulary nothing", 66, "neither", "general, soviet-defectors"),
        .init("casebook create a --bare --vocabulary general", 64, "--bare"),
        .init("casebook create a --vocabulary wrong.yaml", 65, "wrong.yaml:3", "typ", "type"),
        .init("casebook create a --vocabulary wrong.yaml --dry-run", 65, "wrong.yaml:3"),
      ])
    }
  }

  @Test("A predicate is added, revised in the parts named, shown and used")
  func life() async throws {
    try await Sandbox.withCasebook { desk in
      try await desk.done(
        "predicate add ship.fate term --label Fate --scope 'How it ended.' --term sunk "
          + "--term scrapped='sold for scrap' --qualifier date=date --qualifier by=term:storm,enemy"
      )
      try await desk.done("claim record smith ship.fate sunk -s book -l 'p. 1' --with by=storm")
      let revised = try await desk.done(
        "predicate revise ship.fate --label End --term wrecked --term sunk='to the bottom' "
          + "--drop-term scrapped --qualifier place=place --drop-qualifier by --values one -m better"
      )
      #expect(revised.output.contains("(ship.fate)"))
      let shown = try await desk.json("predicate show ship.fate")
      #expect(
        shown["predicates"] == [
          [
            "id": "ship.fate", "label": "End", "type": "term", "cardinality": "one",
            "qualifiers": [["id": "date", "type": "date"], ["id": "place", "type": "place"]],
            "terms": [["id": "sunk", "label": "to the bottom"], ["id": "wrecked"]],
            "comparison": "exact", "scope": "How it ended.",
          ]
        ])
      let head = try await desk.head()
      let event = try await desk.done("log show @\(head)..@\(head) --format json").output
      #expect(event.contains("predicate.revised") && event.contains("better"))
      try await desk.done("undo -m 'after all'")
      let undone = try await desk.json("predicate show ship.fate")["predicates"]?[0]
      #expect(undone?["label"] == "Fate" && undone?["terms"]?[1]?["id"] == "scrapped")
    }
  }

  @Test("What cannot be a predicate is refused with what to do")
  func refusals() async throws {
    try await Sandbox.withCasebook { desk in
      let add = "predicate add"
      let rest = "--label X --scope Y"
      try await desk.expect([
        .init("\(add) birth.date date \(rest)", 65, "already a predicate", "Revise it"),
        .init("\(add) x.y fish \(rest)", 64, "fish", "text"),
        .init("\(add) x.y text \(rest) --qualifier date", 64, "--qualifier NAME=TYPE"),
        .init("\(add) x.y text \(rest) --qualifier date=day", 64, "date=day", "number"),
        .init("\(add) x.y text \(rest) --term a", 65, "lists terms"),
        .init("\(add) x.y term \(rest)", 65, "lists none"),
        .init("\(add) 'X Y' text \(rest)", 65, "not a valid short name"),
        .init("predicate revise birth.dat --label X -m why", 66, "birth.date"),
        .init("predicate revise birth.date --label X", 65, "reason"),
        .init("predicate revise birth.date -m why", 65, "already says that"),
        .init(
          "predicate revise motive --drop-qualifier wieght -m why", 65, "wieght", "show motive"),
        .init("predicate revise motive --qualifier weight=text -m why", 65, "cannot become"),
        .init("predicate show birth.dat", 66, "birth.date"),
      ])
    }
  }

  private func ids(_ desk: Sandbox, _ line: String) async throws -> Set<String> {
    let predicates = try await desk.json(line)["predicates"]?.arrayValue ?? []
    return Set(predicates.compactMap { $0["id"]?.stringValue })
  }
}
