import Synchronization

/// Ties a stream to the exchange it reads from, so that a stream that is dropped half-way does not
/// block its connection.
final class StreamToken: Sendable {
  /// Whether the statement was a transaction of its own.
  let isAutocommit: Bool
  private let abandoned = Atomic(false)

  init(isAutocommit: Bool) { self.isAutocommit = isAutocommit }

  /// Whether nobody will read on.
  var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

  /// Notes that nobody will read on.
  func abandon() { abandoned.store(true, ordering: .releasing) }
}

/// A stream that is being read. When its iterator goes away, the stream is abandoned, and a
/// connection that was borrowed for it goes back to its pool.
final class StreamHandle: Sendable {
  let connection: PostgresConnection
  let token: StreamToken
  private let pool: PostgresPool?

  init(connection: PostgresConnection, token: StreamToken, pool: PostgresPool?) {
    self.connection = connection
    self.token = token
    self.pool = pool
  }

  deinit {
    token.abandon()
    if let pool { Task { [connection] in await pool.give(back: connection) } }
  }
}

/// Where a stream has its connection from.
enum StreamSource: Sendable {
  case connection(PostgresConnection)
  case pool(PostgresPool)

  /// Begins a stream on the connection, borrowing it first when it is the pool's.
  nonisolated(nonsending) func begin(
    _ file: StaticString, _ line: UInt,
    _ start: nonisolated(nonsending) (PostgresConnection) async throws(PostgresError) -> StreamToken
  ) async throws(PostgresError) -> StreamHandle {
    switch self {
    case .connection(let connection):
      return StreamHandle(
        connection: connection, token: try await start(connection), pool: nil)
    case .pool(let pool):
      let connection = try await pool.take(file, line)
      do {
        return StreamHandle(
          connection: connection, token: try await start(connection), pool: pool)
      } catch {
        await pool.give(back: connection)
        throw error
      }
    }
  }
}
