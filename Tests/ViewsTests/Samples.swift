import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport

@testable import Views

extension Desk {
  /// Registers the source `alpha`, opens so many cases `case-0`, `case-1`, … and records two statements on each.
  func prepare(cases: Int = 6) async throws {
    try await perform(
      RegisterSource(
        SourceContent(
          slug: try Slug("alpha"), title: "The book", issued: nil, issuedTo: nil, csl: nil)))
    for number in 0..<cases {
      let slug = "case-\(number)"
      try await perform(
        OpenCase(CaseContent(slug: try Slug(slug), kind: .person, name: nil)),
        statement("one", on: slug), statement("two", on: slug))
    }
  }

  /// Appends a claim that this version of Dossier cannot read, as another program or version might; returns its position.
  func poison(
    _ slug: String, type: String = "claim.recorded", version: Int = 1
  ) async throws -> Int64 {
    try await intrude(
      Intruder.Event(
        type, on: StreamID(.case, slug), schemaVersion: version, voice: "alpha",
        #"{"ref":"c7","what":"is this"}"#))
  }

  /// How many rows all generations of a view have together.
  func storedRowCount(of projection: any Projection.Type) async throws -> Int64 {
    try await store.log.pool.query(
      "SELECT count(*) FROM \(raw: "dossier.\(projection.name)")"
    )[0].decode(Int64.self, at: 0)
  }
}

/// A statement in the source `alpha` about a case.
func statement(_ text: String, on slug: String = "case-0") throws -> RecordClaim {
  var draft = ClaimDraft(predicate: "statement", value: text)
  draft.source = "alpha"
  draft.locator = "p. 1"
  return RecordClaim(try Slug(slug), draft)
}
