import StrictJSON
import TestSupport
import Testing

@Suite("The casebook as it stood") struct ReplayTests {
  @Test("It tells voices, cases, the open disputes and what changed last")
  func overview() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let now = try await office.json("replay --to now")
      #expect(now["openDisputes"] == 1)
      #expect(now["disputes"]?[0]?["ref"] == "gouzenko/d1")
      #expect(now["disputes"]?[0]?["grounds"] == "the old calendar")
      let changes = try #require(now["lastChanges"]?.arrayValue)
      #expect(
        changes.compactMap { $0["position"]?.integerValue } == (head - 4...head).reversed())
      // The last two gave the office's people access.
      #expect(changes[2]["ref"] == "gouzenko/a1" && changes[2]["action"] == "annotation.added")
      let page = try await office.done("replay --to now").output
      #expect(page.contains("gouzenko/d1  on c1  “the old calendar”"))
      #expect(page.contains("@\(head - 2)  annotation.added  gouzenko/a1"))

      // Before the dispute there is none, and asked again it is the same to the byte.
      let early = try await office.done("replay --to @\(head - 5) --format json")
      #expect(try early.json["openDisputes"] == 0)
      try await office.done("claim record gouzenko statement later -s fbi-1955 -l 'p. 9'")
      let again = try await office.done("replay --to @\(head - 5) --format json")
      #expect(again.output == early.output)
      #expect(try await office.json("replay --to @0")["lastChanges"] == [])
    }
  }

  @Test("What one source changed last is told without the others, however long ago")
  func narrowed() async throws {
    try await Sandbox.withOffice { office in
      for number in 1...3 {
        try await office.done("annotate gouzenko/c3 'again \(number)'")
      }
      let heard = try await office.json("replay --to now --source riehle-2020")
      let changes = try #require(heard["lastChanges"]?.arrayValue)
      #expect(changes.map { $0["ref"]?.stringValue } == ["gouzenko/c3"])
      #expect(changes[0]["recordedBy"] == nil && heard["disputes"] == [])
    }
  }

  @Test("A moment is named, read in a schema of that name by those who may, listed and dropped")
  func saved() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let saved = try await office.done("replay --to @\(head - 3) --save before_review")
      #expect(saved.output.contains("saved before_review"))
      let listed = try await office.json("replay list")["snapshots"]?[0]
      #expect(listed?["name"] == "before_review" && listed?["position"] == .integer(head - 3))
      let query = "SELECT count(*) FROM before_review.annotation_view"
      for person in [TestPerson.admin, .reader] {
        let read = try await office.of(person).shell(
          "psql -XAtc '\(query)' \"$DATABASE_URL\"")
        #expect(read.output == "0\n", "\(read.errors)")
      }
      try await office.expect([
        Refused("replay --to @1 --save before_review", 65, "Choose another name"),
        Refused("replay --to now --save public", 64, "cannot name a schema"),
        Refused("replay --to now --save Before-Review", 64, "such as before_review"),
        Refused("replay --to now --save x -s fbi-1955", 64, "leave the filters out"),
        Refused("replay --to now --save x --case orlov", 64, "leave the filters out"),
        Refused("replay drop before_reviw", 66, "Did you mean \"before_review\"?"),
        Refused("replay lst", 64, "Did you mean \"dossier replay list\"?"),
      ])
      #expect(try await office.of(.reader).typed("replay drop before_review").status == 77)
      try await office.done("replay drop before_review")
      #expect(try await office.json("replay list")["snapshots"] == [])
      #expect(try await office.of(.reader).typed("replay --to now --save mine").status == 77)
    }
  }
}
