import Casebook
import CasebookStore
import EDTF
import StrictJSON

extension View {
  /// A conclusion as `conclusion list` and `case show` give it.
  func json(_ conclusion: Conclusion, in file: Case) -> JSON {
    let content = conclusion.content
    let value = content.assertion.value
    let moved = conclusion.movedGrounds(in: file, and: state.cases)
    return .document(
      ("ref", .string("\(file.slug)/k\(conclusion.number)")),
      ("case", .string(file.slug.text)),
      ("predicate", .string(content.predicate)),
      ("state", .string(content.assertion.state.rawValue)),
      ("value", .string(content.assertion.display)),
      ("type", .text(value?.type.rawValue)),
      ("edtf", .text(value?.date?.text)), ("calendar", .text(value?.date?.statedCalendar)),
      ("newStyle", .text(value?.date?.newStyle)),
      ("polarity", content.isNegative ? "negative" : "positive"),
      (
        "qualifiers",
        .object(JSONObject(content.sortedQualifiers.map { ($0.id, .string($0.value.display)) }))
      ),
      ("on", .array(content.grounds.map { .string($0.description) })),
      ("basis", .string(content.basis)),
      ("likelihood", .text(content.likelihood?.rawValue)),
      ("confidence", .text(content.confidence?.rawValue)),
      ("status", conclusion.isWithdrawn ? "withdrawn" : "current"),
      ("stale", .boolean(!moved.isEmpty)),
      (
        "moved",
        .array(
          moved.map {
            .document(
              ("ref", .string($0.claim.description)), ("move", .string($0.move.rawValue)),
              ("position", $0.position.map { .integer($0) }))
          })
      ),
      ("revision", .integer(conclusion.revision)),
      ("recordedAt", .instant(conclusion.recorded.at)),
      ("recordedBy", .string(conclusion.recorded.by)),
      ("position", .integer(conclusion.recorded.position)),
      ("changedAt", .instant(conclusion.changed.at)),
      ("changedBy", .string(conclusion.changed.by)))
  }
}
