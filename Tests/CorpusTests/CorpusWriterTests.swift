import Casebook
import CasebookStore
@testable import Corpus
import EventLog
import Testing

/// Writing a casebook as files.
struct CorpusWriterTests {
  /// Imports a directory into a casebook of its own and writes that to another.
  private func roundTrip(_ files: CorpusFiles) async throws -> [String: String] {
    try await withCasebook(files.casebook.content) { store in
      _ = try await CorpusImporter(store).run(files)
      return try await withDirectory { directory in
        _ = try await CorpusWriter(store).write(to: directory)
        let written = try CorpusReader(directory: directory).read()
        let again = try await CorpusImporter(store).plan(written)
        #expect(again.isEmpty)
        #expect(again.items.filter { $0.outcome != .unchanged }.map(\.id) == [])
        var files = try contents(of: directory)
        // Where files come from is no part of what they say.
        let casebook = try #require(files["casebook.yaml"])
        files["casebook.yaml"] = casebook.split(separator: "\n")
          .filter { !$0.hasPrefix("exported:") }.map { "\($0)\n" }.joined()
        return files
      }
    }
  }

  @Test func whatIsWrittenSaysTheSameAndIsWrittenAgainByteForByte() async throws {
    let first = try await roundTrip(try await Sample.read())
    let second = try await roundTrip(try await Sample.read(first))
    #expect(first == second)
    #expect(first.keys.sorted() == Sample.files.keys.sorted())
  }

  @Test func theBundledCorpusIsWrittenAgainByteForByte() async throws {
    let bundled = try #require(CorpusReader(bundled: "soviet-defectors")).read()
    let first = try await roundTrip(bundled)
    let second = try await roundTrip(try await Sample.read(first))
    #expect(first == second)
    #expect(first.count == BundledFiles.all.count)
  }

  @Test func aCaseIsWrittenForPeopleToRead() async throws {
    let state = try recorded(try await Sample.read())
    let file = try #require(state.cases[try Slug("gouzenko")])
    #expect(
      CaseText(file, in: state).text == """
        case: gouzenko
        kind: person
        name: Igor Gouzenko
        voices:
          - source: monograph
            locator: p. 41
            claims:
              - id: birth-date
                predicate: birth.date
                value: 1919-01-13
                as-written: January 13, 1919
                quote: January 13, 1919
                citations:
                  - {id: note-1, work: memoir, locator: "pp. 132, 216", note: 1, as: rests-on}
              - id: recall-1944
                predicate: recall
                value: ordered
                with: {date: 1944-09, outcome: cancelled}
                hedge: so far as is known
                reports: gouzenko
                locator: p. [42]
              - id: fear
                predicate: fear
                state: unknown
          - source: memoir
            locator: p. 1
            claims:
              - id: birth-memoir
                predicate: birth.date
                value: 1919~
        annotations:
          - id: on-note
            on: note-1
            text: The page is 133.
            motivation: commenting
            tags: [slip]
            citations:
              - {id: see-memoir, work: memoir, as: see}
          - id: on-case
            on: case
            text: A short case.
          - id: on-annotation
            on: on-note
            text: So it is.
        disputes:
          - id: wrong-day
            claim: birth-date
            grounds: The register differs.
            counter: birth-memoir

        """)
  }

  @Test func whatIsWithdrawnIsLeftOutWithWhatHangsOnIt() async throws {
    let slug = try Slug("gouzenko")
    let state = try applying(
      [WithdrawClaim(ItemReference(slug, .claim, 1), reason: "r")],
      to: try recorded(try await Sample.read()))
    let text = CaseText(try #require(state.cases[slug]), in: state)

    #expect(!text.text.contains("birth-date"))
    #expect(!text.text.contains("on-note"))
    #expect(text.text.contains("on-case"))
    #expect(text.leftOut == 3)
  }

  @Test func entriesThatWereNeverImportedAreCalledByTheirReference() async throws {
    let slug = try Slug("gouzenko")
    var claim = ClaimDraft(predicate: "fear", value: "yes")
    claim.source = "memoir"
    claim.locator = "p. 9"
    let state = try applying(
      [RecordClaim(slug, claim)], to: try recorded(try await Sample.read()))
    let text = CaseText(try #require(state.cases[slug]), in: state).text
    #expect(text.contains("- id: c5\n"))

    var files = Sample.files
    files["cases/gouzenko.yaml"] = text
    #expect(try plan(try await Sample.read(files), on: state).isEmpty)
  }

  @Test func idsAreNeverGivenTwice() async throws {
    let slug = try Slug("gouzenko")
    var claim = ClaimDraft(predicate: "fear", value: "yes")
    claim.source = "memoir"
    claim.locator = "p. 9"
    let files = try await Sample.read(
      Sample.changing("cases/gouzenko.yaml", "- id: fear", to: "- id: c5"))
    let state = try applying([RecordClaim(slug, claim)], to: try recorded(files))
    let text = CaseText(try #require(state.cases[slug]), in: state).text
    #expect(text.contains("- id: c5\n"))
    #expect(text.contains("- id: c5-2\n"))

    var written = Sample.files
    written["cases/gouzenko.yaml"] = text
    #expect(try plan(try await Sample.read(written), on: state).isEmpty)
  }

  @Test func aDirectoryThatHoldsSomethingElseIsRefused() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      try await withDirectory(["letter.txt": "Dear"]) { directory in
        await #expect(throws: CorpusWriterError.self) {
          _ = try await CorpusWriter(store).write(to: directory)
        }
        #expect(try contents(of: directory) == ["letter.txt": "Dear"])
        _ = try await CorpusWriter(store).write(to: directory, overwriting: true)
        #expect(try contents(of: directory)["letter.txt"] == "Dear")
      }
    }
  }

  @Test func aCaseThatTheCasebookDoesNotHoldStopsAnExport() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      try await withDirectory { directory in
        let writer = CorpusWriter(store)
        _ = try await writer.write(to: directory)
        let before = try contents(of: directory)
        _ = try await writer.write(to: directory)
        #expect(try contents(of: directory) == before)

        try fill(directory, ["cases/stray.yaml": "case: stray\nkind: person\n"])
        let error = await #expect(throws: CorpusWriterError.self) {
          _ = try await writer.write(to: directory)
        }
        #expect(error?.path.hasSuffix("cases/stray.yaml") == true)
        _ = try await writer.write(to: directory, overwriting: true)
        #expect(try contents(of: directory) == before)
      }
    }
  }

  @Test func anotherCasebooksDirectoryIsRefused() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let other = ["casebook.yaml": "casebook: other\ntitle: Other\n"]
      try await withDirectory(other) { directory in
        await #expect(throws: CorpusWriterError.self) {
          _ = try await CorpusWriter(store).write(to: directory)
        }
        let after = try contents(of: directory)
        #expect(after == other)
      }
    }
  }

  @Test func anEarlierPositionIsWrittenAsItStood() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let head = try await store.head
      _ = try await store.perform(
        Request([RenameCase(try Slug("two"), name: "Both", reason: nil)]))
      try await withDirectory { directory in
        let reading = Reading(asOf: .position(head))
        let summary = try await CorpusWriter(store, reading).write(to: directory)
        #expect(summary.basis.position == head)
        #expect(try contents(of: directory)["cases/two.yaml"] == "case: two\nkind: group\n")
      }
    }
  }
}
