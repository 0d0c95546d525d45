import Casebook
import CasebookStore
@testable import Corpus
import Testing

/// Claims in a table.
struct ClaimsTableTests {
  private static let header =
    "case,predicate,value,state,source,locator,quote,said_by,stance,with.date,id"

  private func table(_ rows: String..., header: String = header) throws -> ClaimsTable {
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    return try ClaimsTable(Array(text.utf8), file: "claims.csv")
  }

  private func problems(_ bytes: [UInt8]) -> [String] {
    do {
      _ = try ClaimsTable(bytes, file: "claims.csv")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  private func problems(_ row: String) -> [String] {
    problems(Array("\(Self.header)\n\(row)\n".utf8))
  }

  @Test func aRowIsAClaim() throws {
    let table = try table(
      "gouzenko,recall,ordered,,monograph,\"p. 41, top\",\"he said \"\"no\"\"\",gouzenko,reports,1944,"
    )
    let claim = try #require(table.groups.first?.claims.first)
    #expect(claim.draft.locator == "p. 41, top")
    #expect(claim.draft.quote == "he said \"no\"")
    #expect(claim.draft.qualifiers == ["date": "1944"])
    #expect(claim.draft.stance == .reports)
    #expect(claim.draft.saidBy == "gouzenko")
    #expect(claim.id == nil)
  }

  @Test(arguments: [
    ("not", "yes", true), ("not", "no", false), ("polarity", "negative", true),
    ("polarity", "positive", false),
  ])
  func aClaimMayBeNegative(_ column: String, _ text: String, _ isNegative: Bool) throws {
    let table = try table(
      "gouzenko,fear,yes,m,p. 1,\(text)", header: "case,predicate,value,source,locator,\(column)")
    #expect(table.groups.first?.claims.first?.draft.isNegative == isNegative)
  }

  @Test(arguments: [
    ("yes,positive", "polarity: it contradicts the column \"not\""),
    ("maybe,", "not: \"maybe\" is neither yes nor no"),
    (
      ",negativ",
      "polarity: \"negativ\" is not one of negative, positive; did you mean \"negative\"?"
    ),
  ])
  func aPolarityThatMakesNoSenseIsRefused(_ cells: String, _ message: String) {
    let text = "case,predicate,value,source,locator,not,polarity\ng,fear,yes,m,p. 1,\(cells)\n"
    #expect(problems(Array(text.utf8)) == ["claims.csv:2: \(message)"])
  }

  @Test func theSourceMayBeGivenForAllRows() throws {
    let text = "case,predicate,value,locator\ngouzenko,fear,yes,p. 1\n"
    let table = try ClaimsTable(Array(text.utf8), file: "c.csv", source: "memoir")
    #expect(table.groups.first?.claims.first?.draft.source == "memoir")
  }

  @Test(arguments: [
    ("gouzenko,fear,,,memoir,p. 1,,,,,", "value: it is empty; give it, or a state such as unknown"),
    (
      "gouzenko,fear,yes,unknown,memoir,p. 1,,,,,",
      "state: it has both a value and the state unknown; keep one"
    ),
    (
      "gouzenko,fear,,unkown,memoir,p. 1,,,,,",
      "state: \"unkown\" is not one of value, somevalue, novalue, unknown; did you mean \"unknown\"?"
    ),
    ("gouzenko,fear,yes,,,p. 1,,,,,", "source: it is empty; say whose claim it is"),
    ("gouzenko,fear,yes,,memoir,,,,,,", "locator: it is empty; say where in the source"),
    (",fear,yes,,memoir,p. 1,,,,,", "case: it is empty; say which case it is about"),
    ("gouzenko,,yes,,memoir,p. 1,,,,,", "predicate: it is empty"),
    (
      "gouzenko,fear,yes,,memoir,p. 1,,who,,,",
      "said_by: it needs a stance: reports, doubts or denies"
    ),
    (
      "gouzenko,fear,yes,,memoir,p. 1,,,,,A b",
      "id: \"A b\" is no id; use lower-case letters, digits and hyphens"
    ),
    (
      "gouzenko,fear,yes,,memoir,p. 1, x",
      "the row has 7 fields and the header 11; quote fields that hold commas"
    ),
  ])
  func aMistakeIsNamedWithLineAndColumn(_ row: String, _ message: String) {
    #expect(problems(row).first == "claims.csv:2: \(message)")
  }

  @Test(arguments: [
    (
      "case,predicat,value",
      "unknown column \"predicat\"; did you mean \"predicate\"?; qualifiers are with.KEY"
    ),
    (
      "case;predicate;value",
      "the columns are separated by semicolons; save the file with commas between them"
    ),
    ("case,predicate,value,value", "the column \"value\" is there twice"),
    ("case,value", "the column \"predicate\" is missing from the header"),
  ])
  func aMistakeInTheHeaderIsNamed(_ header: String, _ message: String) {
    #expect(problems(Array("\(header)\na,b,c,d\n".utf8)) == ["claims.csv:1: \(message)"])
  }

  @Test func anAuthorsColumnIsRefused() {
    let found = problems(Array("case,predicate,author\n".utf8))
    #expect(found.first?.contains("\"author\" is not for a file to say") == true)
  }

  @Test func linesAreCountedThroughLineBreaksInQuotes() {
    let text =
      "\(Self.header)\r\ngouzenko,fear,yes,,memoir,p. 1,\"a\r\nb\r\nc\",,,,\r\nx,fear,,,m,l,,,,,\r\n"
    #expect(problems(Array(text.utf8)).first?.hasPrefix("claims.csv:5: value") == true)
  }

  @Test func brokenBytesAreNamed() {
    let header = Array("\(Self.header)\n".utf8)
    #expect(problems([]) == ["claims.csv: the file is empty"])
    #expect(problems(header + [0]).first == "claims.csv:2: a NUL character")
    #expect(
      problems(header + Array("gouzenko,fear,".utf8) + [0xFF, 0x0A]).first
        == "claims.csv:2: value: its byte 0 is not valid UTF-8; save the file as UTF-8")
    #expect(
      problems(header + Array("gouzenko,\"fear".utf8)).first
        == "claims.csv:2: a field in quotes never ends; was the file cut off?")
  }

  @Test func aFileThatIsNotThereIsNamed() {
    let error = #expect(throws: CorpusError.self) { _ = try ClaimsTable(path: "/nonexistent.csv") }
    #expect(
      error?.problems.first?.description
        == "/nonexistent.csv: the file cannot be read: there is no such file")
  }

  // MARK: Into a casebook

  @Test func givenTheSameTableTwiceThenEveryClaimIsPresentAlready() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let table = try table(
        "gouzenko,fear,yes,,memoir,p. 5,,,,,", "pavlov,recall,summoned,,monograph,p. 6,,,,1945,",
        "gouzenko,fear,,unknown,monograph,p. 41,,,,,")

      let first = try await CorpusImporter(store).run(table)
      #expect(first.plan.count(.recorded) == 2)
      #expect(first.plan.count(.unchanged) == 1)
      let head = try await store.head
      let second = try await CorpusImporter(store).run(table)
      #expect(second.plan.count(.unchanged) == 3)
      #expect(second.receipt == nil)
      #expect(try await store.head == head)
    }
  }

  @Test func givenARowThatIsRefusedThenNothingIsWritten() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let head = try await store.head
      let table = try table(
        "gouzenko,fear,yes,,memoir,p. 5,,,,,", "orlov,fear,yes,,memoir,p. 5,,,,,",
        "gouzenko,fear,perhaps,,memoir,p. 5,,,,,")
      let error = await #expect(throws: CorpusError.self) {
        _ = try await CorpusImporter(store).run(table)
      }
      #expect(error?.problems.map(\.line) == [3, 4])
      #expect(error?.problems.last?.description.hasPrefix("claims.csv:4: value: ") == true)
      #expect(try await store.head == head)
    }
  }

  @Test func whatIsWrongInAnyRowIsToldInOneGo() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let rows = [
        Self.header, "gouzenko,fear,yes,,memoir,,,,,,",
        "gouzenko,birth.date,16 July 1919,,memoir,p. 5,,,,,", "gouzenko,fear,yes,,memoir,p. 5,,,,,",
      ]
      let table = try ClaimsTable(
        Array(rows.map { "\($0)\n" }.joined().utf8), file: "claims.csv", defersProblems: true)
      let error = await #expect(throws: CorpusError.self) {
        _ = try await CorpusImporter(store).run(table)
      }
      #expect(error?.problems.map(\.line) == [2, 3])
      let hint = try #require(error?.problems.last?.description)
      #expect(hint.contains("Keep the wording with the column as_written"), "\(hint)")
    }
  }

  @Test func givenAnIDThenAChangedRowIsACorrection() async throws {
    let state = try recorded(try await Sample.read())
    func plan(_ value: String, on state: CasebookState) throws -> ImportPlan {
      let table = try table("gouzenko,fear,\(value),,memoir,p. 5,,,,,feared")
      var planner = ImportPlanner(
        state, head: 10_000, ImportOptions(message: "m"), ProblemLog()
      ) { _, _ in }
      return try planner.plan(table.groups)
    }
    let after = try applying(try plan("yes", on: state).commands, to: state)
    #expect(try plan("yes", on: after).isEmpty)
    #expect(try plan("no", on: after).items(.corrected).map(\.id) == ["feared"])
  }

  @Test(arguments: ["", "feared"])
  func givenAnUndoneImportThenItIsAsIfNeverImported(_ id: String) async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      func table(_ value: String, _ id: String) throws -> ClaimsTable {
        let other = id.isEmpty ? "" : "other"
        return try self.table(
          "gouzenko,fear,\(value),,memoir,p. 5,,,,,\(id)",
          "gouzenko,fear,no,,memoir,p. 6,,,,,\(other)")
      }
      _ = try await CorpusImporter(store).run(try table("yes", id))
      let standing = try await store.current("gouzenko").sortedClaims.count
      _ = try await store.perform(store.undoing(reason: "wrong file", id: nil))

      let mended = try table("no", id)
      let outcome = try await CorpusImporter(store).run(mended)

      #expect(outcome.plan.count(.recorded, .claim) == 2)
      #expect(outcome.plan.count(.diverged) == 0)
      let claims = try await store.current("gouzenko").sortedClaims
      #expect(claims.filter { $0.status == .current }.count == standing)
      #expect(try await CorpusImporter(store).run(mended).plan.isEmpty)
    }
  }

  @Test func givenAnUndoneCorrectionThenTheFileStillSpeaksForTheClaim() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      func run(_ value: String) async throws -> ImportPlan {
        let table = try table("gouzenko,fear,\(value),,memoir,p. 5,,,,,feared")
        return try await CorpusImporter(store, ImportOptions(message: "m")).run(table).plan
      }
      _ = try await run("yes")
      _ = try await run("no")
      _ = try await store.perform(store.undoing(reason: "it was right", id: nil))

      #expect(try await run("no").items(.corrected).map(\.id) == ["feared"])
    }
  }

  @Test func givenARedoneWithdrawalThenTheClaimStaysWithdrawn() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let table = try table("gouzenko,fear,yes,,memoir,p. 5,,,,,feared")
      let imported = try await CorpusImporter(store).run(table)
      let reference = try #require(imported.receipt?.references.first)
      let claim = try ItemReference("\(reference)")
      _ = try await store.perform(Request([WithdrawClaim(claim, reason: "no such page")]))
      for reason in ["back", "and forth"] {
        _ = try await store.perform(store.undoing(reason: reason, id: nil))
      }

      let again = try await CorpusImporter(store).run(table)

      #expect(again.plan.items(.diverged).map(\.id) == ["feared"])
      #expect(again.receipt == nil)
    }
  }
}
