import PostgresClient
import struct FoundationEssentials.UUID

/// A lock that one process of all holds at a time, for as long as its session lasts: when it dies, the server frees it.
struct ViewLock {
  /// What is done by one process at a time.
  enum Purpose: String {
    case rebuild, follow
  }

  private let key: String

  init(_ purpose: Purpose, _ projection: any Projection.Type, of casebook: UUID) {
    key = "dossier \(purpose.rawValue) \(projection.name) \(casebook.uuidString)"
  }

  /// Takes the lock for the session, unless another one has it.
  func take(_ connection: PostgresConnection) async throws -> Bool {
    try await connection.query("SELECT pg_try_advisory_lock(hashtextextended(\(key), 0))")[0]
      .decode(Bool.self, at: 0)
  }

  /// Takes the lock for the session, unless another one keeps it.
  ///
  /// A session that has been closed or killed holds its locks until its server process has gone, so one that is taken is
  /// waited for, for a second at most.
  func takeWhenFree(_ connection: PostgresConnection) async throws -> Bool {
    do {
      try await connection.transaction { connection in
        try await connection.execute(script: "SET LOCAL lock_timeout = '1s'")
        try await connection.query("SELECT pg_advisory_lock(hashtextextended(\(key), 0))")
      }
      return true
    } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
      return false
    }
  }

  /// Whether some session has it.
  func isTaken(_ connection: PostgresConnection) async throws -> Bool {
    // A key of eight bytes is shown as two of four.
    try await connection.query(
      """
      SELECT EXISTS (
        SELECT FROM pg_locks, hashtextextended(\(key), 0) AS k
        WHERE locktype = 'advisory' AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid::bigint = (k >> 32) & 4294967295 AND objid::bigint = k & 4294967295)
      """)[0].decode(Bool.self, at: 0)
  }
}
