/// The moment of a casebook that files were written from. What the files say otherwise than the casebook did then
/// was changed in the files; what the casebook says otherwise now was changed there.
public struct ExportPoint: Hashable, Sendable {
  /// The position of the last event that they show.
  public let position: Int64
  /// When that event was recorded, as ISO 8601 UTC. It tells this casebook's event from another's at that position.
  public let recordedAt: String

  /// The name of the field of `casebook.yaml` that holds it.
  static let field = "exported"
}

extension Fields {
  /// The moment that the files were written from, if they say so.
  mutating func exportPoint() -> ExportPoint? {
    guard var inner = fields(ExportPoint.field) else { return nil }
    let position = inner.required("position")
    let recordedAt = inner.required("recorded")
    inner.finish()
    guard let position, let recordedAt else { return nil }
    guard let number = Int64(position), number > 0 else {
      inner.refuse("position: \"\(position)\" is no position of an event", at: "position")
      return nil
    }
    return ExportPoint(position: number, recordedAt: recordedAt)
  }
}
