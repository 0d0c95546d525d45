public import Calendar
import EventLog
import PostgresClient

/// Who keeps a view up to date.
public struct Runner: Hashable, Sendable {
  /// The role that is logged in.
  public let name: String
  /// Since when.
  public let since: Instant
  /// When it last said that it is there.
  public let heartbeat: Instant
}

extension ViewStore {
  /// Says, on the connection that holds its lock, that a runner is there.
  func noteRunner(
    of projection: any Projection.Type, _ connection: PostgresConnection
  ) async throws {
    try await connection.query(
      """
      INSERT INTO dossier.projection_runner AS r (casebook_id, view)
      VALUES (\(casebook), \(projection.name))
      ON CONFLICT (casebook_id, view) DO UPDATE
      SET heartbeat_at = clock_timestamp(), runner = session_user, process = pg_backend_pid(),
        started_at = CASE WHEN r.process = pg_backend_pid() THEN r.started_at
          ELSE clock_timestamp() END
      WHERE r.process <> pg_backend_pid() OR r.heartbeat_at < clock_timestamp() - interval '5 s'
      """)
  }

  /// Who keeps a view up to date now; nil when nobody does. One that holds no lock is not there any more.
  public func runner(of projection: any Projection.Type) async throws -> Runner? {
    try await log.pool.withConnection { connection in
      guard try await ViewLock(.follow, projection, of: casebook).isTaken(connection) else {
        return nil
      }
      return try await connection.query(
        """
        SELECT runner, started_at, heartbeat_at FROM dossier.projection_runner
        WHERE casebook_id = \(casebook) AND view = \(projection.name)
        """
      ).first.map { row throws(PostgresError) in
        let (name, since, heartbeat) = try row.decode(
          (String, PostgresTimestamp, PostgresTimestamp).self)
        return Runner(
          name: name, since: Instant(microseconds: since.microsecondsSinceUnixEpoch),
          heartbeat: Instant(microseconds: heartbeat.microsecondsSinceUnixEpoch))
      }
    }
  }
}
