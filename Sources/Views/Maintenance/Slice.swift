import EventLog
import PostgresClient

/// A piece of a generation that is being built: some thousand events of whole streams.
struct Slice: Hashable, Sendable {
  let number: Int32
  /// One for each kind of stream.
  let ranges: [StreamRange]
  let events: Int
}

extension ViewStore {
  /// Cuts the streams of a new generation into slices of so many events at least.
  func cut(
    _ generation: Generation, of projection: any Projection.Type, size: Int,
    _ connection: PostgresConnection
  ) async throws {
    try await connection.query(
      """
      INSERT INTO dossier.generation_slice
        (casebook_id, view, generation_id, slice, first_kind, first_id, last_kind, last_id, events)
      SELECT \(casebook), \(projection.name), \(generation.id), slice,
        (array_agg(stream_kind ORDER BY stream_kind, stream_id))[1],
        (array_agg(stream_id ORDER BY stream_kind, stream_id))[1],
        (array_agg(stream_kind ORDER BY stream_kind DESC, stream_id DESC))[1],
        (array_agg(stream_id ORDER BY stream_kind DESC, stream_id DESC))[1], sum(n)::bigint
      FROM (
        SELECT stream_kind, stream_id, n,
          div(sum(n) OVER (ORDER BY stream_kind, stream_id) - n, \(Int64(size)))::integer AS slice
        FROM (
          SELECT stream_kind, stream_id, count(*) AS n FROM dossier.event
          WHERE casebook_id = \(casebook) AND position <= \(generation.target)
            AND stream_kind = ANY (\(projection.streams.map(\.rawValue).sorted()))
          GROUP BY stream_kind, stream_id) s) c
      GROUP BY slice
      """)
  }

  /// The slices that are still to be folded, and how many events those done had.
  func slices(
    _ generation: Generation, of projection: any Projection.Type
  ) async throws -> (open: [Slice], eventsDone: Int) {
    let rows = try await log.pool.query(
      """
      SELECT slice, first_kind, first_id, last_kind, last_id, events, is_done
      FROM dossier.generation_slice
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(generation.id)
      ORDER BY slice
      """)
    var open: [Slice] = []
    var eventsDone = 0
    for row in rows {
      let (number, firstKind, firstID, lastKind, lastID, events, isDone) = try row.decode(
        (Int32, String, String, String, String, Int64, Bool).self)
      guard !isDone else {
        eventsDone += Int(events)
        continue
      }
      let ranges = projection.streams.sorted { $0.rawValue < $1.rawValue }
        .filter { firstKind...lastKind ~= $0.rawValue }
        .map { kind in
          StreamRange(
            kind, from: kind.rawValue == firstKind ? firstID : nil,
            through: kind.rawValue == lastKind ? lastID : nil)
        }
      open.append(Slice(number: number, ranges: ranges, events: Int(events)))
    }
    return (open, eventsDone)
  }

  /// Folds a slice and marks it done, in one transaction. Events are read on one connection while rows are written on
  /// another, so that memory holds neither.
  nonisolated(nonsending) func build(
    _ slice: Slice, of generation: Generation, _ projection: any Projection.Type,
    _ voidings: Voidings, on connection: PostgresConnection, advanced: (Int) -> Void
  ) async throws {
    let staging = RowStaging(
      projection: projection, casebook: casebook, generation: generation.id)
    try await staging.prepare(connection)
    try await connection.transaction { connection in
      // What a crash of the server loses is folded again.
      try await connection.query("SET LOCAL synchronous_commit = off")
      var tuples: [UInt8] = []
      var stops: [Stop] = []
      var unreported = 0
      try await staging.stage(connection) { writer in
        for range in slice.ranges {
          try await fold(
            projection, log.events(of: casebook, in: range, upTo: generation.target), voidings,
            since: 0, target: generation.target,
            { $0.write(to: &tuples, columns: projection.columns.count) },
            stops: { stops.append($0) },
            pause: {
              unreported += 1
              guard tuples.count >= Self.flushSize else { return }
              try await writer.write(tuples)
              tuples.removeAll(keepingCapacity: true)
              advanced(unreported)
              unreported = 0
            })
        }
        try await writer.write(tuples)
      }
      try await staging.apply(connection, since: 0, ends: 0)
      try await staging.write(stops, connection, since: 0)
      try await connection.query(
        """
        UPDATE dossier.generation_slice SET is_done = true
        WHERE casebook_id = \(casebook) AND view = \(projection.name)
          AND generation_id = \(generation.id) AND slice = \(slice.number)
        """)
      advanced(unreported)
    }
  }

  private static let flushSize = 64 * 1024
}
