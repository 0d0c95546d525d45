public import struct FoundationEssentials.UUID
import Calendar
import PostgresClient

extension EventLog {
  /// The prefix that `asOf` means. A moment that is not settled yet waits for appends in flight, so that the answer
  /// stays the same for ever; see `dossier.resolve_as_of`.
  ///
  /// - Throws: `EventLogError.beyondHead` for a position that the log does not have; `noSuchCasebook`.
  public func resolve(_ asOf: AsOf, of casebook: UUID) async throws -> Basis {
    switch asOf {
    case .head: return try await basis(of: casebook, position: nil)
    case .position(let position): return try await basis(of: casebook, position: position)
    case .instant(let instant):
      let moment = PostgresTimestamp(microsecondsSinceUnixEpoch: instant.microseconds)
      return try await translating { () throws(PostgresError) in
        let row = try await pool.query(
          """
          SELECT "position", recorded_at, head, is_future
          FROM dossier.resolve_as_of(\(casebook), \(moment))
          """)[0]
        return Basis(
          casebookID: casebook, position: try row.decode(Int64.self, at: 0),
          recordedAt: try row.decode(PostgresTimestamp?.self, at: 1).map(Instant.init),
          head: try row.decode(Int64.self, at: 2), isFuture: try row.decode(Bool.self, at: 3))
      }
    }
  }

  private func basis(of casebook: UUID, position: Int64?) async throws -> Basis {
    let rows = try await pool.query(
      """
      SELECT h.position, e.position, e.recorded_at
      FROM (
        SELECT position FROM dossier.event
        WHERE casebook_id = \(casebook) ORDER BY position DESC LIMIT 1) h
      LEFT JOIN dossier.event e
        ON e.casebook_id = \(casebook) AND e.position = coalesce(nullif(\(position ?? -1), -1), h.position)
      """)
    guard let row = rows.first else {
      throw EventLogError.noSuchCasebook(casebook.uuidString.lowercased())
    }
    let head = try row.decode(Int64.self, at: 0)
    let wanted = position ?? head
    guard wanted >= 0, wanted <= head else {
      throw EventLogError.beyondHead(position: wanted, head: head)
    }
    return Basis(
      casebookID: casebook, position: wanted,
      recordedAt: try row.decode(PostgresTimestamp?.self, at: 2).map(Instant.init), head: head,
      isFuture: false)
  }
}
