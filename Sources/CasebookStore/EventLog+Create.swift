public import Casebook
import Crypto
public import EventLog
public import struct FoundationEssentials.UUID
import StrictJSON

extension EventLog {
  /// Creates a casebook; the connected person becomes its admin.
  ///
  /// - Parameters:
  ///   - content: what it is.
  ///   - requestID: the identity of the request; repeated, it happens once.
  /// - Returns: the casebook's identifier.
  /// - Throws: `EventLogError.casebookExists`.
  public func create(_ content: CasebookContent, requestID: UUID? = nil) async throws -> UUID {
    let data = Event.casebookCreated(content).data
    return try await createCasebook(
      data: data.text, requestID: requestID ?? UUID(),
      commandHash: Array(SHA256.hash(data: Array(data.canonicalText.utf8))))
  }
}
