import Analysis
import Casebook
import CasebookStore
import StrictJSON

extension View {
  /// One predicate of a case, as `compare` gives it.
  func json(_ comparison: PredicateComparison, in file: Case) -> JSON {
    let sources = comparison.sources.map { source, readings in
      (source.text, JSON.array(readings.map { json($0, in: file) }))
    }
    return .document(
      ("predicate", .string(comparison.predicate.id)),
      ("relation", .string(comparison.relation.rawValue)),
      ("selfConflicts", .slugs(comparison.selfConflicts)),
      ("sources", .object(JSONObject(sources))),
      ("voices", .integer(comparison.origins.voices.count)),
      ("origins", .integer(comparison.origins.count)),
      ("paths", comparison.origins.pathsJSON))
  }

  private func json(_ reading: ComparedClaim, in file: Case) -> JSON {
    let content = reading.claim.content
    return .document(
      ("ref", .string("\(file.slug)/c\(reading.claim.number)")),
      ("value", .string(content.assertion.display)),
      ("locator", .string(content.locator)),
      ("state", .string(content.assertion.state.rawValue)),
      ("polarity", content.isNegative ? "negative" : "positive"),
      ("stance", .string(content.attribution.stance.rawValue)),
      ("saidBy", .text(content.attribution.saidBy?.display)),
      ("hedge", .text(content.hedge)),
      (
        "qualifiers",
        .object(JSONObject(content.sortedQualifiers.map { ($0.id, .string($0.value.display)) }))
      ),
      ("disputed", .boolean(!file.openDisputes(of: reading.claim.number).isEmpty)),
      ("variants", Self.refs(reading.variants, file.slug)))
  }
}

extension Origins {
  /// The ways from each voice to what it rests on, a list for each origin.
  var pathsJSON: JSON {
    .array(
      groups.map { group in
        .array(group.paths.map { path in .array(path.map { .string($0.display) }) })
      })
  }

  /// "2 voices, 1 origin".
  var words: String { "\(counted(voices.count, "voice")), \(counted(count, "origin"))" }
}
