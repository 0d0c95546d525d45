import EventLog
import PostgresClient
import Synchronization

/// Folds a view into a new generation while readers and writers go on, and puts it in the old one's place.
///
/// Everything it has done so far is in the database: killed at any point, the next rebuild goes on from there.
public struct Rebuild: Sendable {
  /// What it is doing.
  public enum Progress: Hashable, Sendable {
    /// Folding: events done, by earlier runs too, and events in all.
    case folding(done: Int, total: Int)
    /// Carrying the new generation on to what was appended meanwhile.
    case following
    /// Comparing it with the old one.
    case comparing
    /// Putting it in the old one's place.
    case switching
    /// Dropping the old one's rows.
    case dropping
  }

  /// What it did.
  public struct Report: Sendable {
    /// The new generation, active now.
    public let generation: Generation
    /// Where the old one stood; nil when there was none.
    public let oldGeneration: Generation?
    /// How many events this run folded.
    public let events: Int
    /// Whether it went on with what an earlier run had begun.
    public let wasResumed: Bool
    /// The old and the new rows at the same position; nil when there was nothing to compare with.
    public let comparison: Comparison?
    /// The events at which streams stand still in it.
    public let faults: [Fault]
  }

  let views: ViewStore
  let projection: any Projection.Type
  let workers: Int
  /// How many events a slice has at least.
  let sliceSize: Int

  /// A rebuild of `projection` by so many workers, each of which takes two connections.
  public init(_ views: ViewStore, of projection: any Projection.Type, workers: Int) {
    self.init(views, of: projection, workers: workers, sliceSize: 4_000)
  }

  init(_ views: ViewStore, of projection: any Projection.Type, workers: Int, sliceSize: Int) {
    let pool = PostgresPool(
      views.log.pool.configuration, maximumConnections: 2 * max(workers, 1) + 3)
    self.views = ViewStore(EventLog(pool), casebook: views.casebook)
    self.projection = projection
    self.workers = max(workers, 1)
    self.sliceSize = sliceSize
  }

  /// Runs it to the end.
  ///
  /// - Throws: `ViewError.notAllowed` for whoever may not write the view; `ViewError.beingRebuilt` when another process
  ///   does.
  public func run(_ progress: @escaping @Sendable (Progress) -> Void) async throws -> Report {
    do {
      let report = try await views.log.pool.withConnection { connection in
        try await run(holdingLockOn: connection, progress)
      }
      await views.log.pool.close()
      return report
    } catch {
      await views.log.pool.close()
      throw error
    }
  }

  private func run(
    holdingLockOn connection: PostgresConnection,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> Report {
    try await views.requireMaintainer(of: projection)
    try await views.takeRebuildLock(of: projection, connection)
    let old = try await views.activeGeneration(of: projection)
    var (generation, wasResumed) = try await begin(old)
    let job = try await views.beginJob(of: projection, generation, workers: workers)
    do {
      var events = 0
      let ranges = try await views.ranges(of: generation, of: projection)
      if generation.state == .building {
        events = try await fill(generation, progress)
        generation = try await views.complete(generation, of: projection)
      }
      progress(.following)
      try await follow(generation)
      generation = try await refreshed(generation)
      progress(.comparing)
      let comparison = try await compare(generation, with: old, ranges)
      progress(.switching)
      generation = try await takePlace(generation)
      progress(.dropping)
      if let old { try await drop(old, ranges) }
      try await views.end(job, .switched, generation, events: events, comparison?.summary)
      return Report(
        generation: generation, oldGeneration: old, events: events, wasResumed: wasResumed,
        comparison: comparison, faults: try await views.faults(of: projection))
    } catch {
      // Whoever is told to stop can say no more; the job counts as interrupted once its lock is gone.
      if !Task.isCancelled {
        try? await views.end(job, .failed, generation, events: 0, "\(error)")
      }
      throw error
    }
  }

  // MARK: Steps

  /// The generation to go on with: one that an earlier run left behind, if this version of the view began it.
  private func begin(_ active: Generation?) async throws -> (Generation, wasResumed: Bool) {
    var unfinished: Generation?
    for generation in try await views.generations(of: projection) where generation.id != active?.id
    {
      if [.building, .complete].contains(generation.state),
        generation.viewVersion == projection.version, unfinished == nil
      {
        unfinished = generation
      } else {
        try await views.discard(generation, of: projection)
      }
    }
    for id in try await views.strayGenerations(of: projection) {
      try await views.discard(Generation(stray: id, of: projection), of: projection)
    }
    if let unfinished { return (unfinished, true) }
    return (
      try await views.createGeneration(
        of: projection, target: try await views.head(), sliceSize: sliceSize), false
    )
  }

  /// Folds the slices that are still to be folded; returns how many events they had.
  private func fill(
    _ generation: Generation, _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> Int {
    let (slices, slicesDone) = try await views.log.pool.withConnection {
      try await views.slices(generation, of: projection, on: $0)
    }
    let eventsDone = slicesDone.reduce(0) { $0 + $1.events }
    let voidings = try await Voidings(views.log, views.casebook)
    let events = slices.reduce(0) { $0 + $1.events }
    let total = events + eventsDone
    let done = Mutex(eventsDone)
    if !slices.isEmpty { progress(.folding(done: eventsDone, total: total)) }
    try await share(slices) { slice, connection in
      try await views.build(slice, of: generation, projection, voidings, on: connection) { more in
        let sum = done.withLock { done in
          done += more
          return done
        }
        progress(.folding(done: sum, total: total))
      }
    }
    return events
  }

  /// Has the workers do these things.
  private func share<Item: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item, PostgresConnection) async throws -> Void
  ) async throws {
    let queue = WorkQueue(items)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(workers, items.count) {
        group.addTask {
          try await views.log.pool.withConnection { connection in
            // Compiling a statement takes longer than what it does for a slice. The connections are the rebuild's own.
            try await connection.execute(script: "SET jit = off")
            while let item = queue.next() { try await body(item, connection) }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Carries the new generation on to what was appended meanwhile.
  private func follow(_ generation: Generation) async throws {
    let head = try await views.head()
    try await views.advance(
      projection, generation, to: head, try await Voidings(views.log, views.casebook))
  }

  private func compare(
    _ generation: Generation, with old: Generation?, _ ranges: [HomeRange]
  ) async throws -> Comparison? {
    guard let old else { return nil }
    let refreshed = try await refreshed(old)
    let position = min(refreshed.position, generation.position)
    let comparison = Mutex(Comparison(position: position))
    try await share(ranges) { range, connection in
      let part = try await views.compare(
        projection, old, with: generation, in: range, at: position, on: connection)
      comparison.withLock { $0.add(part) }
    }
    return comparison.withLock { $0 }
  }

  private func drop(_ old: Generation, _ ranges: [HomeRange]) async throws {
    try await share(ranges) { range, connection in
      try await views.discard(range, of: old, projection, on: connection)
    }
    try await views.forget(old, of: projection)
  }

  private func refreshed(_ generation: Generation) async throws -> Generation {
    try await views.generations(of: projection).first { $0.id == generation.id } ?? generation
  }

  /// Makes the new generation the active one. The old one is held until then, so that readers never go back in the log.
  private func takePlace(_ new: Generation) async throws -> Generation {
    try await views.log.pool.withConnection { connection in
      try await connection.transaction { connection in
        let reached = try await connection.query(
          "SELECT dossier.hold_generation(\(views.casebook), \(projection.name))"
        )[0].decode(Int64?.self, at: 0)
        let new = try await refreshed(new)
        try await views.advance(
          projection, new, to: max(reached ?? 0, new.position),
          try await Voidings(views.log, views.casebook))
        try await connection.query(
          "SELECT dossier.activate_generation(\(views.casebook), \(projection.name), \(new.id))")
      }
    }
    return try await refreshed(new)
  }
}
