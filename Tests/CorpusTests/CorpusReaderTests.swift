import Casebook
@testable import Corpus
import Testing

/// What is read from a directory, and what is refused.
struct CorpusReaderTests {
  @Test func aDirectoryIsReadInOrder() async throws {
    let files = try await Sample.read()

    #expect(files.vocabulary.map(\.id) == ["birth.date", "recall", "linked-case", "fear"])
    #expect(files.sources.map(\.source.id) == ["monograph", "memoir"])
    #expect(files.cases.map(\.file.id) == ["gouzenko", "pavlov", "two"])
    let gouzenko = try #require(files.cases.first)
    #expect(gouzenko.claims.map(\.id) == ["birth-date", "recall-1944", "fear", "birth-memoir"])
    #expect(gouzenko.annotations.map(\.target) == ["note-1", "on-note", nil])
    #expect(files.warnings.isEmpty)
  }

  @Test func aVoicesLocatorIsTheDefaultOfItsClaims() async throws {
    let claims = try #require(try await Sample.read().cases.first).claims

    #expect(claims.map(\.draft.locator) == ["p. 41", "p. [42]", "p. 41", "p. 1"])
  }

  @Test func scalarsAreTexts() async throws {
    let claims = try #require(try await Sample.read().cases.first).claims

    #expect(claims[0].draft.value == "1919-01-13")
    #expect(claims[1].draft.qualifiers == ["date": "1944-09", "outcome": "cancelled"])
    #expect(claims[3].draft.value == "1919~")
    #expect(claims[2].draft.state == .unknown)
    #expect(claims[1].draft.saidBy == "gouzenko")
  }

  @Test(arguments: [
    ("yes", "yes"), ("~1928", "~1928"), ("0x1F", "0x1F"), ("null", "null"), ("1_000", "1_000"),
    ("\"~\"", "~"), ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
    ("[1927,1928]", nil), (".inf", ".inf"), ("'it''s'", "it's"),
  ])
  func aValueIsWhatTheFileSays(_ written: String, _ read: String?) async throws {
    let files = Sample.changing(
      "cases/gouzenko.yaml", "value: 1919-01-13", to: "value: \(written)")
    guard let read else {
      #expect(
        try await problems(files) == [
          "cases/gouzenko.yaml:10: claims[0] (birth-date): value: expected a text, not a list"
        ])
      return
    }
    let claims = try #require(try await Sample.read(files).cases.first).claims
    #expect(claims[0].draft.value == read)
  }

  @Test func aByteOrderMarkAndCarriageReturnsAreAccepted() async throws {
    var files = Sample.files
    for (path, text) in files {
      files[path] =
        "\u{FEFF}"
        + text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\r\n")
    }
    let digest = try await Sample.read(files).digest
    let plain = try await Sample.read().digest
    #expect(digest == plain)
  }

  // MARK: Refusals

  /// What is wrong with a directory, one line each.
  private func problems(_ files: [String: String]) async throws -> [String] {
    try await withDirectory(files) { directory in
      do {
        _ = try CorpusReader(directory: directory).read()
        return []
      } catch let error as CorpusError {
        return error.problems.map(\.description)
      }
    }
  }

  @Test(arguments: [
    (
      "hedge: so far", "hegde: so far",
      "cases/gouzenko.yaml:19: claims[1] (recall-1944): unknown field \"hegde\"; did you mean "
        + "\"hedge\"?"
    ),
    (
      "    locator: p. 41\n", "",
      "cases/gouzenko.yaml:7: claims[0] (birth-date): locator is missing; say where in the source, "
        + "here or for the whole voice"
    ),
    (
      "- source: monograph\n    locator: p. 41", "- locator: p. 41",
      "cases/gouzenko.yaml:5: voices[0]: source is missing; say whose claims these are"
    ),
    (
      "- id: fear\n", "- id: birth-date\n",
      "cases/gouzenko.yaml:22: claims[2] (birth-date): the id \"birth-date\" is taken by the claim on "
        + "line 8"
    ),
    (
      "state: unknown", "state: unkown",
      "cases/gouzenko.yaml:24: claims[2] (fear): state: \"unkown\" is not one of value, somevalue, "
        + "novalue, unknown; did you mean \"unknown\"?"
    ),
    (
      "state: unknown", "state: unknown\n        value: yes",
      "cases/gouzenko.yaml:24: claims[2] (fear): it has both a value and the state unknown; keep one"
    ),
    (
      "quote: January", "author: me\n        quote: January",
      "cases/gouzenko.yaml:12: claims[0] (birth-date): \"author\" is not for a file to say: who "
        + "recorded what, and when, is noted by the server; remove it"
    ),
    (
      "on: note-1", "on: note-2",
      "cases/gouzenko.yaml:33: annotations[0] (on-note): on: this file has no entry \"note-2\"; did "
        + "you mean \"note-1\"?"
    ),
    (
      "claim: birth-date", "claim: birth-dat",
      "cases/gouzenko.yaml:46: disputes[0] (wrong-day): claim: this file has no claim \"birth-dat\"; "
        + "did you mean \"birth-date\"?"
    ),
    (
      "case: gouzenko", "case: guzenko",
      "cases/gouzenko.yaml:1: the case guzenko belongs in cases/guzenko.yaml; rename the file or the "
        + "case"
    ),
    (
      "kind: person", "kind: man",
      "cases/gouzenko.yaml:2: kind: \"man\" is not one of person, group, place, work, object, event"
    ),
    (
      "quote: January", "as-written: again\n        quote: January",
      "cases/gouzenko.yaml:11: the field \"as-written\" appears twice in the same place; keep one"
    ),
    (
      "hedge: so far as is known", "hedge: ~",
      "cases/gouzenko.yaml:19: claims[1] (recall-1944): hedge is empty; write something or leave it "
        + "out"
    ),
    (
      "reports: gouzenko", "reports: gouzenko\n        denies: gouzenko",
      "cases/gouzenko.yaml:21: claims[1] (recall-1944): it has reports and denies; a claim has one "
        + "stance"
    ),
    (
      "on: on-note", "on: on-annotation",
      "cases/gouzenko.yaml:40: annotations[1] (on-annotation): it is about itself, in a circle"
    ),
  ])
  func aMistakeIsNamedWithFileLineAndField(
    _ old: String, _ new: String, _ message: String
  ) async throws {
    let files = Sample.changing("cases/gouzenko.yaml", old, to: new)
    #expect(try await problems(files).first == message)
  }

  @Test func allMistakesAreFoundInOneRun() async throws {
    var files = Sample.changing("cases/gouzenko.yaml", "predicate: recall", to: "predicat: recall")
    files["cases/pavlov.yaml"] = "case: pavlov\nkind: persn\n"
    files["sources.yaml"] = "- title: x\n"
    let found = try await problems(files)
    #expect(found.count == 4)
    #expect(found.contains { $0.hasPrefix("sources.yaml:1: [0]: source is missing") })
    #expect(found.contains { $0.contains("did you mean \"predicate\"?") })
    #expect(found.contains { $0.contains("cases/pavlov.yaml:2: kind: ") })
  }

  @Test func manyMistakesAreCountedAfterAWhile() async throws {
    var files = Sample.files
    files["vocabulary.yaml"] = (1...80).map { "- predicat: p\($0)\n" }.joined()
    try await withDirectory(files) { directory in
      let error = #expect(throws: CorpusError.self) {
        _ = try CorpusReader(directory: directory).read()
      }
      #expect(error?.problems.count == CorpusError.limit)
      #expect((error?.omitted ?? 0) > 80)
      #expect(error?.description.hasSuffix("more") == true)
    }
  }

  @Test(arguments: ["casebook.yaml", "vocabulary.yaml", "sources.yaml"])
  func aMissingFileIsNamed(_ path: String) async throws {
    var files = Sample.files
    files[path] = nil
    #expect(
      try await problems(files) == ["\(path): the file cannot be read: there is no such file"])
  }

  @Test func aDirectoryThatIsNotThereIsNamed() {
    let error = #expect(throws: CorpusError.self) {
      _ = try CorpusReader(directory: "/nonexistent/corpus").read()
    }
    #expect(
      error?.problems.first?.description
        == "/nonexistent/corpus: the directory cannot be read: there is no such file")
  }

  @Test(arguments: ["", " \n\n", "\u{FEFF}\n", "# nothing but a remark\n"])
  func anEmptyFileIsRefused(_ text: String) async throws {
    var files = Sample.files
    files["cases/pavlov.yaml"] = text
    let found = try await problems(files)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("cases/pavlov.yaml") == true)
  }

  @Test(arguments: [
    ("case: pavlov\nkind: \"per", "found unexpected end of stream"),
    ("case: pavlov\nkind: person\nvoices: [", "did not find expected node content"),
    (
      "case: pavlov\nkind: person\nvoices:\n  - source: monograph\n    claims:\n      - id: x\n",
      "predicate is missing"
    ),
  ])
  func aFileThatWasCutOffIsRefused(_ text: String, _ message: String) async throws {
    var files = Sample.files
    files["cases/pavlov.yaml"] = text
    #expect(try await problems(files).contains { $0.contains(message) })
  }

  @Test func aFileWithoutALastLineBreakIsPointedOut() async throws {
    var files = Sample.files
    files["cases/two.yaml"] = "case: two\nkind: group"
    #expect(try await Sample.read(files).warnings.map(\.file) == ["cases/two.yaml"])
  }

  @Test func aStrayFileIsNotPassedOver() async throws {
    var files = Sample.files
    files["tabulation.yaml"] = "[]\n"
    files["cases/orlov.yml"] = "case: orlov\n"
    let found = try await problems(files)
    #expect(found.count == 2)
    #expect(found.contains { $0.hasSuffix("did you mean \"tabulations.yaml\"?") })
    #expect(found.contains("cases/orlov.yml: name it orlov.yaml"))
  }
}
