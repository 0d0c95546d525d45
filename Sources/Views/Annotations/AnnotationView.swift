import Casebook
public import EventLog

/// What analysts say of cases, sources and the casebook, withdrawn annotations included.
public enum AnnotationView: Projection {
  public static let name = "annotation_view"
  public static let version = 2
  public static let summary = "annotations: what analysts say of cases, sources and counts"
  public static let streams: Set<StreamKind> = [.casebook, .source, .case]
  public static let columns = [
    ViewColumn("stream_kind", .text), ViewColumn("stream_id", .text),
    ViewColumn("annotation", .integer), ViewColumn("target", .text), ViewColumn("text", .text),
    ViewColumn("motivation", .text), ViewColumn("tags", .texts), ViewColumn("status", .text),
    ViewColumn("revision", .integer), ViewColumn("recorded_at", .timestamp),
    ViewColumn("recorded_by", .text), ViewColumn("recorded_position", .bigint),
  ]
  public static let keyColumns = 3

  public static func items(touchedBy step: Step) -> [Int] {
    switch step.fact?.event {
    case .annotationAdded(let number, _, _), .annotationRevised(let number, _),
      .annotationWithdrawn(let number, _):
      [number]
    default: []
    }
  }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    guard let annotation = step.after.annotations(of: step.stream)?[item] else { return [] }
    let content = annotation.content
    var row = RowBuilder(self)
    row.add(step.event.stream.kind.rawValue)
    row.add(step.event.stream.id)
    row.add(annotation.number)
    row.add(content.target.description)
    row.add(content.text)
    row.add(content.motivation?.rawValue)
    row.add(content.tags)
    row.add(annotation.isWithdrawn ? "withdrawn" : "current")
    row.add(annotation.revision)
    row.add(annotation.recorded)
    return [row.row]
  }
}
