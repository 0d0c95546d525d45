public import Calendar
import EventLog
import PostgresClient

/// Who is at work on a view.
public struct Runner: Hashable, Sendable {
  /// The role that is logged in.
  public let name: String
  /// Since when.
  public let since: Instant
  /// When it last said that it is there.
  public let heartbeat: Instant
}

extension ViewStore {
  /// Who keeps a view up to date now; nil when nobody does.
  public func runner(of projection: any Projection.Type) async throws -> Runner? {
    try await runner(of: projection, for: .follow)
  }

  /// Who is at work on a view now; nil when nobody is. One whose session has ended is not there any more.
  func runner(
    of projection: any Projection.Type, for purpose: ViewLock.Purpose
  ) async throws -> Runner? {
    try await log.pool.query(
      """
      SELECT runner::text, started_at, heartbeat_at
      FROM dossier.view_runners(\(casebook), \(projection.name))
      WHERE purpose = \(purpose.rawValue)
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
