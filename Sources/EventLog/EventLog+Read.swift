public import struct FoundationEssentials.UUID
import Calendar
import PostgresClient

extension EventLog {
  /// The events of single streams up to a position, in the order of the log; `includingGround` adds what every case
  /// stands on: the casebook's own stream and those of its sources. For reads that are known to be short.
  public func events(
    of casebook: UUID, streams: Set<StreamID>, includingGround: Bool = false,
    upTo position: Int64
  ) async throws -> [RecordedEvent] {
    let single = includingGround ? streams.filter { $0.kind == .case } : streams
    let names = single.sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }
    let ground: PostgresQuery = """
      \(RecordedEvent.selection) FROM dossier.event
      WHERE casebook_id = \(casebook) AND stream_kind <> 'case' AND position <= \(position)
      UNION ALL
      """
    // OFFSET 0 keeps the planner from joining what is better looked up, one stream after the other.
    let rows = try await pool.query(
      """
      \(includingGround ? ground : "")
      \(RecordedEvent.selection)
      FROM unnest(\(names.map(\.kind.rawValue)), \(names.map(\.id))) AS s(kind, id)
      CROSS JOIN LATERAL (
        SELECT * FROM dossier.event
        WHERE casebook_id = \(casebook) AND stream_kind = s.kind AND stream_id = s.id
          AND position <= \(position)
        OFFSET 0) AS e
      ORDER BY position
      """)
    return try rows.map { row throws(PostgresError) in try RecordedEvent(row) }
  }

  /// The events of a stretch of the log. For stretches that are known to be short.
  public func events(
    of casebook: UUID, positions: ClosedRange<Int64>
  ) async throws -> [RecordedEvent] {
    let rows = try await pool.query(
      """
      \(RecordedEvent.selection) FROM dossier.event
      WHERE casebook_id = \(casebook)
        AND position BETWEEN \(positions.lowerBound) AND \(positions.upperBound)
      ORDER BY position
      """)
    return try rows.map { row throws(PostgresError) in try RecordedEvent(row) }
  }

  /// The position of the first event in the voice of a source, but for those left out; nil when there is none.
  public func firstPosition(
    of casebook: UUID, inVoiceOf source: String, except left: [Int64], upTo position: Int64
  ) async throws -> Int64? {
    let rows = try await pool.query(
      """
      SELECT min(position) FROM dossier.event
      WHERE casebook_id = \(casebook) AND position <= \(position)
        AND voice_source_id = \(source) AND position <> ALL (\(left))
      """)
    return try rows[0].decode(Int64?.self, at: 0)
  }

  /// The events of all cases up to a position, one case after the other, each in its own order. Streams, so that memory
  /// holds a few rows however long the log is.
  public func caseEvents(of casebook: UUID, upTo position: Int64) -> EventStream {
    EventStream(
      pool.stream(
        """
        \(RecordedEvent.selection) FROM dossier.event
        WHERE casebook_id = \(casebook) AND stream_kind = 'case' AND position <= \(position)
        ORDER BY stream_id, stream_version
        """))
  }

  /// The events up to a position in the order of the log. Streams, so that memory holds a few rows however long it is.
  public func allEvents(of casebook: UUID, upTo position: Int64) -> EventStream {
    EventStream(
      pool.stream(
        """
        \(RecordedEvent.selection) FROM dossier.event
        WHERE casebook_id = \(casebook) AND position <= \(position)
        ORDER BY position
        """))
  }
}

/// Recorded events as they arrive from the server.
public struct EventStream: AsyncSequence, Sendable {
  private let rows: PostgresRowStream

  init(_ rows: PostgresRowStream) {
    self.rows = rows
  }

  /// Reads one event at a time.
  public struct Iterator: AsyncIteratorProtocol {
    var rows: PostgresRowStream.AsyncIterator

    /// The next event; nil after the last one.
    public mutating func next() async throws -> RecordedEvent? {
      guard let row = try await rows.next() else { return nil }
      return try RecordedEvent(row)
    }
  }

  /// Begins to read.
  public func makeAsyncIterator() -> Iterator { Iterator(rows: rows.makeAsyncIterator()) }
}

extension RecordedEvent {
  /// All columns, in the order that the initializer reads.
  static let selection: PostgresQuery = """
    SELECT position, stream_kind, stream_id, stream_version, event_id, event_type, schema_version,
      voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash
    """

  init(_ row: PostgresRow) throws(PostgresError) {
    let kind = try row.decode(String.self, at: 1)
    self.init(
      position: try row.decode(Int64.self, at: 0),
      stream: StreamID(StreamKind(rawValue: kind) ?? .case, try row.decode(String.self, at: 2)),
      streamVersion: try row.decode(Int64.self, at: 3),
      id: try row.decode(UUID.self, at: 4),
      type: try row.decode(String.self, at: 5),
      schemaVersion: Int(try row.decode(Int32.self, at: 6)),
      voice: try row.decode(String?.self, at: 7),
      data: try row.decode(String.self, at: 8),
      recordedAt: Instant(try row.decode(PostgresTimestamp.self, at: 9)),
      recordedBy: try row.decode(String.self, at: 10),
      requestID: try row.decode(UUID.self, at: 11),
      leafHash: try row.decode([UInt8].self, at: 12))
  }
}
