import PostgresClient
import struct FoundationEssentials.UUID

/// What one process of all does with a view at a time, for as long as its session lasts: when it dies, the server knows.
///
/// A row says who holds it. That they still do is shown by an advisory lock of that session, whose number is drawn when it
/// is taken: a lock of anybody else keeps nobody away.
struct ViewLock {
  /// What is done by one process at a time.
  enum Purpose: String {
    case rebuild, follow
  }

  private let purpose: Purpose
  private let view: String
  private let casebook: UUID

  init(_ purpose: Purpose, _ projection: any Projection.Type, of casebook: UUID) {
    self.purpose = purpose
    view = projection.name
    self.casebook = casebook
  }

  /// Takes the lock for the session, unless another one has it. Taken again, it says that the session is still there.
  func take(_ connection: PostgresConnection) async throws -> Bool {
    try await connection.query(
      "SELECT dossier.hold_view(\(casebook), \(view), \(purpose.rawValue))")[0]
      .decode(Bool.self, at: 0)
  }

  /// Takes the lock for the session, unless another one keeps it.
  ///
  /// A session that has been closed or killed holds its locks until its server process has gone, so one that is taken is
  /// waited for, for a second at most.
  func takeWhenFree(_ connection: PostgresConnection) async throws -> Bool {
    if try await take(connection) { return true }
    do {
      try await connection.transaction { connection in
        try await connection.execute(script: "SET LOCAL lock_timeout = '1s'")
        try await connection.query(
          """
          SELECT pg_advisory_xact_lock_shared(lock_key) FROM dossier.projection_runner
          WHERE casebook_id = \(casebook) AND view = \(view) AND purpose = \(purpose.rawValue)
          """)
      }
    } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
      // Whoever waits for the same number delays this, and no more.
    }
    return try await take(connection)
  }
}
