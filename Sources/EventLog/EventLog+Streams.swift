public import PostgresClient
public import struct FoundationEssentials.UUID

/// The streams of one kind whose names lie between two, in the order of their bytes.
///
/// The kind is said apart because PostgreSQL knows how many streams lie between two names, but not between two pairs of
/// kind and name, and would read the whole log for a few of them.
public struct StreamRange: Hashable, Sendable {
  /// The kind.
  public let kind: StreamKind
  /// The first name and the last.
  public let first, last: String

  /// The streams of a kind from one name through another; nil sets no bound.
  public init(_ kind: StreamKind, from first: String? = nil, through last: String? = nil) {
    self.kind = kind
    self.first = first ?? ""
    self.last = last ?? "\u{10FFFF}"
  }
}

/// One stream after the other, each in its own order, so that memory holds a few rows however many there are.
extension EventLog {
  /// The events up to a position of a range of streams.
  public func events(
    of casebook: UUID, in range: StreamRange, upTo position: Int64
  ) -> EventStream {
    EventStream(
      pool.stream(
        """
        \(RecordedEvent.selection) FROM dossier.event
        WHERE casebook_id = \(casebook) AND position <= \(position)
          AND stream_kind = \(range.kind.rawValue)
          AND stream_id BETWEEN \(range.first) AND \(range.last)
        ORDER BY stream_kind, stream_id, stream_version
        """))
  }

  /// The events of the streams that a stretch of the log adds to, and of `others`, from the beginning of each to the
  /// end of the stretch; read on a connection of the caller's.
  public static func events(
    of casebook: UUID, touchedIn positions: ClosedRange<Int64>, and others: [StreamID],
    kinds: Set<StreamKind>, on connection: PostgresConnection
  ) -> EventStream {
    // OFFSET 0 keeps the planner from joining what is better looked up, one stream after the other.
    EventStream(
      connection.stream(
        """
        \(RecordedEvent.selection)
        FROM (
          SELECT stream_kind AS kind, stream_id AS id FROM dossier.event
          WHERE casebook_id = \(casebook)
            AND position BETWEEN \(positions.lowerBound) AND \(positions.upperBound)
          UNION
          SELECT * FROM unnest(\(others.map(\.kind.rawValue)), \(others.map(\.id)))) AS s
        CROSS JOIN LATERAL (
          SELECT * FROM dossier.event
          WHERE casebook_id = \(casebook) AND stream_kind = s.kind AND stream_id = s.id
            AND position <= \(positions.upperBound)
          OFFSET 0) AS e
        WHERE s.kind = ANY (\(kinds.map(\.rawValue).sorted()))
        ORDER BY stream_kind, stream_id, stream_version
        """))
  }

  /// The events of one type on the casebook's own stream up to a position. For types that are known to be rare.
  public func casebookEvents(
    of casebook: UUID, type: String, upTo position: Int64
  ) async throws -> [RecordedEvent] {
    let rows = try await pool.query(
      """
      \(RecordedEvent.selection) FROM dossier.event
      WHERE casebook_id = \(casebook) AND stream_kind <> 'case' AND stream_kind = 'casebook'
        AND event_type = \(type) AND position <= \(position)
      ORDER BY position
      """)
    return try rows.map { row throws(PostgresError) in try RecordedEvent(row) }
  }
}
