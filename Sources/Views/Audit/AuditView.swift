import Casebook
import CasebookStore
public import EventLog
import StrictJSON

/// Every event and what it changed, each in the trail of exactly one voice: its source's, or the analysts'.
public enum AuditView: Projection {
  public static let name = "audit_view"
  public static let version = 3
  public static let summary = "the trail: what every event changed, separated by voice"
  public static let streams: Set<StreamKind> = [.casebook, .source, .case]
  public static let columns = [
    ViewColumn("stream_kind", .text), ViewColumn("stream_id", .text),
    ViewColumn("position", .bigint), ViewColumn("source_id", .text), ViewColumn("action", .text),
    ViewColumn("reference", .text), ViewColumn("predicate", .text), ViewColumn("before", .json),
    ViewColumn("after", .json), ViewColumn("locator", .text), ViewColumn("reason", .text),
    ViewColumn("is_voided", .boolean), ViewColumn("recorded_at", .timestamp),
    ViewColumn("recorded_by", .text), ViewColumn("correction", .text),
  ]
  public static let keyColumns = 3
  public static let comparesStates = true

  public static func items(touchedBy step: Step) -> [Int] { [Int(step.event.position)] }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    let event = step.event
    let entry = entry(of: step)
    var row = RowBuilder(self)
    row.add(event.stream.kind.rawValue)
    row.add(event.stream.id)
    row.add(position: event.position)
    row.add(event.voice)
    row.add(event.type)
    row.add(entry.reference.description)
    row.add(entry.predicate)
    row.add(json(entry.before))
    row.add(json(entry.after))
    row.add(entry.locator)
    row.add(entry.reason)
    row.add(step.isVoided)
    row.add(event.recordedAt)
    row.add(event.recordedBy)
    row.add(entry.correction?.rawValue)
    return [row.row]
  }

  private static func entry(of step: Step) -> TrailEntry {
    guard let fact = step.fact else { return TrailEntry(unreadable: step.event, of: step.stream) }
    return TrailEntry(
      fact, before: step.before ?? CasebookState(), after: step.after, isVoided: step.isVoided)
  }

  private static func json(_ fields: [TrailEntry.Field]) -> JSON {
    .object(JSONObject(fields.map { ($0.name, .string($0.text)) }))
  }
}
