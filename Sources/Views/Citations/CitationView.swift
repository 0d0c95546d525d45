import Casebook
public import EventLog

/// The citations of all cases, withdrawn ones included: which works, by whom, where.
public enum CitationView: Projection {
  public static let name = "citation_view"
  public static let version = 2
  public static let summary = "citations: works, who cites them and where"
  public static let streams: Set<StreamKind> = [.case]
  public static let columns = [
    ViewColumn("case_id", .text), ViewColumn("citation", .integer), ViewColumn("target", .text),
    ViewColumn("work", .text), ViewColumn("locator", .text), ViewColumn("note", .text),
    ViewColumn("role", .text), ViewColumn("source_id", .text), ViewColumn("status", .text),
    ViewColumn("revision", .integer), ViewColumn("recorded_at", .timestamp),
    ViewColumn("recorded_by", .text), ViewColumn("recorded_position", .bigint),
  ]
  public static let keyColumns = 2

  public static func items(touchedBy step: Step) -> [Int] {
    switch step.fact?.event {
    case .citationAdded(let number, _, _), .citationCorrected(let number, _),
      .citationWithdrawn(let number, _):
      [number]
    default: []
    }
  }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let file = step.caseFile, let citation = file.citations[item] else { return [] }
    let content = citation.content
    var row = RowBuilder(self)
    row.add(file.slug.text)
    row.add(citation.number)
    row.add(content.target.local)
    row.add(content.work.text)
    row.add(content.locator)
    row.add(content.note)
    row.add(content.role.rawValue)
    row.add(citation.voice?.text)
    row.add(citation.isWithdrawn ? "withdrawn" : "current")
    row.add(citation.revision)
    row.add(citation.recorded)
    return [row.row]
  }
}
