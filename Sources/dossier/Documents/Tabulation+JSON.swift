import Analysis
import Casebook
import CasebookStore
import StrictJSON

extension View {
  /// A count with what the claims say of it, as `tabulate` gives it.
  func json(_ result: TabulationResult) -> JSON {
    let content = result.content
    let joined = result.casesJoined
    let differing = result.disagreements.map { ($0.slug.text, JSON.string($0.words)) }
    return .document(
      ("id", .string(content.id.text)),
      ("source", .string(content.source.text)),
      ("locator", .string(content.locator)),
      ("statement", .string(content.statement)),
      ("quote", .text(content.quote)),
      (
        "stated",
        .document(
          ("count", content.count.map { .integer($0) }), ("bound", .string(content.bound.rawValue)))
      ),
      ("population", .string(content.population.display)),
      ("criterion", .string(content.criterion)),
      (
        "cases",
        .document(
          ("yes", .slugs(result.cases(.yes))), ("no", .slugs(result.cases(.no))),
          ("silent", .slugs(result.cases(.silent))))
      ),
      ("supported", .integer(result.cases(.yes).count)),
      ("supportedHedged", .integer(result.supportedHedged)),
      ("verdict", .string(result.verdict.rawValue)),
      (
        "named",
        .document(
          ("yes", .slugs(content.namedYes)), ("no", .slugs(content.namedNo)),
          ("agree", .boolean(differing.isEmpty)), ("differ", .object(JSONObject(differing))))
      ),
      ("joined", joined.isEmpty ? nil : .array(joined.map { .slugs($0) })),
      (
        "possible",
        .slugs(result.findings.filter { $0.membership == .silent }.map(\.slug))
      ),
      (
        "hedged",
        .slugs(result.findings.filter { $0.outcome == .yes && !$0.isFirm }.map(\.slug))
      ),
      (
        "evidence",
        .object(
          JSONObject(result.findings.map { ($0.slug.text, Self.refs($0.evidence)) }))
      ))
  }

  /// What one case's claims say to the counts, as `tabulate --case` gives it.
  func json(_ results: [TabulationResult], for files: [Case]) -> JSON {
    document(
      ("case", .text(files.first?.slug.text)), ("joined", files.joinedJSON),
      ("findings", .array(results.map { json($0, for: files) })))
  }

  func json(_ result: TabulationResult, for files: [Case]) -> JSON {
    let content = result.content
    let finding = result.findings.first
    let named = [(content.namedYes, "yes"), (content.namedNo, "no")]
      .first { named, _ in files.contains { named.contains($0.slug) } }?.1
    let conditions = (finding?.conditions ?? []).map { condition in
      JSON.document(
        ("condition", .string(condition.text)), ("outcome", .string(condition.outcome.rawValue)),
        ("hedged", .boolean(!condition.isFirm)),
        ("deciding", Self.refs(condition.deciding)),
        ("opposing", Self.refs(condition.opposing)))
    }
    return .document(
      ("tabulation", .string(content.id.text)), ("source", .string(content.source.text)),
      ("statement", .string(content.statement)),
      ("population", .string(content.population.display)),
      ("membership", finding.map { .string($0.membership.rawValue) }),
      ("outcome", finding.map { .string($0.outcome.rawValue) }),
      ("hedged", finding.map { .boolean(!$0.isFirm) }), ("named", .text(named)),
      ("conditions", .array(conditions)))
  }

  static func refs(_ claims: [ItemReference]) -> JSON {
    .array(claims.map { .string($0.description) })
  }
}

extension TabulationContent.Population {
  /// The population as files write it.
  var display: String {
    switch self {
    case .group(let slug): slug.text
    case .tabulation(let slug): "tabulation/\(slug)"
    }
  }
}

extension TabulationResult.Disagreement {
  /// What the claims say of the case instead.
  var words: String { found?.rawValue ?? "not among the cases counted" }
}
