import Casebook
import EDTF
public import EventLog
import StrictJSON

/// The registered sources, as amended and graded.
public enum SourceView: Projection {
  public static let name = "source_view"
  public static let version = 3
  public static let summary = "sources: title, date of issue, grade, copies, what they derive from"
  public static let streams: Set<StreamKind> = [.source]
  public static let columns = [
    ViewColumn("source_id", .text), ViewColumn("title", .text), ViewColumn("issued", .text),
    ViewColumn("earliest", .date), ViewColumn("latest", .date), ViewColumn("issued_to", .text),
    ViewColumn("csl", .json), ViewColumn("grade", .text), ViewColumn("copies", .integer),
    ViewColumn("derived_from", .texts), ViewColumn("annotations", .integer),
    ViewColumn("last_position", .bigint), ViewColumn("grade_grounds", .text),
    ViewColumn("copy_list", .json), ViewColumn("derivations", .json),
    ViewColumn("texts", .json), ViewColumn("version", .bigint),
  ]
  public static let keyColumns = 1

  public static func items(touchedBy step: Step) -> [Int] { [0] }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let source = step.after.sources[step.stream.id] else { return [] }
    let content = source.content
    var row = RowBuilder(self)
    row.add(source.slug.text)
    row.add(content.title)
    row.add(content.issued?.text)
    row.add(boundsOf: content.issued)
    row.add(content.issuedTo)
    row.add(content.csl.map { $0.text })
    row.add(source.grade?.content.rawValue)
    row.add(source.copies.count)
    row.add(source.derivations.map(\.content.from.text))
    row.add(source.annotations.all.values.count { !$0.isWithdrawn })
    row.add(position: source.lastPosition)
    row.add(source.grade?.grounds)
    let shown = SourceRow(source)
    row.add(shown.copies)
    row.add(shown.derivations)
    row.add(JSON.array(shown.texts))
    row.add(position: shown.version)
    return [row.row]
  }
}
