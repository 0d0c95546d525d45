import Casebook
import CasebookStore
@testable import Corpus
import EventLog
import Testing

/// Changing what an export wrote and importing that.
struct EditedExportTests {
  private let slug: Slug
  private let byHand: ItemReference

  init() throws {
    slug = try Slug("gouzenko")
    byHand = ItemReference(slug, .claim, 5)
  }

  /// Runs a test on a casebook with the sample and what was recorded by hand since, and on what its export wrote.
  private func withExport(
    of files: [String: String] = Sample.files,
    _ body: (CasebookStore, [String: String]) async throws -> Void
  ) async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read(files))
      var claim = ClaimDraft(predicate: "recall", value: "summoned")
      claim.source = "memoir"
      claim.locator = "p. 9"
      _ = try await store.perform(
        Request([
          RecordClaim(slug, claim),
          AddAnnotation(
            AnnotationContent(
              target: .item(byHand), text: "By hand.", motivation: nil, tags: [])),
          CorrectClaim(
            ItemReference(slug, .claim, 4), ClaimEdit(fields: [.locator: "p. 2"]), kind: .locator,
            reason: "misread"),
        ]))
      let exported = try await withDirectory { directory in
        _ = try await CorpusWriter(store).write(to: directory)
        return try contents(of: directory)
      }
      try await body(store, exported)
    }
  }

  private func changing(
    _ files: [String: String], _ old: String, to new: String
  ) async throws -> CorpusFiles {
    var files = files
    let text = try #require(files["cases/gouzenko.yaml"])
    try #require(text.contains(old), "\(text)")
    files["cases/gouzenko.yaml"] = text.replacing(old, with: new)
    return try await Sample.read(files)
  }

  private func run(
    _ files: CorpusFiles, on store: CasebookStore, withdrawsMissing: Bool = false
  ) async throws -> [String] {
    let options = ImportOptions(message: "read again", withdrawsMissing: withdrawsMissing)
    return try await CorpusImporter(store, options).run(files).plan.items
      .filter { $0.outcome != .unchanged }.map { "\($0.outcome) \($0.kind) \($0.id)" }
  }

  @Test func givenAClaimRecordedByHandThenAnEditOfItsExportIsACorrection() async throws {
    try await withExport { store, exported in
      let edited = try await changing(exported, "value: summoned", to: "value: ordered")
      #expect(try await run(edited, on: store) == ["corrected claim c5"])
      let claim = try #require(try await store.current("gouzenko").claims[5])
      #expect(ClaimDraft(claim.content).value == "ordered")
      #expect(claim.revision == 2)
      #expect(try await run(edited, on: store) == [])
    }
  }

  @Test func givenAnAnnotationWrittenByHandThenAnEditOfItsExportIsACorrection() async throws {
    try await withExport { store, exported in
      let edited = try await changing(exported, "By hand.", to: "Written again.")
      #expect(try await run(edited, on: store) == ["corrected annotation a4"])
    }
  }

  @Test func givenAnImportedClaimCorrectedByHandThenAnEditOfItsExportIsACorrection() async throws {
    try await withExport { store, exported in
      let edited = try await changing(exported, "value: 1919~", to: "value: 1919")
      #expect(try await run(edited, on: store) == ["corrected claim birth-memoir"])
    }
  }

  @Test func givenAnotherChangeSinceTheExportThenTheClaimIsLeftAlone() async throws {
    try await withExport { store, exported in
      _ = try await store.perform(
        Request([
          CorrectClaim(
            byHand, ClaimEdit(fields: [.locator: "p. 10"]), kind: .locator, reason: "misread")
        ]))
      let edited = try await changing(exported, "value: summoned", to: "value: ordered")
      let plan = try await CorpusImporter(store).plan(edited)
      #expect(plan.isEmpty)
      let item = try #require(plan.items(.diverged).first)
      #expect(item.id == "c5")
      #expect(item.note?.contains("export again") == true)
    }
  }

  @Test func givenAnIDThatAnotherClaimWasImportedUnderThenTheRightOneIsCorrected() async throws {
    let files = Sample.changing("cases/gouzenko.yaml", "- id: fear", to: "- id: c5")
    try await withExport(of: files) { store, exported in
      #expect(exported["cases/gouzenko.yaml"]?.contains("- id: c5-2\n") == true)
      let edited = try await changing(exported, "value: summoned", to: "value: ordered")
      #expect(try await run(edited, on: store) == ["corrected claim c5-2"])
      let file = try await store.current("gouzenko")
      #expect(file.claims.count == 5)
      #expect(file.claims[5].map { ClaimDraft($0.content).value } == "ordered")
    }
  }

  @Test func givenALineTakenOutOfAnExportThenItIsMissingAndWithdrawnOnlyWhenAsked() async throws {
    try await withExport { store, exported in
      let text = try #require(exported["cases/gouzenko.yaml"])
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let first = try #require(lines.firstIndex { $0.hasSuffix("text: By hand.") })
      let entry = lines[(first - 2)...first].joined(separator: "\n") + "\n"
      let edited = try await changing(exported, entry, to: "")
      #expect(try await run(edited, on: store) == ["missing annotation a4"])
      #expect(
        try await run(edited, on: store, withdrawsMissing: true) == ["withdrawn annotation a4"])
    }
  }

  @Test func givenFilesOfAnotherCasebookThenTheirIDsMeanNothingHere() async throws {
    try await withExport { store, exported in
      var files = exported
      files["casebook.yaml"] =
        "casebook: sample\ntitle: A sample\n"
        + "exported: {position: 3, recorded: \"2001-01-01T00:00:00.000000Z\"}\n"
      let edited = try await changing(files, "value: summoned", to: "value: ordered")
      #expect(try await run(edited, on: store) == ["diverged claim c5"])
    }
  }

  @Test func anExportPointThatCannotBeReadIsRefused() async throws {
    var files = Sample.files
    files["casebook.yaml"] = "casebook: sample\ntitle: S\nexported: {position: x, recorded: y}\n"
    let error = await #expect(throws: CorpusError.self) { _ = try await Sample.read(files) }
    #expect(
      error?.problems.map(\.description)
        == ["casebook.yaml:3: exported: position: \"x\" is no position of an event"])
  }
}
