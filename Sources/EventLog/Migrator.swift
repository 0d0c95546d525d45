import Crypto
public import Migrations
public import PostgresClient

/// Brings a database to the schema that this version of Dossier knows.
public struct Migrator: Sendable {
  private let migrations: [Migrations.Migration]
  private let patience: Duration

  /// A migrator for these migrations, by default all that Dossier carries, which waits for `patience` for whoever uses
  /// what they change. Meanwhile everybody else waits behind it.
  public init(
    _ migrations: [Migrations.Migration] = Migrations.all, patience: Duration = .seconds(10)
  ) {
    self.migrations = migrations
    self.patience = patience
  }

  /// What is applied and what is not.
  public struct Status: Hashable, Sendable {
    /// Versions in the database, in order.
    public let applied: [Int]
    /// What is still to be applied.
    public let pending: [Migrations.Migration]

    /// True when nothing is pending.
    public var isCurrent: Bool { pending.isEmpty }
  }

  /// Compares the database with the migrations carried.
  ///
  /// - Throws: `MigrationError` naming a file that was edited, is missing or unknown.
  public func status(_ connection: PostgresConnection) async throws -> Status {
    let history = try await history(connection)
    for record in history {
      guard let known = migrations.first(where: { $0.version == record.version }) else {
        throw MigrationError.unknown(version: record.version, name: record.name)
      }
      guard known.name == record.name, Self.digest(known) == record.digest else {
        throw MigrationError.edited(known.fileName)
      }
    }
    let applied = history.map(\.version)
    if let missing = migrations.prefix(applied.count).first(where: { !applied.contains($0.version) }
    ) {
      throw MigrationError.missing(missing.fileName)
    }
    return Status(
      applied: applied, pending: migrations.filter { !applied.contains($0.version) })
  }

  /// Creates the group roles and applies what is pending, each migration in a transaction of its own together with its
  /// row of history, and puts up the guards that are missing. Any number of migrators may run at once: one at a time holds
  /// a lock that only the owner can take.
  ///
  /// - Returns: what was applied here, and not by others at the same time.
  /// - Throws: `MigrationError`, also when others use what a migration changes and do not end; the ones before it stand.
  @discardableResult
  public func migrate(
    _ connection: PostgresConnection
  ) async throws -> [Migrations.Migration] {
    try await connection.execute(script: Migrations.roles)
    var applied: [Migrations.Migration] = []
    var status = try await status(connection)
    while let next = status.pending.first {
      do {
        if try await apply(next, after: status, connection) { applied.append(next) }
        status = try await self.status(connection)
      } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
        throw MigrationError.blocked(next.fileName, by: try await Self.blockers(connection))
      } catch let error as PostgresError where error.isAboutExistingSchema {
        // Nothing can be locked before the first migration: perhaps another one was faster.
        status = try await self.status(connection)
        if status.pending.first == next { throw error }
      }
    }
    try await putUpGuards(connection)
    return applied
  }

  /// What makes one migrator wait for another; only the owner may.
  private static let lock = "LOCK TABLE dossier.migration IN SHARE ROW EXCLUSIVE MODE"

  /// Runs as whoever migrates: the owner may not create all of them.
  private func putUpGuards(_ connection: PostgresConnection) async throws {
    try await connection.transaction { connection in
      try await connection.execute(script: "SET LOCAL ROLE dossier_owner; \(Self.lock); RESET ROLE")
      try await connection.execute(script: Migrations.guards)
    }
  }

  /// Applies a migration; false when another migrator has meanwhile.
  private func apply(
    _ migration: Migrations.Migration, after status: Status, _ connection: PostgresConnection
  ) async throws -> Bool {
    try await connection.transaction { connection in
      // Everything belongs to the owner's role, whoever migrates, and is read as it is written; and what guards the schema
      // lets a migration pass.
      try await connection.execute(
        script: """
          SET LOCAL ROLE dossier_owner;
          SET LOCAL standard_conforming_strings = on;
          SET LOCAL dossier.migrating = on;
          SET LOCAL lock_timeout = \(Int(patience / .milliseconds(1)))
          """)
      if !status.applied.isEmpty {
        try await connection.execute(script: Self.lock)
        let known = try await connection.query(
          "SELECT FROM dossier.migration WHERE version = \(Int32(migration.version))")
        guard known.isEmpty else { return false }
      }
      try await connection.execute(script: migration.sql)
      try await connection.query(
        """
        INSERT INTO dossier.migration (version, name, sha256)
        VALUES (\(Int32(migration.version)), \(migration.name), \(Self.digest(migration)))
        """)
      return true
    }
  }

  /// Who else holds locks on what Dossier keeps.
  private static func blockers(
    _ connection: PostgresConnection
  ) async throws -> [MigrationError.Blocker] {
    let rows = try await connection.query(
      """
      SELECT DISTINCT ON (l.virtualtransaction) l.pid, p.gid,
        coalesce(a.usename, p.owner, '')::text, coalesce(a.application_name, '')
      FROM pg_locks l
      JOIN pg_class c ON c.oid = l.relation AND c.relnamespace = 'dossier'::regnamespace
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      LEFT JOIN pg_locks t
        ON l.pid IS NULL AND t.pid IS NULL AND t.locktype = 'transactionid'
          AND t.virtualtransaction = l.virtualtransaction
      LEFT JOIN pg_prepared_xacts p ON p.transaction = t.transactionid
      WHERE l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
      ORDER BY l.virtualtransaction
      """)
    return try rows.map { row throws(PostgresError) in
      let (process, prepared, role, program) = try row.decode(
        (Int32?, String?, String, String).self)
      return MigrationError.Blocker(
        process: process, prepared: prepared, role: role, program: program)
    }
  }

  private struct Record {
    let version: Int
    let name: String
    let digest: [UInt8]
  }

  private func history(_ connection: PostgresConnection) async throws -> [Record] {
    let rows: PostgresRows
    do {
      rows = try await connection.query(
        "SELECT version, name, sha256 FROM dossier.migration ORDER BY version")
    } catch {
      guard error.isAboutMissingSchema else { throw error }
      return []
    }
    return try rows.map { row throws(PostgresError) in
      let (version, name, digest) = try row.decode((Int32, String, [UInt8]).self)
      return Record(version: Int(version), name: name, digest: digest)
    }
  }

  private static func digest(_ migration: Migrations.Migration) -> [UInt8] {
    Array(SHA256.hash(data: Array(migration.sql.utf8)))
  }
}

extension PostgresError {
  /// The schema or the table does not exist yet.
  fileprivate var isAboutMissingSchema: Bool {
    ["42P01", "3F000"].contains(sqlState?.rawValue)
  }

  /// The schema exists already.
  fileprivate var isAboutExistingSchema: Bool {
    ["42P06", "23505"].contains(sqlState?.rawValue)
  }
}
