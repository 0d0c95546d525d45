import Casebook
public import EventLog

/// The cases, as `case list` shows them.
public enum CaseView: Projection {
  public static let name = "case_view"
  public static let version = 1
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
    var row = RowBuilder(self)
    row.add(file.slug.text)
    row.add(file.title)
    row.add(file.kind.rawValue)
    row.add(file.isClosed ? "closed" : "open")
    row.add(file.claims.values.count { $0.status == .current })
    row.add(file.annotations.all.values.count { !$0.isWithdrawn })
    row.add(file.sources.map(\.text))
    row.add(position: file.lastPosition)
    return [row.row]
  }
}
