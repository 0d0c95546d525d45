import Calendar
import EventLog
import PostgresClient

extension ViewStore {
  /// How many rows one statement drops.
  private static let dropSize = 10_000

  /// Begins a generation whose slices are the prefix up to `target`.
  func createGeneration(
    of projection: any Projection.Type, target: Int64, sliceSize: Int
  ) async throws -> Generation {
    try await log.pool.transaction { connection in
      let row = try await connection.query(
        """
        INSERT INTO dossier.generation AS g
          (casebook_id, view, view_version, state, target_position)
        VALUES (\(casebook), \(projection.name), \(Int32(projection.version)), 'building', \(target))
        RETURNING \(Generation.columns)
        """)[0]
      let generation = try Generation(row)
      try await cut(generation, of: projection, size: sliceSize, connection)
      return generation
    }
  }

  /// Declares a generation to be the fold of its target, when every slice is done.
  func complete(
    _ generation: Generation, of projection: any Projection.Type
  ) async throws -> Generation {
    try await log.pool.transaction { connection in
      let row = try await connection.query(
        """
        UPDATE dossier.generation g SET state = 'complete', position = g.target_position
        WHERE g.casebook_id = \(casebook) AND g.view = \(projection.name)
          AND g.generation_id = \(generation.id)
          AND NOT EXISTS (
            SELECT FROM dossier.generation_slice s
            WHERE s.casebook_id = \(casebook) AND s.view = \(projection.name)
              AND s.generation_id = \(generation.id) AND NOT s.is_done)
        RETURNING \(Generation.columns)
        """
      ).first
      guard let row else { throw ViewError.damaged(view: projection.name) }
      return try Generation(row)
    }
  }

  /// The ranges, each of about a slice, into which the rows of a view can be cut as its generation was.
  func ranges(
    of generation: Generation, of projection: any Projection.Type
  ) async throws -> [HomeRange] {
    let rows = try await log.pool.query(
      """
      SELECT first_kind, first_id FROM dossier.generation_slice
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(generation.id)
      ORDER BY slice OFFSET 1
      """)
    return HomeRange.cut(
      before: try rows.map { row in
        let (kind, id) = try row.decode((String, String).self)
        return StreamID(StreamKind(rawValue: kind) ?? .case, id)
      })
  }

  /// Drops a generation that nobody reads any more.
  func discard(_ generation: Generation, of projection: any Projection.Type) async throws {
    try await log.pool.withConnection { connection in
      try await discard(
        .everything, of: generation, projection, on: connection)
    }
    try await forget(generation, of: projection)
  }

  /// Drops a range of a generation's rows, some thousand at a time.
  nonisolated(nonsending) func discard(
    _ range: HomeRange, of generation: Generation, _ projection: any Projection.Type,
    on connection: PostgresConnection
  ) async throws {
    let table = PostgresQuery(raw: "dossier.\(projection.name)")
    var dropped = Self.dropSize
    while dropped == Self.dropSize {
      dropped = try await connection.query(
        """
        DELETE FROM \(table) WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM \(table)
          WHERE casebook_id = \(casebook) AND generation_id = \(generation.id)
            AND \(range.condition(on: projection))
          LIMIT \(Int64(Self.dropSize))))
        """
      ).affectedRows
    }
  }

  /// Drops a generation whose rows are gone.
  func forget(_ generation: Generation, of projection: any Projection.Type) async throws {
    try await log.pool.query(
      """
      DELETE FROM dossier.generation
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(generation.id)
      """)
  }

  /// Drops a view: what readers see first, then every generation's rows.
  ///
  /// - Returns: how many generations there were.
  /// - Throws: `ViewError.notAllowed` for whoever may not write it; `ViewError.beingRebuilt` when another process rebuilds
  ///   it.
  public func drop(_ projection: any Projection.Type) async throws -> Int {
    try await requireMaintainer(of: projection)
    let connection = try await PostgresConnection.connect(log.pool.configuration)
    do {
      let dropped = try await drop(projection, holdingLockOn: connection)
      await connection.close()
      return dropped
    } catch {
      await connection.close()
      throw error
    }
  }

  private func drop(
    _ projection: any Projection.Type, holdingLockOn connection: PostgresConnection
  ) async throws -> Int {
    try await takeRebuildLock(of: projection, connection)
    try await log.pool.query(
      """
      DELETE FROM dossier.active_generation
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
      """)
    let generations = try await generations(of: projection)
    for generation in generations { try await discard(generation, of: projection) }
    return generations.count
  }

  /// Keeps other rebuilds away for as long as the connection lasts.
  ///
  /// - Throws: `ViewError.beingRebuilt` when another process has the lock.
  func takeRebuildLock(
    of projection: any Projection.Type, _ connection: PostgresConnection
  ) async throws {
    let lock = ViewLock(.rebuild, projection, of: casebook)
    guard try await !lock.takeWhenFree(connection) else { return }
    let job = try await lastJob(of: projection)
    throw ViewError.beingRebuilt(
      view: projection.name, by: job?.startedBy ?? "somebody",
      since: job?.startedAt.description ?? "just now")
  }
}
