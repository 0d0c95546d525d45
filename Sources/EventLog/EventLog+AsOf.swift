public import struct FoundationEssentials.UUID
import Calendar
import PostgresClient

extension EventLog {
  /// The prefix that `asOf` means. A moment that is not settled yet waits for appends in flight, so that the answer
  /// stays the same for ever; on a standby, which cannot wait for them, `Basis.standby` says how far it has come. See
  /// `dossier.resolve_as_of`.
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
          SELECT "position", recorded_at, head, is_future, on_standby, replayed_at
          FROM dossier.resolve_as_of(\(casebook), \(moment))
          """)[0]
        let replayedAt = try row.decode(PostgresTimestamp?.self, at: 5).map(Instant.init)
        return Basis(
          casebookID: casebook, position: try row.decode(Int64.self, at: 0),
          recordedAt: try row.decode(PostgresTimestamp?.self, at: 1).map(Instant.init),
          head: try row.decode(Int64.self, at: 2), isFuture: try row.decode(Bool.self, at: 3),
          standby: try row.decode(Bool.self, at: 4) ? Standby(replayedAt: replayedAt) : nil)
      }
    }
  }

  private func basis(of casebook: UUID, position: Int64?) async throws -> Basis {
    let head: PostgresQuery = """
      SELECT position, recorded_at FROM dossier.event
      WHERE casebook_id = \(casebook) ORDER BY position DESC LIMIT 1
      """
    // The position is compared as it is: for members the index is only used for what cannot leak, and no expression
    // counts as that.
    let row = try await pool.query(
      position.map { position in
        """
        SELECT h.position, e.recorded_at FROM (\(head)) h
        LEFT JOIN dossier.event e ON e.casebook_id = \(casebook) AND e.position = \(position)
        """
      } ?? head
    ).first
    guard let row else {
      throw EventLogError.noSuchCasebook(casebook.uuidString.lowercased())
    }
    let (last, recordedAt) = try row.decode((Int64, PostgresTimestamp?).self)
    let wanted = position ?? last
    guard wanted >= 0, wanted <= last else {
      throw EventLogError.beyondHead(position: wanted, head: last)
    }
    return Basis(
      casebookID: casebook, position: wanted, recordedAt: recordedAt.map(Instant.init), head: last,
      isFuture: false, standby: nil)
  }
}
