import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Search") struct SearchTests {
  // MARK: Pure

  @Test(
    "A name is kept under a key under which its other spellings are looked for",
    arguments: [
      ("Deryabin", "Derjabin"), ("Derjabin's", "Дерябин"), ("Łódź", "Lodz"),
      ("Guzenko", "Gouzenko"), ("Helfand", "Гельфанд"), ("Mueller", "Müller"),
    ])
  func keys(_ stored: String, _ sought: String) {
    #expect(!NameKeys.sought(sought).isDisjoint(with: NameKeys.all(in: [stored])))
  }

  @Test(
    "A name that is no Slavic one is not looked for as one",
    arguments: [("Yuan", "Juan"), ("Schaw", "Shaw"), ("Khall", "Hall")])
  func others(_ stored: String, _ sought: String) {
    #expect(NameKeys.sought(sought).isDisjoint(with: NameKeys.all(in: [stored])))
  }

  @Test("Only words with a capital are names, and short ones tell nothing")
  func names() {
    #expect(
      NameKeys.all(in: ["met Petrov at LI in Łódź, Petrov"])
        == ["~lodz", "~petrov", "~~lodts", "~~lodz", "~~petrov"])
    #expect(NameKeys.sought("Li").isEmpty)
    #expect(NameKeys.sought(String(repeating: "Ab", count: 400)).isEmpty)
    #expect(SearchQuery(["Petrov", "hid Papers", "x"]).names == ["~petrov|~~petrov", "", ""])
    var query = SearchQuery(["Petrov"])
    query.isExact = true
    #expect(query.names == [""])
  }

  @Test("What was found is marked where it stands as a word, and nothing of the text is lost")
  func marking() {
    let text = "Derjabin's papers: paper, sandpaper\u{1}, DERYABIN"
    let fragment = SearchHit.Fragment(
      text, words: ["papers", "paper"], names: NameKeys.sought("Deryabin"))
    #expect(fragment.text == text)
    #expect(
      fragment.parts.filter(\.isHit).map(\.text) == ["Derjabin's", "papers", "paper", "DERYABIN"])
    #expect(!SearchHit.Fragment("nothing", words: ["thing"], names: []).hasHit)
    #expect(SearchHit.Fragment("", words: ["x"], names: []).parts.isEmpty)
  }

  // MARK: In the database

  private func found(
    _ desk: Desk, _ terms: String..., at position: Int64? = nil,
    _ narrow: (inout SearchQuery) throws -> Void = { _ in }
  ) async throws -> [String] {
    var query = SearchQuery(terms)
    try narrow(&query)
    let end: Int64
    if let position { end = position } else { end = try await desk.head() }
    let (hits, count) = try await desk.views.search(query, at: end)
    if query.limit == nil { #expect(count == hits.count) }
    return hits.map {
      "\($0.home ?? "casebook")/\($0.kind.rawValue.prefix(1))\($0.number)\($0.isApproximate ? "~" : "")"
    }
  }

  private func prepare(_ desk: Desk) async throws {
    try await desk.prepare(cases: 2)
    var draft = ClaimDraft(predicate: "name.primary", value: "Petr S. Derjabin")
    draft.source = "alpha"
    draft.locator = "p. 3"
    draft.quote = "He hid papers, then defected."
    try await desk.perform(
      RecordClaim(try Slug("case-0"), draft),
      AddAnnotation(
        AnnotationContent(
          target: .item(try ItemReference("case-0/c3")), text: "Deryabin defects, says he",
          motivation: nil, tags: ["slip"])))
    try await desk.rebuild(SearchView.self)
  }

  @Test("Words are found in any form, terms together, phrases side by side, names in any spelling")
  func terms() async throws {
    try await withCasebook { _, desk in
      try await prepare(desk)
      #expect(Set(try await found(desk, "defecting")) == ["case-0/c3", "case-0/a1"])
      #expect(try await found(desk, "defected", "papers") == ["case-0/c3"])
      #expect(try await found(desk, "hid papers") == ["case-0/c3"])
      #expect(try await found(desk, "papers hid").isEmpty)
      #expect(try await found(desk, "deryabin") == ["case-0/a1", "case-0/c3~"])
      #expect(try await found(desk, "DERJABIN") == ["case-0/c3", "case-0/a1~"])
      #expect(try await found(desk, "Дерябин", "papers") == ["case-0/c3~"])
      #expect(try await found(desk, "book") == ["alpha/s0"])
      #expect(try await found(desk, "the").isEmpty)
      #expect(try await found(desk, "'); DROP TABLE", "&|!:*<->").isEmpty)
    }
  }

  @Test("A search is narrowed by case, source, predicate, tag, recorder, position and number")
  func filters() async throws {
    try await withCasebook { _, desk in
      try await prepare(desk)
      let head = try await desk.head()
      #expect(try await found(desk, "one").count == 2)
      #expect(try await found(desk, "one") { $0.cases = [try Slug("case-1")] } == ["case-1/c1"])
      #expect(try await found(desk, "one") { $0.limit = 1 }.count == 1)
      #expect(
        try await found(desk, "defects") { $0.sources = [try Slug("alpha")] } == ["case-0/c3"])
      #expect(try await found(desk, "defects") { $0.predicate = "name.*" } == ["case-0/c3"])
      #expect(try await found(desk, "defects") { $0.predicate = "statement" }.isEmpty)
      #expect(try await found(desk, "defects") { $0.tag = "slip" } == ["case-0/a1"])
      #expect(try await found(desk, "defects") { $0.recordedBy = desk.role }.count == 2)
      #expect(try await found(desk, "defects") { $0.recordedBy = "nobody" }.isEmpty)
      #expect(try await found(desk, "defects") { $0.after = head - 1 } == ["case-0/a1"])
      #expect(try await found(desk, "defects") { $0.until = head - 1 } == ["case-0/c3"])
    }
  }

  @Test("Any position is searched as it stood: corrected, withdrawn, and before")
  func positions() async throws {
    try await withCasebook { _, desk in
      try await prepare(desk)
      let before = try await desk.head()
      var edit = ClaimEdit()
      edit.fields[.value] = "Igor Gouzenko"
      try await desk.perform(
        CorrectClaim(
          try ItemReference("case-0/c3"), edit, kind: .transcription, reason: "misread"),
        WithdrawClaim(try ItemReference("case-1/c1"), reason: "twice"),
        WithdrawAnnotation(try ItemReference("case-0/a1"), reason: "no"))
      try await desk.views.catchUp(SearchView.self)

      #expect(try await found(desk, "Deryabin").isEmpty)
      #expect(try await found(desk, "Guzenko") == ["case-0/c3~"])
      #expect(try await found(desk, "one") == ["case-0/c1"])
      #expect(try await found(desk, "Deryabin", at: before) == ["case-0/a1", "case-0/c3~"])
      #expect(try await found(desk, "one", at: before).count == 2)
      #expect(try await found(desk, "one", at: 1).isEmpty)
    }
  }

  @Test("Members search what they may read, and others are refused")
  func access() async throws {
    try await withCasebook { database, desk in
      try await prepare(desk)
      let reader = try await database.join(desk, as: "boris", .read)
      #expect(try await found(reader, "hid papers") == ["case-0/c3"])
      let stranger = try await database.casebook("other", by: "eve")
      let theirs = try await database.desk(stranger.configuration, at: desk)
      let error = await #expect(throws: PostgresError.self) {
        try await theirs.views.search(SearchQuery(["one"]), at: 9)
      }
      #expect(error?.sqlState == .insufficientPrivilege)
      for desk in [reader, stranger, theirs] { await desk.leave() }
    }
  }

  @Test("The words of any position are found by their index")
  func plan() async throws {
    try await withCasebook { database, desk in
      try await prepare(desk)
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: """
            INSERT INTO dossier.search_view (casebook_id, generation_id, from_position, stream_kind,
              stream_id, kind, number, is_negative, tags, text, names, recorded_at, recorded_by,
              recorded_position)
            SELECT casebook_id, generation_id, 1, 'case', 'made-up', 'claim', n, false, '{}',
              'filler ' || n, '{}', now(), 'x', 1
            FROM dossier.active_generation, generate_series(1, 20000) n;
            ANALYZE dossier.search_view;
            """)
        let lines = try await connection.query(
          """
          EXPLAIN SELECT v.text FROM dossier.search_view v
          JOIN dossier.active_generation a
            ON a.casebook_id = v.casebook_id AND a.generation_id = v.generation_id
              AND a.view = 'search_view'
          WHERE v.casebook_id = \(desk.store.casebookID) AND v.words @@ 'derjabin'::tsquery
            AND v.from_position <= 20 AND (v.to_position IS NULL OR v.to_position > 20)
          """
        ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
        #expect(
          lines.contains { $0.contains("Bitmap Index Scan on search_view_words") }, "\(lines)")
      }
    }
  }
}
