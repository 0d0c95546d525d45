import Analysis
import Casebook
import CasebookStore
import StrictJSON

extension View {
  /// What a change of a claim would change, as `impact` gives it.
  func json(_ impact: Impact) -> JSON {
    document(
      ("claim", impact.before.claims[impact.claim.number].map { json($0, in: impact.before) }),
      ("supposing", .string(impact.supposition.name)),
      ("value", .text(impact.supposition.value)),
      (
        "conclusions",
        .array(impact.conclusions.map { json($0.conclusion, in: $0.file) })
      ),
      (
        "comparisons",
        .array(
          impact.comparisons.map {
            .document(
              ("predicate", .string($0.predicate.id)), ("before", $0.before.map(Self.json(side:))),
              ("after", $0.after.map(Self.json(side:))))
          })
      ),
      ("tabulations", .array(impact.tabulations.map(Self.json))))
  }

  private static func json(side comparison: PredicateComparison) -> JSON {
    .document(
      ("relation", .string(comparison.relation.rawValue)),
      ("voices", .integer(comparison.origins.voices.count)),
      ("origins", .integer(comparison.origins.count)))
  }

  private static func json(_ impact: TabulationImpact) -> JSON {
    .document(
      ("id", .string(impact.before.content.id.text)),
      ("statement", .string(impact.before.content.statement)),
      ("before", json(side: impact.before)), ("after", json(side: impact.after)),
      (
        "cases",
        .array(
          impact.moves.map {
            .document(
              ("case", .string($0.slug.text)), ("before", .text($0.before?.rawValue)),
              ("after", .text($0.after?.rawValue)), ("firmness", .boolean($0.changesFirmness)))
          })
      ))
  }

  private static func json(side result: TabulationResult) -> JSON {
    .document(
      ("verdict", .string(result.verdict.rawValue)),
      ("supported", .integer(result.cases(.yes).count)),
      ("supportedHedged", .integer(result.supportedHedged)),
      ("wanting", .integer(result.cases(.no).count)),
      ("silent", .integer(result.cases(.silent).count)))
  }
}

extension Supposition {
  /// What is supposed, in a word.
  var name: String {
    switch self {
    case .withdrawn: "withdrawn"
    case .reinstated: "reinstated"
    case .corrected: "corrected"
    }
  }

  /// The value supposed.
  var value: String? {
    if case .corrected(let value) = self { value } else { nil }
  }
}
