import Casebook
import CasebookStore
@testable import Corpus
import EventLog
import FoundationEssentials
import StrictJSON
import Testing

/// Importing into a casebook in the database.
struct ImportTests {
  private func importer(
    _ store: CasebookStore, _ options: ImportOptions = ImportOptions()
  ) -> CorpusImporter {
    CorpusImporter(store, options)
  }

  /// The entries that are neither new nor unchanged, in words.
  private func notable(_ plan: ImportPlan) -> [String] {
    plan.items.filter { $0.outcome != .unchanged && $0.outcome != .recorded }.map { item in
      "\(item.outcome.rawValue) \(item.kind.rawValue) \(item.id)"
    }
  }

  @Test func givenANewCasebookWhenImportedThenEverythingIsRecordedInOneRequest() async throws {
    try await withCasebook { store in
      let files = try await Sample.read()
      let outcome = try await importer(store).run(files)

      let receipt = try #require(outcome.receipt)
      #expect(receipt.positions == 2...Int64(outcome.plan.commands.count + 1))
      let gouzenko = try await store.current("gouzenko")
      #expect(gouzenko.sortedClaims.map(\.mark?.id) == files.cases[0].claims.map(\.id))
      #expect(gouzenko.sortedCitations.map(\.content.target.local) == ["c1", "a1"])
      #expect(
        gouzenko.annotations.sorted.map(\.content.target.description)
          == ["gouzenko/n1", "gouzenko", "gouzenko/a1"])
      #expect(gouzenko.sortedDisputes.first?.content.counter?.description == "gouzenko/c4")
    }
  }

  @Test func givenAnImportedCasebookWhenImportedAgainThenNothingIsAppended() async throws {
    try await withCasebook { store in
      let files = try await Sample.read()
      _ = try await importer(store).run(files)
      let head = try await store.head

      let again = try await importer(store).run(files)

      #expect(again.receipt == nil)
      #expect(again.plan.isEmpty)
      #expect(again.plan.count(.unchanged) == again.plan.items.count)
      #expect(try await store.head == head)
    }
  }

  @Test func givenOneChangedLineThenThereIsOneCorrection() async throws {
    try await withCasebook { store in
      _ = try await importer(store).run(try await Sample.read())
      let head = try await store.head
      let edited = try await Sample.read(
        Sample.changing("cases/gouzenko.yaml", "locator: p. [42]", to: "locator: p. 42"))

      let outcome = try await importer(store, ImportOptions(message: "a slip")).run(edited)

      #expect(notable(outcome.plan) == ["corrected claim recall-1944"])
      #expect(try await store.head == head + 1)
      let claim = try #require(try await store.current("gouzenko").claims[2])
      #expect(claim.content.locator == "p. 42")
      #expect(claim.revision == 2)
      #expect(!claim.hasDiverged)
      #expect(outcome.receipt?.decisions.first?.event.data["kind"]?.stringValue == "locator")
      #expect(outcome.receipt?.decisions.first?.event.data["reason"]?.stringValue == "a slip")
      #expect(try await importer(store).run(edited).plan.isEmpty)
    }
  }

  @Test(arguments: [
    ("quote: January 13, 1919", "quote: January 13", "transcription"),
    ("value: 1919-01-13", "value: 1919-01-14", "interpretation"),
  ])
  func theKindOfACorrectionFollowsFromWhatChanged(
    _ old: String, _ new: String, _ kind: String
  ) async throws {
    let before = try await Sample.read()
    let state = try recorded(before)
    let edited = try await Sample.read(Sample.changing("cases/gouzenko.yaml", old, to: new))

    let plan = try plan(edited, on: state, ImportOptions(message: "m"))

    #expect(plan.commands.map { $0.json["kind"]?.stringValue } == [kind])
  }

  @Test func givenAChangeWithoutAMessageThenNothingIsWritten() async throws {
    try await withCasebook { store in
      _ = try await importer(store).run(try await Sample.read())
      let head = try await store.head
      let edited = try await Sample.read(
        Sample.changing("cases/gouzenko.yaml", "locator: p. [42]", to: "locator: p. 42"))

      let refusal = await #expect(throws: Refusal.self) {
        _ = try await importer(store).run(edited)
      }
      #expect(refusal?.rule == .missingReason)
      #expect(try await store.head == head)
    }
  }

  @Test func givenAnAnalystsCorrectionThenTheClaimIsLeftAlone() async throws {
    try await withCasebook { store in
      _ = try await importer(store).run(try await Sample.read())
      let slug = try Slug("gouzenko")
      _ = try await store.perform(
        Request([
          CorrectClaim(
            ItemReference(slug, .claim, 1), ClaimEdit(fields: [.locator: "p. 40"]), kind: .locator,
            reason: "misread"),
          WithdrawClaim(ItemReference(slug, .claim, 3), reason: "not there"),
        ]))
      let head = try await store.head
      let edited = try await Sample.read(
        Sample.changing("cases/gouzenko.yaml", "value: 1919-01-13", to: "value: 1919-01-14"))

      for files in [edited, try await Sample.read()] {
        let outcome = try await importer(store, ImportOptions(message: "m")).run(files)
        #expect(notable(outcome.plan) == ["diverged claim birth-date", "diverged claim fear"])
        #expect(try await store.head == head)
      }
    }
  }

  @Test func givenTheFileFollowsTheAnalystThenThereIsNothingToDo() async throws {
    try await withCasebook { store in
      _ = try await importer(store).run(try await Sample.read())
      _ = try await store.perform(
        Request([
          CorrectClaim(
            ItemReference(try Slug("gouzenko"), .claim, 2), ClaimEdit(fields: [.locator: "p. 42"]),
            kind: .locator, reason: "printed")
        ]))
      let edited = try await Sample.read(
        Sample.changing("cases/gouzenko.yaml", "locator: p. [42]", to: "locator: p. 42"))
      #expect(notable(try await importer(store).run(edited).plan) == [])
    }
  }

  @Test func givenRemovedLinesThenTheyAreReportedAndWithdrawnOnlyWhenAsked() async throws {
    try await withCasebook { store in
      _ = try await importer(store).run(try await Sample.read())
      let head = try await store.head
      var files = Sample.changing(
        "cases/gouzenko.yaml",
        """
        disputes:
          - {id: wrong-day, claim: birth-date, grounds: The register differs., counter: birth-memoir}
        """, to: "")
      files["cases/gouzenko.yaml"] = (files["cases/gouzenko.yaml"] ?? "").replacing(
        "      - id: fear\n        predicate: fear\n        state: unknown\n", with: "")
      files["cases/pavlov.yaml"] = nil
      files["tabulations.yaml"] = (files["tabulations.yaml"] ?? "").replacing(
        "{yes: [gouzenko], no: [pavlov]}", with: "{yes: [gouzenko]}")
      let shorter = try await Sample.read(files)
      let missing = [
        "missing dispute wrong-day", "missing claim fear", "missing case pavlov",
        "missing claim linked",
      ]
      let message = ImportOptions(message: "never said")

      let reported = try await importer(store, message).run(shorter)
      #expect(notable(reported.plan) == ["corrected tabulation recalled"] + missing)
      #expect(try await store.head == head + 1)

      let options = ImportOptions(message: "never said", withdrawsMissing: true)
      let done = try await importer(store, options).run(shorter)
      #expect(done.plan.count(.withdrawn) == 3)
      #expect(try await store.head == head + 4)
      #expect(try await store.current("gouzenko").claims[3]?.status == .withdrawn)
      #expect(try await store.current("pavlov").claims[1]?.status == .withdrawn)
      #expect(try await store.current("gouzenko").disputes[1]?.resolution == "never said")

      let again = try await importer(store, options).run(shorter)
      #expect(again.receipt == nil)
      #expect(notable(again.plan) == ["missing case pavlov"])
    }
  }

  @Test func givenAnEntryThatIsRefusedThenNothingIsWrittenAndItsLineIsNamed() async throws {
    try await withCasebook { store in
      let files = try await Sample.read(
        Sample.changing("cases/gouzenko.yaml", "value: 1919-01-13", to: "value: 1919-13-13"))
      let error = await #expect(throws: CorpusError.self) {
        _ = try await importer(store).run(files)
      }
      #expect(
        error?.problems.map(\.description).first?.hasPrefix(
          "cases/gouzenko.yaml:10: claims[0] (birth-date): value: birth.date: \"1919-13-13\" is not"
        )
          == true)
      #expect(error?.problems.count == 1)
      #expect(try await store.head == 1)
    }
  }

  @Test(arguments: [
    ("predicate: recall\n", "predicate: recal\n", 16, "predicate: there is no predicate \"recal\""),
    ("outcome: cancelled", "outcome: canceled", 18, "with: recall, outcome: \"canceled\" is not"),
    ("with: {date", "with: {dat", 18, "with: recall has no qualifier \"dat\". Did you mean"),
    (
      "value: ordered", "value: orderd", 17,
      "value: recall: \"orderd\" is not one of ordered, summoned. Did you mean \"ordered\"?"
    ),
    ("work: memoir, locator", "work: memoirs, locator", 14, "work: there is no source"),
    ("- source: memoir\n", "- source: memoirs\n", 25, "source: there is no source \"memoirs\""),
  ])
  func aRefusalNamesTheField(
    _ old: String, _ new: String, _ line: Int, _ message: String
  ) async throws {
    let files = try await Sample.read(Sample.changing("cases/gouzenko.yaml", old, to: new))
    let error = #expect(throws: CorpusError.self) {
      _ = try CorpusImporter.planForNewCasebook(files)
    }
    let first = try #require(error?.problems.first)
    #expect(first.description.contains(message))
    #expect(first.line == line)
  }

  @Test func givenARequestIDWhenRepeatedThenTheFirstReplyComesAgain() async throws {
    try await withCasebook { store in
      let files = try await Sample.read()
      let options = ImportOptions(requestID: UUID())

      let first = try await importer(store, options).run(files)
      let second = try await importer(store, options).run(files)

      #expect(second.receipt?.isReplay == true)
      #expect(second.receipt?.positions == first.receipt?.positions)
      let other = try await Sample.read(
        Sample.changing("cases/pavlov.yaml", "name: Pavlov", to: "name: V. Pavlov"))
      let reused = ImportOptions(message: "m", requestID: options.requestID)
      await #expect(throws: EventLogError.self) { _ = try await importer(store, reused).run(other) }
    }
  }

  @Test func givenTwoImportsAtOnceThenEverythingIsRecordedOnce() async throws {
    try await withCasebook { store in
      let files = try await Sample.read()
      async let one = importer(store).run(files)
      async let two = importer(store).run(files)
      let outcomes = try await [one, two]

      #expect(outcomes.count { $0.receipt != nil } == 1)
      #expect(try await store.head == Int64(outcomes.map(\.plan.commands.count).max() ?? 0) + 1)
    }
  }

  @Test func givenADryRunThenNothingIsWritten() async throws {
    try await withCasebook { store in
      let plan = try await importer(store).plan(try await Sample.read())
      #expect(plan.count(.recorded, .claim) == 5)
      #expect(try await store.head == 1)
    }
  }

  @Test func progressReachesTheTotal() async throws {
    let files = try await Sample.read()
    var last = (0, 0)
    var steps = 0
    _ = try CorpusImporter.planForNewCasebook(files) { done, total in
      last = (done, total)
      steps += 1
    }
    #expect(last == (files.count, files.count))
    #expect(steps == files.count)
  }
}

// MARK: Without a database

/// What importing into a casebook in memory would do.
func plan(
  _ files: CorpusFiles, on state: CasebookState, _ options: ImportOptions = ImportOptions()
) throws -> ImportPlan {
  var planner = ImportPlanner(state, head: 10_000, options, ProblemLog()) { _, _ in }
  return try planner.plan(files, others: [])
}

/// A casebook in memory that holds what the files say.
func recorded(_ files: CorpusFiles) throws -> CasebookState {
  let state = try CasebookState.created(files.casebook.content)
  return try applying(try plan(files, on: state).commands, to: state)
}

/// The casebook after some commands.
func applying(_ commands: [any Command], to state: CasebookState) throws -> CasebookState {
  let log = ProblemLog()
  var script = CommandScript(state, head: 20_000, log)
  for command in commands { script.add(command, from: nil) }
  try log.check()
  return script.state
}
