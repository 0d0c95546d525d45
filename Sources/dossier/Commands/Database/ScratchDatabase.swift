import PostgresClient

/// A database beside another one, in which a backup is tried.
///
/// Its name tells the session that made it, which lasts longer, and its maker stays connected to it. So one whose maker
/// was killed is told by nobody being there, and the next trial removes it.
struct ScratchDatabase {
  private static let prefix = "dossier_restore_"

  /// How to reach it.
  let configuration: PostgresConfiguration
  /// The connection of its maker.
  let connection: PostgresConnection
  private let name: String

  /// Makes an empty one on the server of `connection`, which is reached by `configuration`.
  init(beside configuration: PostgresConfiguration, _ connection: PostgresConnection) async throws {
    try await Self.removeAbandoned(connection)
    let maker = try await connection.query("SELECT pg_backend_pid()")[0].decode(Int32.self, at: 0)
    name = "\(Self.prefix)\(maker)_" + String(UInt64.random(in: .min ... .max), radix: 16)
    // Names are compared as bytes, whatever the server's locale.
    try await connection.query(
      "CREATE DATABASE \(identifier: name) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    var scratch = configuration
    scratch.database = name
    self.configuration = scratch
    do {
      self.connection = try await PostgresConnection.connect(scratch)
    } catch {
      _ = try? await connection.query("DROP DATABASE \(identifier: name)")
      throw error
    }
  }

  /// Removes it, by a connection to the other one.
  func drop(_ other: PostgresConnection) async {
    await connection.close()
    // Best effort: what remains is removed by the next trial. Not this task, which may have been cancelled.
    await Task {
      _ = try? await other.query("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }.value
  }

  private static func removeAbandoned(_ connection: PostgresConnection) async throws {
    let names = try await connection.query(
      """
      SELECT d.datname::text FROM pg_catalog.pg_database d
      WHERE d.datname ~ \("^\(prefix)[0-9]+_[0-9a-f]{1,16}$")
        AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_stat_activity a
          WHERE a.datid = d.oid OR a.pid::text = split_part(d.datname, '_', 3))
      """
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    for name in names {
      // Refused where somebody has just come.
      _ = try? await connection.query("DROP DATABASE IF EXISTS \(identifier: name)")
    }
  }
}
