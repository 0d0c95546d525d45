import Casebook
import CasebookStore
public import EventLog
import PostgresClient
public import struct FoundationEssentials.UUID

extension EventLog {
  /// Gives a login role access to a casebook, as `casebook grant` does.
  ///
  /// - Returns: whether anything had to be recorded.
  @discardableResult
  public func grant(
    _ access: Access, to role: String, on casebook: UUID, request: UUID? = nil
  ) async throws -> Bool {
    guard let access = MemberAccess(rawValue: access.rawValue) else { return false }
    return try await store(casebook).grant(AccessContent(role: role, access: access), id: request)
      .positions != nil
  }

  /// Takes a login role's access to a casebook away, as `casebook revoke` does.
  public func revoke(_ role: String, on casebook: UUID, request: UUID? = nil) async throws {
    _ = try await store(casebook).revoke(role, id: request)
  }

  private func store(_ casebook: UUID) async throws -> CasebookStore {
    guard let record = try await casebooks().first(where: { $0.id == casebook }) else {
      throw EventLogError.noSuchCasebook("\(casebook)")
    }
    return CasebookStore(log: self, casebookID: record.id, slug: try Slug(record.slug))
  }
}

extension TestDatabase {
  /// Lets somebody in as those were before grants were recorded, so that the log holds what the test puts there and
  /// nothing else.
  public func admit(_ role: String, _ access: Access, to casebook: UUID) async throws {
    try await asSuperuser { connection in
      try await connection.execute(script: "SET dossier.migrating = 'on'")
      try await connection.query(
        """
        INSERT INTO dossier.membership (casebook_id, role_name, access, granted_at)
        VALUES (\(casebook), \(role), \(access.rawValue), '2020-01-01')
        """)
    }
  }
}
