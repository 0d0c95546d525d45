import Casebook
package import EventLog
import PostgresClient

extension ViewStore {
  /// How many events one transaction carries a view on by.
  private static let batch: Int64 = 500

  /// Carries a generation on to a position, a few hundred events a transaction: its rows and its position change
  /// together. Whoever else carries it on at the same time waits, and nothing is applied twice.
  ///
  /// - Returns: where it stands: at `target`, or just before an event that cannot be applied, which is then noted.
  @discardableResult
  nonisolated(nonsending) func advance(
    _ projection: any Projection.Type, _ generation: Int64, to target: Int64
  ) async throws -> Int64 {
    try await log.pool.withConnection { connection in
      try await advance(projection, generation, to: target, on: connection)
    }
  }

  nonisolated(nonsending) func advance(
    _ projection: any Projection.Type, _ generation: Int64, to target: Int64,
    on connection: PostgresConnection
  ) async throws -> Int64 {
    let voidings = try await Voidings(log, casebook)
    let staging = RowStaging(
      projection: projection, casebook: casebook, generation: generation)
    var limit = target
    var fault: EvolveError?
    while true {
      do {
        let position = try await connection.transaction { connection in
          try await step(staging, voidings, limit: limit, connection)
        }
        if position >= limit {
          if let fault { try await note(fault, of: projection) }
          return position
        }
      } catch let error as EvolveError {
        // What comes before it can still be applied.
        fault = error
        limit = error.position - 1
      }
    }
  }

  /// One transaction's worth; the position where the generation stands then.
  private nonisolated(nonsending) func step(
    _ staging: RowStaging, _ voidings: Voidings, limit: Int64, _ connection: PostgresConnection
  ) async throws -> Int64 {
    let projection = staging.projection
    // What a crash of the server loses, rows and position together, is folded again.
    let standing = try await connection.query(
      """
      SELECT position, EXISTS (
        SELECT FROM dossier.projection_fault f
        WHERE f.casebook_id = g.casebook_id AND f.view = g.view),
        set_config('synchronous_commit', 'off', true)
      FROM dossier.generation g
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(staging.generation) AND state = 'complete'
      FOR UPDATE
      """
    ).first?.decode((Int64, Bool, String).self)
    guard let (since, hasFault, _) = standing else {
      // To whoever may not change a row, row-level security does not lend it for changing either.
      let isThere = try await generations(of: projection, on: connection).contains {
        $0.id == staging.generation && $0.state == .complete
      }
      throw isThere
        ? ViewError.notAllowed(view: projection.name) : .replaced(view: projection.name)
    }
    let position = min(limit, since + Self.batch)
    guard position > since else { return since }
    let added = since + 1...position
    let events = EventLog.events(
      of: casebook, touchedIn: added, and: voidings.streams(touchedIn: added),
      kinds: projection.streams, on: connection)
    var stretches: [Stretch] = []
    try await fold(projection, events, voidings, since: since, target: position) {
      stretches.append($0)
    }
    try await staging.write(stretches, connection, since: since)
    if hasFault {
      // One that lies behind has been mended.
      try await connection.query(
        """
        DELETE FROM dossier.projection_fault
        WHERE casebook_id = \(casebook) AND view = \(projection.name) AND position <= \(position)
        """)
    }
    try await connection.query(
      """
      UPDATE dossier.generation SET position = \(position)
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(staging.generation)
      """)
    return position
  }

  /// Folds events that come one stream after the other, and hands on the rows. `pause` is done after each event.
  nonisolated(nonsending) package func fold(
    _ projection: any Projection.Type, _ events: EventStream, _ voidings: Voidings, since: Int64,
    target: Int64, _ hand: (Stretch) -> Void,
    pause: nonisolated(nonsending) () async throws -> Void = {}
  ) async throws {
    var current: StreamID?
    var folded: StreamFold?
    for try await event in events {
      if event.stream != current {
        try folded?.finish(hand)
        current = event.stream
        folded = StreamFold(
          projection, since: since, target: target, voidings: voidings[event.stream])
      }
      try folded?.apply(event, hand)
      try await pause()
    }
    try folded?.finish(hand)
  }

  /// Notes the event at which a view stands still.
  func note(_ fault: EvolveError, of projection: any Projection.Type) async throws {
    try await log.pool.query(
      """
      INSERT INTO dossier.projection_fault
        (casebook_id, view, position, event_id, event_type, problem)
      SELECT casebook_id, \(projection.name), position, event_id, event_type, \(fault.message)
      FROM dossier.event
      WHERE casebook_id = \(casebook) AND position = \(fault.position)
      ON CONFLICT (casebook_id, view) DO UPDATE
      SET position = excluded.position, event_id = excluded.event_id,
        event_type = excluded.event_type, problem = excluded.problem
      """)
  }
}
