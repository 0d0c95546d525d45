import Casebook
import CasebookStore
@testable import Corpus
import StrictJSON
import Testing

/// Editing a case as a text.
struct CaseDocumentTests {
  private let slug: Slug

  init() throws { slug = try Slug("gouzenko") }

  /// The changes that an edit of the text asks for.
  private func changes(
    source: Slug? = nil, _ edit: (String) -> String
  ) async throws -> (CaseChanges, CasebookState) {
    let state = try recorded(try await Sample.read())
    let document = CaseDocument(try #require(state.cases[slug]), in: state, source: source)
    let edited = try document.read(edit(document.text))
    return (
      try document.changes(edited, on: state, head: 10_000, reason: "m", kind: nil), state
    )
  }

  private func command(_ changes: CaseChanges, _ index: Int = 0) -> String? {
    changes.commands[index].json["command"]?.stringValue
  }

  @Test func givenAnUntouchedTextThenNothingIsAsked() async throws {
    let (changes, _) = try await changes { $0 }
    #expect(changes.isEmpty)
    let (narrowed, _) = try await self.changes(source: try Slug("memoir")) { $0 }
    #expect(narrowed.isEmpty)
  }

  @Test func givenANewClaimWithoutAnIDThenItIsRecordedWithItsCitations() async throws {
    let (changes, state) = try await changes { text in
      text.replacing(
        "      - id: fear\n",
        with: """
                - predicate: linked-case
                  value: pavlov
                  citations: [{work: memoir, locator: p. 7}]
                - id: fear

          """)
    }
    #expect(changes.recorded == 2)
    #expect(!changes.needsReason)
    let file = try #require(try applying(changes.commands, to: state).cases[slug])
    #expect(file.claims[5]?.content.locator == "p. 41")
    #expect(file.claims[5]?.mark == nil)
    #expect(file.sortedCitations.last?.content.target == .claim(5))
  }

  @Test func givenAnAnnotationOfANewClaimThenItFindsIt() async throws {
    let (changes, state) = try await changes { text in
      text.replacing(
        "annotations:\n",
        with: "annotations:\n  - {on: new-claim, text: It is odd.}\n"
      ).replacing(
        "      - id: fear\n",
        with: "      - {id: new-claim, predicate: linked-case, value: pavlov}\n      - id: fear\n")
    }
    let file = try #require(try applying(changes.commands, to: state).cases[slug])
    #expect(file.annotations.sorted.last?.content.target.description == "gouzenko/c5")
  }

  @Test func givenAChangedFieldThenItIsCorrectedByHand() async throws {
    let (changes, state) = try await changes { $0.replacing("p. [42]", with: "p. 42") }
    #expect(changes.corrected == 1)
    #expect(changes.needsReason)
    let claim = try applying(changes.commands, to: state).cases[slug]?.claims[2]
    #expect(claim?.content.locator == "p. 42")
    #expect(claim?.hasDiverged == true)
  }

  @Test func givenAnEntryTakenOutThenItIsWithdrawn() async throws {
    let (changes, state) = try await changes { text in
      text.replacing(
        "      - id: fear\n        predicate: fear\n        state: unknown\n", with: "")
    }
    #expect(changes.withdrawn == 1)
    #expect(try applying(changes.commands, to: state).cases[slug]?.claims[3]?.status == .withdrawn)
  }

  @Test func givenOneVoiceThenTheOthersAreNotTouched() async throws {
    let (changes, _) = try await changes(source: try Slug("memoir")) { text in
      #expect(!text.contains("monograph"))
      #expect(!text.contains("on-case"))
      return text.replacing("value: 1919~", with: "value: 1919?")
    }
    #expect(changes.commands.count == 1)
    #expect(command(changes) == "claim.correct")
  }

  @Test func givenOneVoiceThenAClaimOfAnotherIsRefused() async throws {
    await #expect(throws: CorpusError.self) {
      _ = try await changes(source: try Slug("memoir")) { text in
        text.replacing("source: memoir", with: "source: monograph")
      }
    }
  }

  @Test func givenEverythingTakenOutThenEverythingIsWithdrawn() async throws {
    let (changes, state) = try await changes { _ in
      "case: gouzenko\nkind: person\nname: Igor Gouzenko\n"
    }
    #expect(changes.withdrawn == 10)
    let file = try #require(try applying(changes.commands, to: state).cases[slug])
    #expect(file.claims.values.allSatisfy { $0.status == .withdrawn })
    #expect(file.sortedDisputes.allSatisfy { !$0.isOpen })
  }

  @Test(arguments: [
    ("value: 1919-01-13", "value: 1919-13-01", 10, "value: birth.date"),
    ("kind: person", "kind: group", 2, "the kind is person, for ever"),
    ("case: gouzenko", "case: pavlov", 1, "the short name is gouzenko, for ever"),
    ("predicate: fear", "predikate: fear", 23, "unknown field \"predikate\""),
    ("grounds: The", "grounds: A", 46, "a dispute is not corrected"),
  ])
  func aMistakeIsNamedSoThatTheEditorCanBeOpenedAgain(
    _ old: String, _ new: String, _ line: Int, _ message: String
  ) async throws {
    let error = await #expect(throws: CorpusError.self) {
      _ = try await changes { $0.replacing(old, with: new) }
    }
    let problem = try #require(error?.problems.first { $0.message.contains(message) })
    #expect(problem.file == "gouzenko.yaml")
    #expect(problem.line == line)
  }

  @Test func givenTheIDOfSomethingElseThenItIsRefused() async throws {
    let error = await #expect(throws: CorpusError.self) {
      _ = try await changes { text in
        text.replacing("- id: on-case", with: "- id: on-the-case")
          .replacing("- id: fear", with: "- id: on-case")
      }
    }
    #expect(
      error?.problems.map(\.description) == [
        "gouzenko.yaml:22: claims[2] (on-case): the id \"on-case\" is taken by gouzenko/a2"
      ])
  }

  @Test func anEditIsOneRequestThatIsRefusedWhenTheCaseMovedOn() async throws {
    try await withCasebook { store in
      _ = try await CorpusImporter(store).run(try await Sample.read())
      let editor = CaseEditor(store)
      let document = try await editor.document(of: slug)
      let edited = document.text.replacing("p. [42]", with: "p. 42")

      await #expect(throws: Refusal.self) {
        _ = try await editor.request(in: edited, of: document, reason: nil)
      }
      let request = try await editor.request(in: edited, of: document, reason: "printed")
      _ = try await store.perform(request)
      #expect(try await store.current("gouzenko").claims[2]?.content.locator == "p. 42")

      let late = try await editor.request(
        in: document.text.replacing("p. [42]", with: "p. 43"), of: document, reason: "printed")
      await #expect(throws: (any Error).self) { _ = try await store.perform(late) }
      #expect(try await store.current("gouzenko").claims[2]?.content.locator == "p. 42")
    }
  }
}
