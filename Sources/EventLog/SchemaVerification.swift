public import PostgresClient

/// What comparing the schema with the one that the migrations make found: tables, constraints, triggers, policies,
/// functions, owners, privileges, and the rows that are the same in every database.
public struct SchemaVerification: Hashable, Sendable {
  /// What somebody has changed.
  public let differences: [SchemaDifference]
  /// Guards that a hosted server whose administrator is no superuser cannot have: what they would refuse is found
  /// afterwards only.
  public let unavailable: [SchemaDifference]

  /// Compares them in a database whose schema is current.
  ///
  /// - Throws: `PostgresError`, `PostgresTransactionError`.
  public init(_ connection: PostgresConnection) async throws {
    let (differences, isHosted) = try await connection.transaction(
      isolation: .repeatableRead, readOnly: true
    ) { connection in
      // Where nobody but superusers can take on the owner's role, a superuser has migrated.
      let isHosted = try await !connection.query(
        "SELECT FROM pg_catalog.pg_auth_members WHERE roleid = to_regrole('dossier_owner')"
      ).isEmpty
      return (
        SchemaCatalogue.expected.differences(in: try await SchemaCatalogue(connection))
          + (try await Self.openDoors(connection)) + (try await Self.changedMoments(connection)),
        isHosted
      )
    }
    self.differences = differences.filter { !(isHosted && $0.isMissingCommandGuard) }
    unavailable = differences.filter { isHosted && $0.isMissingCommandGuard }
  }

  /// Settings kept for sessions to come by which the guards let pass whoever has not asked for it.
  private nonisolated(nonsending) static func openDoors(
    _ connection: PostgresConnection
  ) async throws -> [SchemaDifference] {
    try await connection.query(
      """
      SELECT concat_ws(' ', 'setting dossier.migrating of',
        'role ' || (SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid = s.setrole),
        'database ' || (SELECT d.datname FROM pg_catalog.pg_database d WHERE d.oid = s.setdatabase))
      FROM pg_catalog.pg_db_role_setting s, LATERAL unnest(s.setconfig) AS c(setting)
      WHERE lower(c.setting) LIKE 'dossier.migrating=%'
        AND s.setdatabase IN (0, (
          SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database()))
      ORDER BY 1
      """
    ).map { row throws(PostgresError) in
      SchemaDifference(try row.decode(String.self, at: 0), .isStrange)
    }
  }
}

extension EventLog {
  /// Compares the schema with the one that the migrations make.
  ///
  /// - Throws: `PostgresError`, `PostgresTransactionError`.
  public func verifySchema() async throws -> SchemaVerification {
    try await pool.withConnection { try await SchemaVerification($0) }
  }
}
