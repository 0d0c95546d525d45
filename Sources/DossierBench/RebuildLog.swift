import EventLog
import PostgresClient
import Views

/// A large log whose views are measured, filled when it is first needed.
actor RebuildLog {
  /// How many events it holds, about: a group that counts every case comes on top.
  nonisolated let events: Int
  private let laboratory: Laboratory
  private var task: Task<Filled, any Error>?

  /// The log, once it is there.
  struct Filled: Sendable {
    /// The views of its only casebook.
    let views: ViewStore
    /// The casebook.
    let casebook: SampleCasebook
    /// How to reach it.
    let configuration: PostgresConfiguration
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
      try await large.countCases()
      try await laboratory.settle(database)
      return Filled(
        views: ViewStore(log, casebook: large.casebook.id), casebook: large.casebook,
        configuration: configuration)
    }
    self.task = task
    return try await task.value
  }
}
