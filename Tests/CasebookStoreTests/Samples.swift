import Casebook
import CasebookStore
import TestSupport

extension Desk {
  /// Registers the sources `alpha` and `beta` and opens the cases `anna` and `boris`.
  func prepare() async throws {
    try await perform(
      RegisterSource(.named("alpha")), RegisterSource(.named("beta")),
      OpenCase(.named("anna")), OpenCase(.named("boris")))
  }
}

extension SourceContent {
  static func named(_ slug: String) throws -> SourceContent {
    SourceContent(
      slug: try Slug(slug), title: "The \(slug) book", issued: nil, issuedTo: nil, csl: nil)
  }
}

extension CaseContent {
  static func named(_ slug: String) throws -> CaseContent {
    CaseContent(slug: try Slug(slug), kind: .person, name: nil)
  }
}

/// A statement in a source about a case.
func statement(
  _ text: String, on slug: String = "anna", in source: String = "alpha"
) throws -> RecordClaim {
  var draft = ClaimDraft(predicate: "statement", value: text)
  draft.source = source
  draft.locator = "p. 1"
  return RecordClaim(try Slug(slug), draft)
}

/// A correction of a claim's value.
func correct(_ reference: String, _ text: String) throws -> CorrectClaim {
  CorrectClaim(
    try ItemReference(reference), ClaimEdit(fields: [.value: text]), kind: .transcription,
    reason: "misread")
}

extension CasebookState {
  /// The values of a case's claims that stand.
  func statements(of slug: String = "anna") throws -> [String] {
    try caseFile(try Slug(slug)).sortedClaims.filter { $0.status == .current }
      .map { $0.content.assertion.display }
  }
}
