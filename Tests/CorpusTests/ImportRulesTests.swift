import Casebook
@testable import Corpus
import Testing

/// What an import does where a file and the casebook differ, without a database.
struct ImportRulesTests {
  private let slug: Slug

  init() throws { slug = try Slug("gouzenko") }

  private func notable(_ plan: ImportPlan) -> [String] {
    plan.items.filter { $0.outcome != .unchanged }.map { item in
      "\(item.outcome.rawValue) \(item.kind.rawValue) \(item.id)"
    }
  }

  private func edited(_ path: String, _ old: String, _ new: String) async throws -> CorpusFiles {
    try await Sample.read(Sample.changing(path, old, to: new))
  }

  @Test(arguments: [
    ("vocabulary.yaml", "label: Born", "label: Birth", "corrected predicate birth.date"),
    ("sources.yaml", "issued: 1946", "issued: 1947", "corrected source memoir"),
    ("sources.yaml", "volume: 2", "volume: 3", "corrected source monograph"),
    ("sources.yaml", "All of it.", "Some of it.", "diverged copy monograph/transcript"),
    ("sources.yaml", "note 1.", "note 2.", "diverged derivation monograph/memoir"),
    ("cases/gouzenko.yaml", "name: Igor Gouzenko", "name: Gouzenko", "corrected case gouzenko"),
    ("cases/gouzenko.yaml", "note: 1", "note: 2", "corrected citation note-1"),
    ("cases/gouzenko.yaml", "So it is.", "It is not.", "corrected annotation on-annotation"),
    ("cases/gouzenko.yaml", "register differs", "register errs", "diverged dispute wrong-day"),
    ("tabulations.yaml", "count: 1", "count: 2", "corrected tabulation feared-and-recalled"),
  ])
  func aChangedEntryIsToldApartByWhatCanBeDone(
    _ path: String, _ old: String, _ new: String, _ outcome: String
  ) async throws {
    let state = try recorded(try await Sample.read())
    let files = try await edited(path, old, new)

    let plan = try plan(files, on: state, ImportOptions(message: "m"))

    #expect(notable(plan) == [outcome])
    let after = try applying(plan.commands, to: state)
    let again = try planAgain(files, after)
    #expect(again.isEmpty)
  }

  private func planAgain(_ files: CorpusFiles, _ state: CasebookState) throws -> ImportPlan {
    try plan(files, on: state)
  }

  @Test func givenAWithdrawnClaimThenItIsNotRecordedAgain() async throws {
    let files = try await Sample.read()
    let state = try applying(
      [WithdrawClaim(ItemReference(slug, .claim, 3), reason: "r")], to: try recorded(files))

    #expect(notable(try plan(files, on: state)) == ["diverged claim fear"])
  }

  @Test func givenAClaimRecordedByHandThenTheSameClaimIsPresent() async throws {
    let files = try await Sample.read()
    var without = files
    let entry = without.cases[0].claims.remove(at: 2)
    let state = try applying(
      [RecordClaim(slug, entry.draft)], to: try recorded(without))

    #expect(notable(try plan(files, on: state)) == [])
  }

  @Test func givenARenamedIDThenTheClaimIsPresentAndNotMissing() async throws {
    let state = try recorded(try await Sample.read())
    let files = try await edited("cases/gouzenko.yaml", "- id: fear", "- id: feared")

    #expect(notable(try plan(files, on: state)) == [])
  }

  @Test func givenAnotherSourceUnderTheSameIDThenItIsRefused() async throws {
    let state = try recorded(try await Sample.read())
    var files = try await Sample.read()
    files.cases[0].claims[2].draft.source = "memoir"

    let error = #expect(throws: CorpusError.self) { _ = try plan(files, on: state) }
    #expect(
      error?.problems.first?.description
        == "cases/gouzenko.yaml:22: claims[2] (fear): gouzenko/c3 is a claim of monograph, for ever; "
        + "give the claim of memoir an id of its own")
  }

  @Test func givenAnotherKindOfCaseThenItIsRefused() async throws {
    let state = try recorded(try await Sample.read())
    let files = try await edited("cases/two.yaml", "kind: group", "kind: event")

    let error = #expect(throws: CorpusError.self) { _ = try plan(files, on: state) }
    #expect(error?.problems.first?.line == 2)
  }

  @Test func givenAnotherTypeOfAPredicateThenItIsRefused() async throws {
    let state = try recorded(try await Sample.read())
    let files = try await edited("vocabulary.yaml", "type: date", "type: text")

    let error = #expect(throws: CorpusError.self) {
      _ = try plan(files, on: state, ImportOptions(message: "m"))
    }
    #expect(error?.problems.first?.description.contains("cannot become text") == true)
  }

  @Test func givenANewCitationOfAWithdrawnClaimThenItIsLeftAlone() async throws {
    let state = try applying(
      [WithdrawClaim(ItemReference(slug, .claim, 3), reason: "r")],
      to: try recorded(try await Sample.read()))
    let files = try await edited(
      "cases/gouzenko.yaml", "state: unknown",
      "state: unknown\n        citations: [{id: new-note, work: memoir}]")

    #expect(
      notable(try plan(files, on: state)) == ["diverged claim fear", "diverged citation new-note"])
  }

  @Test func givenADisputeAgainstAClaimOfAnotherCaseThenItIsFound() async throws {
    let files = try await edited(
      "cases/gouzenko.yaml", "counter: birth-memoir", "counter: pavlov/linked")
    let state = try recorded(files)
    #expect(
      state.cases[slug]?.disputes[1]?.content.counter?.description == "pavlov/c1")
  }

  @Test func givenTabulationsOfOneAnotherThenTheyAreRecordedInOrder() async throws {
    let state = try recorded(try await Sample.read())
    #expect(
      state.register?.tabulations.map(\.content.id.text) == ["recalled", "feared-and-recalled"])
  }

  @Test func givenAWithdrawnDisputeWhenMissingIsWithdrawnThenWhatHangsOnAClaimGoesFirst()
    async throws
  {
    let state = try recorded(try await Sample.read())
    var files = try await Sample.read()
    files.cases[0].claims = []
    files.cases[0].annotations = []
    files.cases[0].disputes = []

    let plan = try plan(
      files, on: state, ImportOptions(message: "m", withdrawsMissing: true))

    #expect(
      plan.items(.withdrawn).map(\.kind) == [
        .dispute, .citation, .citation, .annotation, .annotation, .annotation, .claim, .claim,
        .claim, .claim,
      ])
    let after = try #require(try applying(plan.commands, to: state).cases[slug])
    #expect(after.claims.values.allSatisfy { $0.status == .withdrawn })
  }
}
