import Casebook
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Checking a view") struct CheckTests {
  /// What somebody who may do anything on the server did to the rows, and what a check says of it.
  static let damage: [(sql: String, column: String?, stored: String?, expected: String?)] = [
    (
      "UPDATE dossier.claim_view SET value = 'another' WHERE case_id = 'case-3' AND claim = 2",
      "value", "another", "two"
    ),
    (
      "UPDATE dossier.claim_view SET disputed = true WHERE case_id = 'case-3' AND claim = 2",
      "disputed", "true", "false"
    ),
    (
      "UPDATE dossier.claim_view SET quote = 'words' WHERE case_id = 'case-3' AND claim = 2",
      "quote", "words", nil
    ),
    ("DELETE FROM dossier.claim_view WHERE case_id = 'case-3' AND claim = 2", nil, nil, "a row"),
    (
      """
      INSERT INTO dossier.claim_view
      SELECT casebook_id, generation_id, from_position, to_position, 'case-3', 9, source_id,
        predicate, state, type, value, earliest, latest, polarity, hedge, as_written, stance,
        said_by, qualifiers, locator, quote, status, revision, disputed, recorded_at,
        recorded_by, recorded_position
      FROM dossier.claim_view WHERE case_id = 'case-3' AND claim = 2
      """, nil, "a row", nil
    ),
  ]

  @Test(
    "It names the first row and column that are not what the log says", arguments: damage.indices)
  func named(index: Int) async throws {
    let damage = Self.damage[index]
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.rebuild(ClaimView.self)
      _ = try await database.asSuperuser { try await $0.query(PostgresQuery(raw: damage.sql)) }

      let report = try await desk.views.check(ClaimView.self)

      let first = try #require(report.first)
      #expect(report.differing == 1 && first.home == "case-3")
      #expect(first.column == damage.column)
      #expect(first.stored == damage.stored && first.expected == damage.expected)
    }
  }

  @Test("Rows of a case that the log does not know are found as well")
  func unknownCase() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.rebuild(CaseView.self)
      try await database.asSuperuser {
        _ = try await $0.query(
          "UPDATE dossier.case_view SET case_id = 'a' WHERE case_id = 'case-5'")
      }

      let report = try await desk.views.check(CaseView.self)

      #expect(report.differing == 2 && report.first?.home == "a")
    }
  }

  @Test("A view that does not hold what it should is not carried on")
  func damaged() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.rebuild(ClaimView.self)
      _ = try await database.asSuperuser { try await $0.query("DELETE FROM dossier.claim_view") }
      try await desk.perform(
        WithdrawClaim(try ItemReference("case-0/c1"), reason: "another person"))

      await #expect(throws: ViewError.damaged(view: "claim_view")) {
        try await desk.views.catchUp(ClaimView.self)
      }
    }
  }

  @Test("A view that is dropped while somebody reads is not mistaken for one without rows")
  func dropped() async throws {
    try await withCasebook { _, desk in
      try await desk.buildViews()
      let head = try await desk.head()
      #expect(try await desk.views.claims(at: head).isEmpty)
      _ = try await desk.views.drop(CitationView.self)
      _ = try await desk.views.drop(SearchView.self)
      await #expect(throws: ViewError.notBuilt(view: "citation_view")) {
        try await desk.views.claims(at: head)
      }
      await #expect(throws: ViewError.notBuilt(view: "search_view")) {
        try await desk.views.search(SearchQuery(["one"]), at: head)
      }
    }
  }

  @Test("A view that was never built is not checked")
  func notBuilt() async throws {
    _ = try await withCasebook { _, desk in
      await #expect(throws: ViewError.notBuilt(view: "case_view")) {
        try await desk.views.check(CaseView.self)
      }
    }
  }
}
