import Casebook
import EDTF
public import EventLog
import StrictJSON

/// The claims of all cases, withdrawn ones included, as they stand after corrections.
public enum ClaimView: Projection {
  public static let name = "claim_view"
  public static let version = 3
  public static let summary = "claims: value, place in the source, attribution, bounds of dates"
  public static let streams: Set<StreamKind> = [.case]
  public static let columns = [
    ViewColumn("case_id", .text), ViewColumn("claim", .integer), ViewColumn("source_id", .text),
    ViewColumn("predicate", .text), ViewColumn("state", .text), ViewColumn("type", .text),
    ViewColumn("value", .text), ViewColumn("earliest", .date), ViewColumn("latest", .date),
    ViewColumn("polarity", .text), ViewColumn("hedge", .text), ViewColumn("as_written", .text),
    ViewColumn("stance", .text), ViewColumn("said_by", .text), ViewColumn("qualifiers", .json),
    ViewColumn("locator", .text), ViewColumn("quote", .text), ViewColumn("status", .text),
    ViewColumn("revision", .integer), ViewColumn("disputed", .boolean),
    ViewColumn("recorded_at", .timestamp), ViewColumn("recorded_by", .text),
    ViewColumn("recorded_position", .bigint), ViewColumn("disputes", .texts),
    ViewColumn("changed_at", .timestamp), ViewColumn("changed_by", .text),
    ViewColumn("changed_position", .bigint), ViewColumn("correction", .text),
    ViewColumn("reason", .text),
  ]
  public static let keyColumns = 2

  public static func items(touchedBy step: Step) -> [Int] {
    switch step.fact?.event {
    case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
      .claimWithdrawn(let number, _), .claimReinstated(let number, _):
      [number]
    case .claimDisputed(_, let content, _): [content.claim]
    case .disputeResolved(let number, _):
      step.caseFile?.disputes[number].map { [$0.content.claim] } ?? []
    default: []
    }
  }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let file = step.caseFile, let claim = file.claims[item] else { return [] }
    let content = claim.content
    var row = RowBuilder(self)
    row.add(file.slug.text)
    row.add(claim.number)
    row.add(content.source.text)
    row.add(content.predicate)
    row.add(content.assertion.state.rawValue)
    row.add(content.assertion.value?.type.rawValue)
    row.add(content.assertion.display)
    row.add(boundsOf: content.assertion.value?.date)
    row.add(content.isNegative ? "negative" : "positive")
    row.add(content.hedge)
    row.add(content.asWritten)
    row.add(content.attribution.stance.rawValue)
    row.add(content.attribution.saidBy?.display)
    row.add(
      JSON.object(
        JSONObject(content.sortedQualifiers.map { ($0.id, .string($0.value.display)) })))
    row.add(content.locator)
    row.add(content.quote)
    row.add(claim.status.rawValue)
    row.add(claim.revision)
    let disputes = file.disputes.isEmpty ? [] : file.openDisputes(of: claim.number)
    row.add(!disputes.isEmpty)
    row.add(claim.recorded)
    row.add(disputes.map { "d\($0.number)" })
    row.add(claim.changed == claim.recorded ? nil : claim.changed)
    row.add(claim.correction?.rawValue)
    row.add(claim.reason)
    return [row.row]
  }
}
