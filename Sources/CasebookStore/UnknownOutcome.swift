public import PostgresClient
public import struct FoundationEssentials.UUID

/// The connection broke before the log said whether a request was carried out. Repeated under the same identity, the
/// request happens once.
public struct UnknownOutcome: Error {
  /// The identity of the request.
  public let requestID: UUID
  /// How the connection broke.
  public let cause: PostgresError
}
