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

  /// Why a view cannot be read that is not built: to whoever may not build it either, with those who may.
  func notBuilt(_ projection: any Projection.Type) async throws -> ViewError {
    guard try await !log.maintainableCasebooks().contains(casebook) else {
      return .notBuilt(view: projection.name)
    }
    let members = try await log.members(of: casebook)
    return .notYoursToBuild(
      view: projection.name,
      maintainers: members.filter { $0.access != .read && $0.login == .usable }.map(\.role))
  }

  /// Runs `body`, and tells the server's refusal of whoever may not write the casebook's views as a view's.
  ///
  /// - Throws: `ViewError.notAllowed`.
  nonisolated(nonsending) func translatingRefusal<R>(
    of projection: any Projection.Type, _ body: nonisolated(nonsending) () async throws -> R
  ) async throws -> R {
    do {
      return try await body()
    } catch let error as PostgresError where error.sqlState == .insufficientPrivilege {
      throw ViewError.notAllowed(view: projection.name)
    }
  }
}
