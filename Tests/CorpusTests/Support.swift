import Casebook
import CasebookStore
@testable import Corpus
import EventLog
import Glibc
import PostgresClient
import TestSupport

// MARK: Directories

/// A directory of a test's own, removed afterwards.
func withDirectory<R>(
  _ files: [String: String] = [:], _ body: (String) async throws -> R
) async throws -> R {
  var template = Array("/tmp/dossier-corpus-test.XXXXXX".utf8CString)
  guard let made = mkdtemp(&template) else { throw DirectoryError() }
  let path = String(cString: made)
  defer { remove(tree: path) }
  try fill(path, files)
  return try await body(path)
}

struct DirectoryError: Error {}

/// Writes files, whose paths may lie in `cases/`.
func fill(_ directory: String, _ files: [String: String]) throws {
  for (path, text) in files {
    if path.hasPrefix("cases/") { try FileSystem.makeDirectory("\(directory)/cases") }
    try FileSystem.write(text, to: "\(directory)/\(path)")
  }
}

/// All files below a directory, by path.
func contents(of directory: String) throws -> [String: String] {
  var files: [String: String] = [:]
  for name in try FileSystem.names(in: directory) {
    let path = "\(directory)/\(name)"
    if FileSystem.isDirectory(path) {
      for (inner, text) in try contents(of: path) { files["\(name)/\(inner)"] = text }
    } else {
      files[name] = String(decoding: try FileSystem.bytes(of: path, limit: 1 << 24), as: UTF8.self)
    }
  }
  return files
}

private func remove(tree path: String) {
  for name in (try? FileSystem.names(in: path)) ?? [] {
    let inner = "\(path)/\(name)"
    if FileSystem.isDirectory(inner) { remove(tree: inner) } else { unlink(inner) }
  }
  rmdir(path)
}

// MARK: A small corpus

/// A small corpus with one of everything.
enum Sample {
  static let files: [String: String] = [
    "casebook.yaml": """
    casebook: sample
    title: A sample

    """,
    "vocabulary.yaml": """
    - predicate: birth.date
      label: Born
      type: date
      values: one
      scope: The date of birth.
    - predicate: recall
      label: Recalled
      type: term
      values: many
      terms: {ordered: plainly ordered, summoned: called in}
      qualifiers: {date: date, outcome: {type: term, terms: [cancelled, evaded]}}
      scope: A recall.
    - predicate: linked-case
      label: Linked
      type: case
      values: many
      scope: Another case.
    - predicate: fear
      label: Feared
      type: yes/no
      values: one
      scope: A fear.

    """,
    "sources.yaml": """
    - source: monograph
      title: "Defectors: A Study"
      issued: 1955-01
      csl: {type: report, author: [{literal: The Bureau}], volume: 2}
      copies:
        - {id: transcript, kind: transcript, description: All of it.}
      derives-from:
        - {source: memoir, grounds: Cited in note 1.}
    - source: memoir
      title: I Chose
      issued: 1946

    """,
    "cases/pavlov.yaml": """
    case: pavlov
    kind: person
    name: Pavlov
    voices:
      - source: monograph
        locator: p. 3
        claims:
          - id: linked
            predicate: linked-case
            value: gouzenko

    """,
    "cases/gouzenko.yaml": """
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
        claims:
          - id: birth-memoir
            predicate: birth.date
            value: 1919~
            locator: p. 1
    annotations:
      - id: on-note
        on: note-1
        text: The page is 133.
        motivation: commenting
        tags: [slip]
        citations:
          - {id: see-memoir, work: memoir, as: see}
      - id: on-annotation
        on: on-note
        text: So it is.
      - id: on-case
        on: case
        text: A short case.
    disputes:
      - {id: wrong-day, claim: birth-date, grounds: The register differs., counter: birth-memoir}

    """,
    "cases/two.yaml": """
    case: two
    kind: group

    """,
    "tabulations.yaml": """
    - tabulation: feared-and-recalled
      source: monograph
      locator: p. 5
      statement: Of those recalled one was afraid.
      stated: {count: 1, bound: exactly}
      population: tabulation/recalled
      criterion: fear = yes
    - tabulation: recalled
      source: monograph
      locator: p. 4
      statement: Two were recalled.
      stated: {count: 2, bound: at-least}
      population: two
      named: {yes: [gouzenko], no: [pavlov]}
      criterion: recall = ordered

    """,
  ]

  /// The corpus with the first `old` of a file replaced.
  static func changing(_ path: String, _ old: String, to new: String) -> [String: String] {
    var files = files
    guard let range = files[path]?.range(of: old) else {
      preconditionFailure("\(path) does not say \"\(old)\"")
    }
    files[path]?.replaceSubrange(range, with: new)
    return files
  }

  /// The corpus as it is read from a directory.
  static func read(_ files: [String: String] = files) async throws -> CorpusFiles {
    try await withDirectory(files) { try CorpusReader(directory: $0).read() }
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

// MARK: Casebooks

extension TestTemplate {
  /// A database with Dossier's schema.
  static let migrated = TestTemplate(name: "migrated") { configuration in
    let connection = try await PostgresConnection.connect(configuration)
    do {
      try await Migrator().migrate(connection)
      // A superuser cannot be a member of a casebook.
      try await connection.execute(
        script: """
          DO $$ BEGIN
            CREATE ROLE \(analyst) LOGIN IN ROLE dossier_admin;
          EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
          END $$
          """)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  /// The login role of the analyst whose tests these are.
  static let analyst = "corpus_analyst"
}

/// Runs a test on a casebook of its own.
func withCasebook<R>(
  _ content: CasebookContent? = nil, _ body: (CasebookStore) async throws -> R
) async throws -> R {
  try await withTestDatabase(.migrated) { configuration in
    var configuration = configuration
    configuration.user = TestTemplate.analyst
    let pool = PostgresPool(configuration)
    do {
      let content = try content ?? CasebookContent(slug: Slug("sample"), title: "A sample")
      let log = EventLog(pool)
      let id = try await log.create(content)
      let result = try await body(
        CasebookStore(log: log, casebookID: id, slug: content.slug))
      await pool.close()
      return result
    } catch {
      await pool.close()
      throw error
    }
  }
}

extension CasebookStore {
  /// The position of the last event.
  var head: Int64 {
    get async throws { try await log.resolve(.head, of: casebookID).position }
  }

  /// A case as it is now.
  func current(_ slug: String) async throws -> Case {
    let slug = try Slug(slug)
    return try await view(of: [slug]).state.caseFile(slug)
  }
}
