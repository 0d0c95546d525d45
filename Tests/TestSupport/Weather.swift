import Glibc
import PostgresClient

/// What befalls a server while people write: a fault each time so many requests were acknowledged, the kinds in turn.
public actor Weather {
  private enum Fault: CaseIterable {
    case sessionsEnded, stoppedAtOnce, backendKilled, serverKilled
  }

  private let server: PrivateServer
  private let interval: Int
  private var acknowledged = 0
  private var last: Task<Void, any Error>?
  /// How many faults there were.
  public private(set) var faults = 0

  /// Faults of a server, one after each `interval` acknowledgements.
  public init(_ server: PrivateServer, every interval: Int) {
    self.server = server
    self.interval = interval
  }

  /// Notes that a request was acknowledged; whoever's is due for a fault stays until the server is up again.
  public func acknowledge() async throws {
    acknowledged += 1
    guard acknowledged.isMultiple(of: interval) else { return }
    let fault = Fault.allCases[faults % Fault.allCases.count]
    faults += 1
    let task = Task { [last] in
      try await last?.value
      try await strike(fault)
    }
    last = task
    try await task.value
  }

  /// Returns when the server is up, as far as this knows.
  public func settle() async throws { try await last?.value }

  private nonisolated func strike(_ fault: Fault) async throws {
    switch fault {
    case .sessionsEnded:
      try await TestDatabase(server.configuration).asSuperuser { connection in
        try await connection.query(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
          """)
      }
    case .stoppedAtOnce: try await server.restart(.immediate)
    case .backendKilled: try await killBackend()
    case .serverKilled:
      try await server.kill()
      try await server.start()
    }
  }

  /// Kills the process behind a connection, after which the server throws everybody out and recovers.
  private nonisolated func killBackend() async throws {
    let witness = try await PostgresConnection.connect(server.configuration)
    let victim = try await PostgresConnection.connect(server.configuration)
    _ = await kill(victim.serverProcessID, SIGKILL)
    // A statement without an end of its own: it ends with the server.
    _ = try? await witness.query("SELECT pg_sleep(3600)")
    while await !isUp() { await Task.yield() }
  }

  private nonisolated func isUp() async -> Bool {
    guard let connection = try? await PostgresConnection.connect(server.configuration) else {
      return false
    }
    await connection.close()
    return true
  }
}
