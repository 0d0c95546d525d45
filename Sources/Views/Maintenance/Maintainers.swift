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

extension ViewStore {
  /// Refuses whoever may not write the casebook's views, before anything is begun.
  ///
  /// - Throws: `ViewError.notAllowed`.
  func requireMaintainer(of projection: any Projection.Type) async throws {
    guard try await log.maintainableCasebooks().contains(casebook) else {
      throw ViewError.notAllowed(view: projection.name)
    }
  }
}
