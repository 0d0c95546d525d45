public import struct FoundationEssentials.UUID
import Calendar
import PostgresClient

extension EventLog {
  /// Appends events in one round trip, in a transaction of their own; together with the texts that they speak of.
  ///
  /// - Throws: `EventLogError` when the log refuses; `PostgresError` of kind `outcomeUnknown` when the connection broke
  ///   before the reply came: repeat the same request then.
  public func append(_ request: AppendRequest) async throws -> AppendReply {
    do {
      return try await watched(request.requestID) {
        guard !request.texts.isEmpty else {
          return try AppendReply(try await pool.query(Self.appending(request))[0])
        }
        return try await pool.transaction { connection in
          for text in request.texts {
            try await connection.query(Self.keeping(text, request.casebookID))
          }
          return try AppendReply(try await connection.query(Self.appending(request))[0])
        }
      }
    } catch {
      let cause = (error as? PostgresTransactionError)?.cause ?? error as? PostgresError
      guard let cause else { throw error }
      throw await refusal(cause, requestID: request.requestID) ?? cause
    }
  }

  /// Creates a casebook with its first events in one transaction; the connected person becomes its admin.
  ///
  /// - Parameter request: the events, of which the first is `casebook.created`, and names slug and title; the request
  ///   may be repeated with another identifier for the casebook.
  /// - Returns: the casebook's identifier, and what was done.
  /// - Throws: `EventLogError.casebookExists` and what an append throws.
  public func createCasebook(
    _ request: AppendRequest
  ) async throws -> (id: UUID, reply: AppendReply) {
    try await watched(request.requestID) {
      try await translating(requestID: request.requestID) { () throws(PostgresError) in
        let row = try await pool.query(
          """
          SELECT first_position, last_position, recorded_at, is_replay, reply, clock_behind, casebook_id
          FROM dossier.create_casebook(\(Self.arguments(request)))
          """)[0]
        return (try row.decode(UUID.self, at: 6), try AppendReply(row))
      }
    }
  }

  /// Appends events and takes them back, to see whether the log would refuse them.
  ///
  /// - Throws: what `append` would.
  public func rehearse(_ request: AppendRequest) async throws {
    do {
      try await pool.transaction { connection in
        try await connection.query(Self.appending(request))
        throw Rehearsed()
      }
    } catch is Rehearsed {
      return
    } catch let error as PostgresError {
      throw EventLogError(error, requestID: request.requestID) as (any Error)? ?? error
    }
  }

  /// Ends the transaction of a rehearsal, so that nothing is kept of it.
  private struct Rehearsed: Error {}

  private static func appending(_ request: AppendRequest) -> PostgresQuery {
    """
    SELECT first_position, last_position, recorded_at, is_replay, reply, clock_behind
    FROM dossier.append(\(arguments(request)))
    """
  }

  private static func arguments(_ request: AppendRequest) -> PostgresQuery {
    let layout = StreamLayout(request)
    return """
      \(request.casebookID), \(request.requestID), \(request.commandHash), \(request.reply),
      \(layout.kinds), \(layout.ids), \(layout.expected), \(layout.streamOfEvent),
      \(request.events.map(\.id)), \(request.events.map(\.type)),
      \(request.events.map { Int32($0.schemaVersion) }), \(request.events.map(\.voice)),
      \(request.events.map(\.data))
      """
  }

  /// The reply to a request that the connected person made before; nil when it was never carried out. What another made
  /// who bore the same name is not theirs.
  ///
  /// - Throws: `EventLogError.requestReused` when it was made with another command.
  public func priorReply(
    _ casebook: UUID, _ requestID: UUID, _ commandHash: [UInt8]
  ) async throws -> AppendReply? {
    let rows = try await pool.query(
      """
      SELECT r.first_position, r.last_position, e.recorded_at, true, coalesce(r.reply::text, ''),
        0::bigint, r.command_hash
      FROM dossier.append_request r
      JOIN dossier.event e ON e.casebook_id = r.casebook_id AND e.position = r.first_position
      WHERE r.casebook_id = \(casebook) AND r.recorded_by = session_user
        AND r.role_id = (SELECT quote_ident(session_user)::regrole) AND r.request_id = \(requestID)
      """)
    guard let row = rows.first else { return nil }
    let reply = try AppendReply(row)
    guard let firstHash = try row.decode([UInt8]?.self, at: 6) else {
      throw EventLogError.requestImported(
        requestID, first: reply.firstPosition, last: reply.lastPosition)
    }
    guard firstHash == commandHash else {
      throw EventLogError.requestReused(
        requestID, first: reply.firstPosition, last: reply.lastPosition)
    }
    return reply
  }

  /// The positions of the connected person's last request in a casebook, or of the one with an event at `position`; nil
  /// when there is none. What a file names them as the author of, or another made who bore the same name, is not theirs.
  public func lastRequest(
    of casebook: UUID, at position: Int64? = nil
  ) async throws -> ClosedRange<Int64>? {
    let wanted: PostgresQuery =
      if let position { "AND \(position) BETWEEN first_position AND last_position" } else { "" }
    let rows = try await pool.query(
      """
      SELECT first_position, last_position FROM dossier.append_request
      WHERE casebook_id = \(casebook) AND recorded_by = session_user
        AND role_id = (SELECT quote_ident(session_user)::regrole) AND command_hash IS NOT NULL
        \(wanted)
      ORDER BY first_position DESC LIMIT 1
      """)
    guard let row = rows.first else { return nil }
    let (first, last) = try row.decode((Int64, Int64).self)
    return first...last
  }

  /// The connected person's requests that undid another, in order: their positions, and the first position of what
  /// each undid.
  public func undos(
    of casebook: UUID
  ) async throws -> [(positions: ClosedRange<Int64>, undone: Int64)] {
    let rows = try await pool.query(
      """
      SELECT first_position, last_position, (reply ->> 'undoes')::bigint
      FROM dossier.append_request
      WHERE casebook_id = \(casebook) AND recorded_by = session_user
        AND role_id = (SELECT quote_ident(session_user)::regrole)
        AND reply ->> 'undoes' IS NOT NULL
      ORDER BY first_position
      """)
    return try rows.map { row in
      let (first, last, undone) = try row.decode((Int64, Int64, Int64).self)
      return (first...last, undone)
    }
  }
}

extension AppendReply {
  fileprivate init(_ row: PostgresRow) throws(PostgresError) {
    self.init(
      firstPosition: try row.decode(Int64.self, at: 0),
      lastPosition: try row.decode(Int64.self, at: 1),
      recordedAt: Instant(try row.decode(PostgresTimestamp.self, at: 2)),
      isReplay: try row.decode(Bool.self, at: 3),
      reply: try row.decode(String.self, at: 4),
      clockBehindMicroseconds: try row.decode(Int64.self, at: 5))
  }
}

extension Instant {
  init(_ timestamp: PostgresTimestamp) {
    self.init(microseconds: timestamp.microsecondsSinceUnixEpoch)
  }
}

/// The streams of a request, each named once, as the append function takes them.
private struct StreamLayout {
  var kinds: [String] = []
  var ids: [String] = []
  var expected: [Int64?] = []
  var streamOfEvent: [Int32] = []

  init(_ request: AppendRequest) {
    var indexes: [StreamID: Int32] = [:]
    func index(of stream: StreamID) -> Int32 {
      if let known = indexes[stream] { return known }
      kinds.append(stream.kind.rawValue)
      ids.append(stream.id)
      expected.append(request.expectedVersions[stream])
      indexes[stream] = Int32(kinds.count)
      return Int32(kinds.count)
    }
    streamOfEvent = []
    streamOfEvent = request.events.map { index(of: $0.stream) }
    for stream in request.expectedVersions.keys { _ = index(of: stream) }
  }
}
