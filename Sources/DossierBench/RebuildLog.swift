import EventLog
import PostgresClient
import Views

/// A large log whose views are measured, filled when it is first needed.
actor RebuildLog {
  /// How many events it holds.
  nonisolated let events: Int
  private let laboratory: Laboratory
  private var task: Task<Filled, any Error>?
  private var countsCases = false

  /// The log, once it is there.
  struct Filled: Sendable {
    fileprivate let log: LargeLog
    /// The views of its only casebook.
    let views: ViewStore
    /// How to reach it.
    let configuration: PostgresConfiguration

    /// The casebook.
    var casebook: SampleCasebook { log.casebook }
  }

  init(_ laboratory: Laboratory, events: Int) {
    self.laboratory = laboratory
    self.events = events
  }

  /// The log, filled.
  func filled() async throws -> Filled {
    if let task { return try await task.value }
    let (laboratory, events) = (laboratory, events)
    let task = Task {
      let database = "views_log_\(events)"
      let configuration = try await laboratory.createDatabase(database)
      let log = EventLog(PostgresPool(configuration, maximumConnections: 2))
      let large = try await LargeLog(events: events, in: log)
      try await laboratory.settle(database)
      return Filled(
        log: large, views: ViewStore(log, casebook: large.casebook.id), configuration: configuration
      )
    }
    self.task = task
    return try await task.value
  }

  /// The log, with a count of all its cases: more events than were asked for, and one case as long as there are others.
  func counted() async throws -> Filled {
    let filled = try await filled()
    if !countsCases {
      countsCases = true
      try await filled.log.countCases()
    }
    return filled
  }
}
