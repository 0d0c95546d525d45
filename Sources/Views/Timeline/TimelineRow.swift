import PostgresClient

/// A date that a claim gives, as `timeline_view` has it.
public struct TimelineRow: Hashable, Sendable {
  /// The case, and the claim's number in it.
  public let home: String, claim: Int
  /// The qualifier that gives the date; nil for the value itself.
  public let qualifier: String?
  /// The date (EDTF, ISO 8601-2).
  public let edtf: String

  init(_ row: PostgresRow) throws(PostgresError) {
    var reader = RowReader(row)
    home = try reader.next()
    claim = try reader.number()
    let qualifier = try reader.next(String.self)
    self.qualifier = qualifier.isEmpty ? nil : qualifier
    edtf = try reader.next()
  }
}

extension ViewStore {
  /// The dates that claims gave at a position which the view has reached, case by case and claim by claim.
  public func dates(at position: Int64) async throws -> [TimelineRow] {
    try await rows(of: TimelineView.self, at: position)
      .map { row throws(PostgresError) in try TimelineRow(row) }
  }
}
