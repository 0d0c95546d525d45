import EventLog
import PostgresClient

/// Appends of one event each, against one-row inserts.
struct AppendBenchmark: Benchmark {
  /// How many events a turn appends in all.
  private static let eventsPerTurn = 400

  let name: String
  private let laboratory: Laboratory
  private let connections: Int
  private let casebooks: Int
  private let target: Double

  /// Appends by so many writers at once, to one casebook or to one each.
  init(
    _ laboratory: Laboratory, connections: Int, sharingOneCasebook: Bool, target: Double
  ) {
    self.laboratory = laboratory
    self.connections = connections
    self.target = target
    casebooks = sharingOneCasebook ? 1 : connections
    name =
      connections == 1
      ? "append, 1 connection"
      : "append, \(connections) connections, \(sharingOneCasebook ? "one casebook" : "own casebooks")"
  }

  func measure() async throws -> [Measurement] {
    let database = "append_\(connections)_\(casebooks)"
    let configuration = try await laboratory.createDatabase(database)
    try await laboratory.asSuperuser(in: database) { try await PlainTable.create(on: $0) }
    let pool = PostgresPool(configuration, maximumConnections: connections)
    var books: [SampleCasebook] = []
    for number in 0..<casebooks {
      books.append(try await SampleCasebook("book-\(number)", in: EventLog(pool)))
    }
    try await laboratory.settle(database)
    let writers = try (0..<connections).map { number in
      try CaseWriter(
        of: "case-\(number)", in: books[number % casebooks], through: pool,
        events: eventsPerWriter, turns: Contest.rounds + 1)
    }
    let times = try await Contest.medians {
      try await all(writers) { try await $0.appendNextTurn() }
    } against: {
      try await all(writers) { try await $0.insertNextTurn() }
    }
    await pool.close()
    let events = Double(eventsPerWriter * connections)
    return [
      Measurement(
        name: name, value: events / times.measured, baseline: events / times.baseline,
        target: .atLeast(target), unit: "events/s")
    ]
  }

  private var eventsPerWriter: Int { Self.eventsPerTurn / connections }

  private func all(
    _ writers: [CaseWriter], _ body: @escaping @Sendable (CaseWriter) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in writers { group.addTask { try await body(writer) } }
      try await group.waitForAll()
    }
  }
}
