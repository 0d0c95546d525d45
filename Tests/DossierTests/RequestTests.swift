import StrictJSON
import Testing

@Suite("Requests from the command line")
struct RequestTests {
  @Test("A dry run says what would be done and writes nothing")
  func dryRun() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      for line in WriteCommands.all + ["log void @\(head - 2) --force -m x"] {
        let outcome = try await office.done("\(line) --dry-run")
        #expect(outcome.output.hasPrefix("would have "), "\(line) \(outcome.output)")
      }
      try await office.done("casebook create other --dry-run")
      for (path, text) in Office.files { try office.write(text, to: path) }
      try office.write("case,predicate,value,locator\norlov,height,1,p. 1\n", to: "claims.csv")
      try await office.done("case reopen orlov -m 'for the import'")
      let table = try await office.done("import claims claims.csv -s fbi-1955 --dry-run")
      #expect(table.output.contains("would record 1 claim"))
      try office.write("casebook: another\ntitle: Another\n", to: "notes/casebook.yaml")
      let corpus = try await office.done("import corpus notes --dry-run")
      #expect(corpus.output.hasPrefix("would create the casebook another\n"))
      #expect(corpus.output.contains("would record 9 predicates, 3 sources"))
      #expect(try await office.head() == head + 1)
      #expect(try await office.done("casebook list --format ndjson").lines.count == 1)
    }
  }

  @Test("Repeated with its identity each command happens once and says the same again")
  func repeated() async throws {
    try await Sandbox.withOffice { office in
      var head = try await office.head()
      for (number, line) in WriteCommands.all.enumerated() {
        let line = "\(line) --request-id 00000000-0000-4000-8000-0000000000\(number + 10)"
        let first = try await office.json(line)
        let second = try await office.json(line)
        #expect(first["firstPosition"] == .integer(head + 1), "\(line)")
        #expect(first["repeated"] == false && second["repeated"] == true, "\(line)")
        for key in ["references", "firstPosition", "lastPosition", "recordedAt"] {
          #expect(first[key] == second[key], "\(line) \(key)")
        }
        head = try #require(first["lastPosition"]?.integerValue)
      }
      #expect(try await office.head() == head)
    }
  }

  @Test("An identity that belongs to another command is refused, naming what it did")
  func reused() async throws {
    try await Sandbox.withOffice { office in
      let id = "--request-id 00000000-0000-4000-8000-000000000001"
      try await office.done("case open barmine \(id)")
      let head = try await office.head()
      try await office.expect([Refused("case open skochkov \(id)", 65, "@\(head)")])
    }
  }
}
