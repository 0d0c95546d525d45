import Crypto
public import Migrations
public import PostgresClient

/// Brings a database to the schema that this version of Dossier knows.
public struct Migrator: Sendable {
  /// The key of the advisory lock that one migrator holds at a time: "dossier" in ASCII.
  private static let lockKey: Int64 = 0x64_6f73_7369_6572

  private let migrations: [Migrations.Migration]

  /// A migrator for these migrations, by default all that Dossier carries.
  public init(_ migrations: [Migrations.Migration] = Migrations.all) {
    self.migrations = migrations
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
  /// row of history, under one lock, and puts up the guards that are missing. Any number of migrators may run at once.
  ///
  /// - Returns: what was applied.
  @discardableResult
  public func migrate(
    _ connection: PostgresConnection
  ) async throws -> [Migrations.Migration] {
    try await connection.execute(script: Migrations.roles)
    try await connection.query("SELECT pg_advisory_lock(\(Self.lockKey))::text")
    do {
      let status = try await status(connection)
      for migration in status.pending { try await apply(migration, connection) }
      try await connection.execute(script: Migrations.guards)
      try await connection.query("SELECT pg_advisory_unlock(\(Self.lockKey))")
      return status.pending
    } catch {
      // A lost connection has given the lock up already.
      _ = try? await connection.query("SELECT pg_advisory_unlock(\(Self.lockKey))")
      throw error
    }
  }

  private func apply(
    _ migration: Migrations.Migration, _ connection: PostgresConnection
  ) async throws {
    try await connection.transaction { connection in
      // Everything belongs to the owner's role, whoever migrates, and is read as it is written; and what guards the schema
      // lets a migration pass.
      try await connection.execute(
        script: """
          SET LOCAL ROLE dossier_owner;
          SET LOCAL standard_conforming_strings = on;
          SET LOCAL dossier.migrating = on
          """)
      try await connection.execute(script: migration.sql)
      try await connection.query(
        """
        INSERT INTO dossier.migration (version, name, sha256)
        VALUES (\(Int32(migration.version)), \(migration.name), \(Self.digest(migration)))
        """)
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
}
