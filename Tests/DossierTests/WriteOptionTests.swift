import EventLog
import PostgresClient
import StrictJSON
import Testing

@Suite("Options of every change")
struct WriteOptionTests {
  /// Changes of each kind, one after the other, with the version of the case or source that each finds.
  private static let writes: [(line: String, version: Int)] = [
    ("case open jones", 0),
    ("case rename smith 'J. Smith'", 1),
    ("claim record smith birth.date 1919 -s book -l 'p. 41'", 2),
    ("annotate smith 'A remark.'", 3),
    ("cite smith/c1 --work book", 4),
    ("claim dispute smith/c1 -m so", 5),
    ("claim resolve smith/d1 -m so", 6),
    ("annotation withdraw smith/a1 -m so", 7),
    ("conclude smith birth.date 1919 --on smith/c1 -m so", 8),
    ("conclusion revise smith/k1 --likelihood likely -m so", 9),
    ("conclusion withdraw smith/k1 -m so", 10),
    ("case close smith -m done", 11),
    ("source add memoir --title 'A memoir'", 0),
    ("source amend book --title 'The Book' -m 'title page'", 1),
    ("source copy book scan --kind scan --description 'of 1999'", 2),
    ("source grade book B -m 'an agency'", 3),
    ("source derive memoir --from book -m so", 1),
    ("annotate book 'A remark.'", 4),
  ]

  @Test(
    "--expect-version holds every change back when the case or source moved on")
  func expectVersion() async throws {
    try await Sandbox.withCasebook { sandbox in
      for (line, version) in Self.writes {
        let refused = try await sandbox.typed("\(line) --expect-version \(version + 1)")
        #expect(refused.status == 75, "\(line): \(refused.errors)")
        #expect(
          refused.errors.contains("is at version \(version), not \(version + 1)"), "\(line)")
        let done = try await sandbox.typed("\(line) --expect-version \(version)")
        #expect(done.status == 0, "\(line): \(done.errors)")
      }
    }
  }

  @Test("A case that moved on is not even opened in the editor")
  func edit() async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.typed(
        "case edit smith --expect-version 2", with: ["EDITOR": "touch opened;"])
      #expect(outcome.status == 75)
      #expect(outcome.errors.contains("is at version 1, not 2"))
      #expect(throws: (any Error).self) { try sandbox.read("opened") }
    }
  }

  @Test("The casebook's own stream has a version too")
  func casebookVersion() async throws {
    try await Sandbox.withCasebook { sandbox in
      let show = try await sandbox("casebook", "show", "--format", "json")
      let version = try #require(try show.json["version"]?.integerValue)
      let remark = "annotate casebook 'A remark.' --expect-version"
      #expect(try await sandbox.typed("\(remark) \(version - 1)").status == 75)
      #expect(try await sandbox.typed("\(remark) \(version)").status == 0)
    }
  }

  @Test(
    "A request repeated under its id gives the first reply again, whatever happened since",
    arguments: [
      (
        "source amend book --issued 1955 -m 'title page'",
        ["source amend book --issued 1956 --title X -m cover"]
      ),
      (
        "claim record smith birth.date 1919 -s book -l 'p. 41'",
        ["claim withdraw smith/c1 -m so", "case close smith -m done"]
      ),
      ("case open jones", ["case rename jones Jones"]),
      ("source add memoir --title M", ["source grade memoir B -m so"]),
      ("source grade book B -m so", ["source grade book C -m so"]),
      ("case close smith -m done", ["case reopen smith -m more"]),
      ("annotate smith x", ["annotation withdraw smith/a1 -m so"]),
      ("undo -m so", ["case open jones"]),
    ] as [(String, [String])])
  func repetition(line: String, between: [String]) async throws {
    try await Sandbox.withCasebook { sandbox in
      let request = "\(line) --request-id 6f1c0c58-2f6e-4a3f-9d0c-5d3f2f0a8c11"
      let first = try await sandbox.json(request)
      for line in between { try await sandbox.done(line) }
      for repeated in [request, "\(request) --dry-run"] {
        let second = try await sandbox.json(repeated)
        #expect(second["repeated"] == true)
        #expect(second["firstPosition"] == first["firstPosition"])
        #expect(second["references"] == first["references"])
      }
    }
  }

  @Test(
    "An import repeated under its id gives the first reply again, though it could not be done now")
  func repeatedImport() async throws {
    try await Sandbox.withCasebook { sandbox in
      try sandbox.write(
        "case,predicate,value,source,locator\nsmith,birth.date,1919,book,p. 41\n", to: "claims.csv")
      let request = "import claims claims.csv --request-id 6f1c0c58-2f6e-4a3f-9d0c-5d3f2f0a8c11"
      let first = try await sandbox.json(request)
      try await sandbox.done("claim withdraw smith/c1 -m so")
      try await sandbox.done("case close smith -m done")
      let second = try await sandbox.json(request)
      #expect(second["repeated"] == true)
      #expect(second["firstPosition"] == first["firstPosition"])
    }
  }
}
