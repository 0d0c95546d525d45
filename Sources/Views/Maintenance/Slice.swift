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
  /// The slices that are still to be folded, and those that are done.
  nonisolated(nonsending) func slices(
    _ generation: Generation, of projection: any Projection.Type, on connection: PostgresConnection
  ) async throws -> (open: [Slice], done: [Slice]) {
    let rows = try await connection.query(
      """
      SELECT slice, first_kind, first_id, last_kind, last_id, events, is_done
      FROM dossier.generation_slice
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(generation.id)
      ORDER BY slice
      """)
    var (open, done): ([Slice], [Slice]) = ([], [])
    for row in rows {
      let (number, firstKind, firstID, lastKind, lastID, events, isDone) = try row.decode(
        (Int32, String, String, String, String, Int64, Bool).self)
      let ranges = projection.streams.sorted { $0.rawValue < $1.rawValue }
        .filter { firstKind <= $0.rawValue && $0.rawValue <= lastKind }
        .map { kind in
          StreamRange(
            kind, from: kind.rawValue == firstKind ? firstID : nil,
            through: kind.rawValue == lastKind ? lastID : nil)
        }
      let slice = Slice(number: number, ranges: ranges, events: Int(events))
      if isDone { done.append(slice) } else { open.append(slice) }
    }
    return (open, done)
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
      try await staging.write(stops, connection, since: 0)
      try await staging.add(slice, connection)
      advanced(unreported)
    }
  }

  private static let flushSize = 64 * 1024
}
