import Casebook
public import EventLog

/// The cases, as `case list` shows them.
public enum CaseView: Projection {
  public static let name = "case_view"
  public static let version = 2
  public static let summary = "cases: name, kind, how much is known of them and from whom"
  public static let streams: Set<StreamKind> = [.case]
  public static let columns = [
    ViewColumn("case_id", .text), ViewColumn("name", .text), ViewColumn("kind", .text),
    ViewColumn("status", .text), ViewColumn("claims", .integer),
    ViewColumn("annotations", .integer), ViewColumn("sources", .texts),
    ViewColumn("last_position", .bigint),
  ]
  public static let keyColumns = 1

  public static func items(touchedBy step: Step) -> [Int] { [0] }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let file = step.caseFile else { return [] }
    let shown = CaseRow(file)
    var row = RowBuilder(self)
    row.add(shown.slug)
    row.add(shown.name)
    row.add(shown.kind)
    row.add(shown.isClosed ? "closed" : "open")
    row.add(shown.claims)
    row.add(shown.annotations)
    row.add(shown.sources)
    row.add(position: shown.lastPosition)
    return [row.row]
  }
}
