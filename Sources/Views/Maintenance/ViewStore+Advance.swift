package import EventLog
import PostgresClient

extension ViewStore {
  /// How many events one transaction carries a view on by.
  private static let batch: Int64 = 500

  /// Carries a generation on to a position, a few hundred events a transaction: its rows and its position change
  /// together. Whoever else carries it on at the same time waits, and nothing is applied twice. The generation may be
  /// known as it stood lately; `voidings` are those that the log knew at `target` or later. `patience` bounds the wait
  /// for whoever holds the generation, as PostgreSQL writes a time; the session's own bound is kept without one.
  ///
  /// - Returns: where it stands: at `target`.
  @discardableResult
  nonisolated(nonsending) func advance(
    _ projection: any Projection.Type, _ generation: Generation, to target: Int64,
    _ voidings: Voidings, patience: String? = nil
  ) async throws -> Int64 {
    let staging = RowStaging(
      projection: projection, casebook: casebook, generation: generation.id)
    return try await log.pool.withConnection { connection in
      var position = generation.position
      while position < target {
        position = try await connection.transaction { connection in
          try await step(staging, voidings, since: position, limit: target, patience, connection)
        }
      }
      return position
    }
  }

  /// One transaction's worth; the position where the generation stands then. When somebody else has carried it on,
  /// that is all that is found out.
  private nonisolated(nonsending) func step(
    _ staging: RowStaging, _ voidings: Voidings, since: Int64, limit: Int64, _ patience: String?,
    _ connection: PostgresConnection
  ) async throws -> Int64 {
    let projection = staging.projection
    let position = min(limit, since + Self.batch)
    let isMoved = try await translatingRefusal(of: projection) {
      try await connection.query(
        """
        SELECT set_config('lock_timeout', coalesce(\(patience as String?), current_setting('lock_timeout')), true),
          dossier.advance_generation(
            \(casebook), \(projection.name), \(staging.generation), \(since), \(position))
        """)[0].decode(Bool.self, at: 1)
    }
    guard isMoved else {
      let others = try await generations(of: projection, on: connection)
        .first { $0.id == staging.generation && $0.position > since && $0.state != .retired }
      guard let others else { throw ViewError.replaced(view: projection.name) }
      return others.position
    }
    let added = since + 1...position
    let events = EventLog.events(
      of: casebook, touchedIn: added, and: voidings.streams(touchedIn: added),
      kinds: projection.streams, on: connection)
    var stretches: [Stretch] = []
    var stops: [Stop] = []
    try await fold(
      projection, events, voidings, since: since, target: position, { stretches.append($0) },
      stops: { stops.append($0) })
    try await staging.write(stretches, connection, since: since)
    try await staging.write(stops, connection, since: since)
    return position
  }

  /// Folds events that come one stream after the other, and hands on the rows, and where streams stand still. `pause` is
  /// done after each event.
  nonisolated(nonsending) package func fold(
    _ projection: any Projection.Type, _ events: EventStream, _ voidings: Voidings, since: Int64,
    target: Int64, _ hand: (Stretch) -> Void, stops: (Stop) -> Void,
    pause: nonisolated(nonsending) () async throws -> Void = {}
  ) async throws {
    var current: StreamID?
    var folded: StreamFold?
    for try await event in events {
      if event.stream != current {
        folded?.finish(hand, stops)
        current = event.stream
        folded = StreamFold(
          projection, since: since, target: target, voidings: voidings[event.stream])
      }
      folded?.apply(event, hand, stops)
      try await pause()
    }
    folded?.finish(hand, stops)
  }
}
