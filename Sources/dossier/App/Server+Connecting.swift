import EmbeddedPostgres
import PostgresClient
import Terminal

extension Server {
  /// How long a server that cannot be connected to yet is waited for, unless `connect_timeout` says otherwise.
  private static let patience = Duration.seconds(60)

  /// Connects as whoever administers the server, waiting for it as ``waiting(_:_:)`` does.
  func connectAsAdministrator(_ terminal: Terminal) async throws -> PostgresConnection {
    try await waiting(terminal) { try await PostgresConnection.connect(administration) }
  }

  /// Does what connects to the server, again and again while that starts, recovers from a crash or goes down: nobody can
  /// say how long it takes, but that it ends. When it takes longer than a moment, it is said once.
  ///
  /// - Throws: `Failure` when it has taken a minute, or the seconds that `connect_timeout` names.
  func waiting<Answer>(
    _ terminal: Terminal, _ body: () async throws -> Answer
  ) async throws -> Answer {
    let limit =
      configuration.keywords["connect_timeout"] == nil
      ? Self.patience : configuration.connectTimeout
    let start = ContinuousClock.now
    var isTold = false
    while true {
      do {
        return try await body()
      } catch let error as PostgresError where error.sqlState == .cannotConnectNow {
        let waited = ContinuousClock.now - start
        guard waited < limit else {
          throw Failure(
            .unavailable,
            "the database has let nobody in for \(limit.components.seconds) s: \(error.message). It "
              + "starts, recovers from a crash or goes down, as its log says. Try again when it runs"
          )
        }
        if !isTold, waited > .seconds(1) {
          terminal.note("waiting for the database, which starts or recovers from a crash")
          isTold = true
        }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// Refuses a pooler of connections that passes on only part of what a session is.
  static func requireWholeSession(_ connection: PostgresConnection) async throws {
    let row = try await connection.query("SELECT current_setting('lock_timeout')")[0]
    guard try row.decode(String.self, at: 0) == lockTimeout else { throw Failure.behindPooler }
  }
}

extension Failure {
  /// Between this program and the server stands something that does not pass everything on.
  static let behindPooler = Failure(
    .configuration,
    "the server is reached through a pooler of connections, such as PgBouncer, that does not pass on "
      + "settings and prepared statements. Name the host and port of PostgreSQL itself")
}
