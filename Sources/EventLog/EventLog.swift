public import PostgresClient
import FoundationEssentials

/// The append-only log of all casebooks in one database.
public struct EventLog: Sendable {
  /// The connections it uses.
  public let pool: PostgresPool
  /// Who watches requests.
  let watch: RequestWatch?

  /// The log behind `pool`; `watch` is told of requests.
  public init(_ pool: PostgresPool, watch: RequestWatch? = nil) {
    self.pool = pool
    self.watch = watch
  }

  /// Runs `body` and turns the database's refusals into the log's own.
  func translating<R>(
    requestID: UUID? = nil, _ body: () async throws(PostgresError) -> R
  ) async throws -> R {
    do {
      return try await body()
    } catch {
      throw await refusal(error, requestID: requestID) ?? error
    }
  }

  /// The log's own refusal that one of the database's stands for; nil for any other failure.
  ///
  /// Where the database knows a casebook by its identifier only, people are told its short name.
  func refusal(_ error: PostgresError, requestID: UUID? = nil) async -> (any Error)? {
    guard let refusal = EventLogError(error, requestID: requestID) else { return nil }
    guard case .notAllowed(let message) = refusal,
      let name = message.firstMatch(of: /casebook ([0-9a-f-]{36})/)?.output.1,
      let id = UUID(uuidString: String(name)),
      let rows = try? await pool.query(
        "SELECT slug FROM dossier.casebook WHERE casebook_id = \(id)"),
      let slug = try? rows.first?.decode(String.self, at: 0)
    else { return refusal }
    return EventLogError.notAllowed(message.replacing(name, with: slug))
  }
}
