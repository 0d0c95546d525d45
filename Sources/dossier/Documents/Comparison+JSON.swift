import Analysis
import Casebook
import CasebookStore
import StrictJSON

extension View {
  /// One predicate of a case, as `compare` gives it.
  func json(_ comparison: PredicateComparison) -> JSON {
    let sources = comparison.sources.map { source, readings in
      (source.text, JSON.array(readings.map(json)))
    }
    return .document(
      ("predicate", .string(comparison.predicate.id)),
      ("relation", .string(comparison.relation.rawValue)),
      ("onlyByAbout", .boolean(comparison.isOnlyByAbout)),
      ("selfConflicts", .slugs(comparison.selfConflicts)),
      ("sources", .object(JSONObject(sources))),
      ("voices", .integer(comparison.origins.voices.count)),
      ("origins", .integer(comparison.origins.count)),
      ("paths", comparison.origins.pathsJSON))
  }

  private func json(_ reading: ComparedClaim) -> JSON {
    let content = reading.claim.content
    return .document(
      ("ref", .string(reading.reference.description)),
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
      ("disputed", .boolean(!reading.file.openDisputes(of: reading.claim.number).isEmpty)),
      ("variants", .array(reading.variants.map { .string($0.description) })))
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
