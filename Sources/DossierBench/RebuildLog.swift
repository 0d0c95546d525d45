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
  private nonisolated var database: String { "views_log_\(events)" }

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
    let (laboratory, events, database) = (laboratory, events, database)
    let task = Task {
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

  /// Clears away what the last rebuild dropped, as the server does by itself between two that are days apart. One that
  /// comes at once would run beside its vacuum.
  nonisolated func settle() async throws { try await laboratory.settle(database) }

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
