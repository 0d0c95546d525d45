import Calendar
import EventLog
import PostgresClient

extension ViewStore {
  /// How many rows one statement drops.
  private static let dropSize: Int64 = 10_000

  /// Begins a generation whose slices are the prefix up to `target`.
  func createGeneration(
    of projection: any Projection.Type, target: Int64, sliceSize: Int
  ) async throws -> Generation {
    let id = try await log.pool.query(
      """
      SELECT dossier.begin_generation(
        \(casebook), \(projection.name), \(Int32(projection.version)), \(projection.kinds), \(target),
        \(Int64(sliceSize)))
      """)[0].decode(Int64.self, at: 0)
    return Generation(
      id: id, viewVersion: projection.version, state: .building, position: 0, target: target)
  }

  /// Declares a generation to be the fold of its target, when every slice is done.
  func complete(
    _ generation: Generation, of projection: any Projection.Type
  ) async throws -> Generation {
    let isComplete = try await log.pool.query(
      "SELECT dossier.complete_generation(\(casebook), \(projection.name), \(generation.id))"
    )[0].decode(Bool.self, at: 0)
    guard isComplete else { throw ViewError.damaged(view: projection.name) }
    return Generation(
      id: generation.id, viewVersion: generation.viewVersion, state: .complete,
      position: generation.target, target: generation.target)
  }

  /// The ranges, each of about a slice, into which the rows of a view can be cut as a generation is that is being built;
  /// everything in one for one that is complete.
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
    try await log.pool.query(
      "SELECT dossier.retire_generation(\(casebook), \(projection.name), \(generation.id))")
    try await log.pool.withConnection { connection in
      try await discard(
        .everything, of: generation, projection, on: connection)
    }
    try await forget(generation, of: projection)
  }

  /// Drops a range of a retired generation's rows, some thousand at a time.
  nonisolated(nonsending) func discard(
    _ range: HomeRange, of generation: Generation, _ projection: any Projection.Type,
    on connection: PostgresConnection
  ) async throws {
    var dropped = Self.dropSize
    while dropped == Self.dropSize {
      dropped = try await connection.query(
        """
        SELECT dossier.drop_rows(
          \(casebook), \(projection.name), \(generation.id),
          \(range.first?.kind.rawValue as String?), \(range.first?.id as String?),
          \(range.end?.kind.rawValue as String?), \(range.end?.id as String?), \(Self.dropSize))
        """)[0].decode(Int64.self, at: 0)
    }
  }

  /// Drops a retired generation whose rows are gone.
  func forget(_ generation: Generation, of projection: any Projection.Type) async throws {
    try await log.pool.query(
      "SELECT dossier.forget_generation(\(casebook), \(projection.name), \(generation.id))")
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
    let generations = try await generations(of: projection)
    let active = generations.filter { $0.state == .active }
    for generation in active + generations.filter({ $0.state != .active }) {
      try await discard(generation, of: projection)
    }
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
    let runner = try await runner(of: projection, for: .rebuild)
    throw ViewError.beingRebuilt(
      view: projection.name, by: runner?.name ?? "somebody",
      since: runner?.since.description ?? "just now")
  }
}
