public import PostgresClient
import struct FoundationEssentials.UUID

/// The append-only log of all casebooks in one database.
public struct EventLog: Sendable {
  /// The connections it uses.
  public let pool: PostgresPool

  /// The log behind `pool`.
  public init(_ pool: PostgresPool) {
    self.pool = pool
  }

  /// Runs `body` and turns the database's refusals into the log's own.
  func translating<R>(
    requestID: UUID? = nil, _ body: () async throws(PostgresError) -> R
  ) async throws -> R {
    do {
      return try await body()
    } catch {
      if let refusal = EventLogError(error, requestID: requestID) { throw refusal }
      throw error
    }
  }
}
