public import EventLog
import PostgresClient
public import struct FoundationEssentials.UUID

extension EventLog {
  /// The casebooks whose views the person may write.
  public func maintainableCasebooks() async throws -> Set<UUID> {
    Set(
      try await pool.query("SELECT unnest(dossier.projectable_casebooks())")
        .map { row throws(PostgresError) in try row.decode(UUID.self, at: 0) })
  }
}
