public import struct FoundationEssentials.UUID
import PostgresClient

/// Told when a request is on its way to the log, so that whoever interrupts it can be told how to repeat it.
public struct RequestWatch: Sendable {
  let sent: @Sendable (UUID) -> Void
  let answered: @Sendable () -> Void

  /// A watch.
  ///
  /// - Parameters:
  ///   - sent: told the identity of a request before it is sent.
  ///   - answered: told when it is known what became of the request; never when the connection broke before.
  public init(
    sent: @escaping @Sendable (UUID) -> Void, answered: @escaping @Sendable () -> Void
  ) {
    self.sent = sent
    self.answered = answered
  }
}

extension EventLog {
  /// Sends a request while it is watched.
  func watched<R>(_ requestID: UUID, _ send: () async throws -> R) async throws -> R {
    watch?.sent(requestID)
    do {
      let reply = try await send()
      watch?.answered()
      return reply
    } catch {
      let cause = (error as? PostgresTransactionError)?.cause ?? error as? PostgresError
      if cause?.kind != .outcomeUnknown { watch?.answered() }
      throw error
    }
  }
}
