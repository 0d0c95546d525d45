public import struct FoundationEssentials.UUID
import PostgresClient

extension EventLog {
  /// The short names of the cases opened up to a position, in order.
  public func caseIDs(of casebook: UUID, upTo position: Int64) async throws -> [String] {
    let rows = try await pool.query(
      """
      SELECT stream_id FROM dossier.event
      WHERE casebook_id = \(casebook) AND stream_kind = 'case' AND stream_version = 1
        AND position <= \(position)
      ORDER BY stream_id
      """)
    return try rows.map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
  }

  /// The short names of the cases that events of a stretch of the log are about, in order.
  public func caseIDs(of casebook: UUID, changedIn positions: ClosedRange<Int64>) async throws
    -> [String]
  {
    let rows = try await pool.query(
      """
      SELECT DISTINCT stream_id FROM dossier.event
      WHERE casebook_id = \(casebook) AND stream_kind = 'case'
        AND position BETWEEN \(positions.lowerBound) AND \(positions.upperBound)
      ORDER BY stream_id
      """)
    return try rows.map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
  }
}
