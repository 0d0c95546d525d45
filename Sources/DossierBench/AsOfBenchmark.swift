import Casebook
import CasebookStore
import EventLog
import PostgresClient

/// The fold of one case as of a position, in a log of a million events against one of ten thousand.
struct AsOfBenchmark: Benchmark {
  private static let smallLog = 10_000
  private static let foldsPerTurn = 100

  private let laboratory: Laboratory
  private let events: Int

  /// Compares with a log of so many events.
  init(_ laboratory: Laboratory, events: Int) {
    self.laboratory = laboratory
    self.events = events
  }

  var name: String { "case as of @position, log of \(events) against \(Self.smallLog)" }

  func measure() async throws -> [Measurement] {
    let small = try await Reader(laboratory, "small_log", events: Self.smallLog)
    let large = try await Reader(laboratory, "large_log", events: events)
    let times = try await Contest.medians {
      for _ in 0..<Self.foldsPerTurn { try await large.fold() }
    } against: {
      for _ in 0..<Self.foldsPerTurn { try await small.fold() }
    }
    await small.pool.close()
    await large.pool.close()
    let milliseconds = 1_000 / Double(Self.foldsPerTurn)
    return [
      Measurement(
        name: name, value: times.measured * milliseconds, baseline: times.baseline * milliseconds,
        target: .atMost(1.25), unit: "ms")
    ]
  }

  /// Somebody who looks at the case in a log of their own.
  private struct Reader {
    let pool: PostgresPool
    private let store: CasebookStore
    private let slug: Slug
    private let asOf: AsOf

    init(_ laboratory: Laboratory, _ database: String, events: Int) async throws {
      let configuration = try await laboratory.createDatabase(database)
      pool = PostgresPool(configuration, maximumConnections: 1)
      let log = EventLog(pool)
      let casebook = try await LargeLog(events: events, in: log).casebook
      try await laboratory.settle(database)
      store = CasebookStore(log: log, casebookID: casebook.id, slug: casebook.slug)
      slug = try Slug(LargeLog.scattered)
      // Nine tenths of the log, and of the case.
      asOf = .position(Int64(events / 10 * 9))
    }

    func fold() async throws {
      let view = try await store.view(of: [slug], Reading(asOf: asOf))
      precondition(view.state.cases[slug] != nil, "the case is not in the log")
    }
  }
}
