import Casebook
import EDTF
public import EventLog

/// The dates that claims which stand give, as their value or in a qualifier.
public enum TimelineView: Projection {
  public static let name = "timeline_view"
  public static let version = 2
  public static let summary = "dates: everything that claims place in time"
  public static let streams: Set<StreamKind> = [.case]
  public static let columns = [
    ViewColumn("case_id", .text), ViewColumn("claim", .integer), ViewColumn("qualifier", .text),
    ViewColumn("edtf", .text), ViewColumn("earliest", .date), ViewColumn("latest", .date),
    ViewColumn("source_id", .text), ViewColumn("predicate", .text), ViewColumn("value", .text),
  ]
  public static let keyColumns = 3

  public static func items(touchedBy step: Step) -> [Int] {
    switch step.fact?.event {
    case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
      .claimWithdrawn(let number, _), .claimReinstated(let number, _):
      [number]
    default: []
    }
  }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let file = step.caseFile, let claim = file.claims[item], claim.status == .current else {
      return []
    }
    let content = claim.content
    let dates =
      [("", content.assertion.value?.date)]
      + content.sortedQualifiers.map { ($0.id, $0.value.date) }
    return dates.compactMap { qualifier, date in
      guard let date else { return nil }
      var row = RowBuilder(self)
      row.add(file.slug.text)
      row.add(claim.number)
      row.add(qualifier)
      row.add(date.text)
      row.add(boundsOf: date)
      row.add(content.source.text)
      row.add(content.predicate)
      row.add(content.assertion.display)
      return row.row
    }
  }
}
