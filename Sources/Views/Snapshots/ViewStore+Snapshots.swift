import Calendar
import EventLog
import PostgresClient

extension ViewStore {
  /// The snapshots of the casebook, in the order of the log.
  public func snapshots() async throws -> [Snapshot] {
    try await log.pool.query(
      """
      SELECT name, position, saved_at, saved_by FROM dossier.snapshot
      WHERE casebook_id = \(casebook) ORDER BY position, name
      """
    ).map { row throws(PostgresError) in
      let (name, position, at, by) = try row.decode(
        (String, Int64, PostgresTimestamp, String).self)
      return Snapshot(
        name: name, position: position,
        savedAt: Instant(microseconds: at.microsecondsSinceUnixEpoch), savedBy: by)
    }
  }

  /// Names a position which the views have reached.
  ///
  /// - Throws: `ViewError.nameTaken` when there is a schema of that name; `PostgresError` when the person may not write
  ///   views.
  public func save(_ name: String, at position: Int64) async throws {
    try await translating(["42P06", "23505"], to: .nameTaken(name)) {
      _ = try await log.pool.query(
        "SELECT dossier.save_snapshot(\(casebook), \(position), \(name))")
    }
  }

  /// Takes the name of a position and its schema away.
  ///
  /// - Returns: whether there was one.
  /// - Throws: `ViewError.nameInUse` when things of others depend on the schema or are in it.
  public func dropSnapshot(_ name: String) async throws -> Bool {
    try await translating(["2BP01"], to: .nameInUse(name)) {
      try await log.pool.query("SELECT dossier.drop_snapshot(\(casebook), \(name))")[0]
        .decode(Bool.self, at: 0)
    }
  }

  /// Runs `body`, and tells refusals of the server with these codes as a view's.
  private func translating<R>(
    _ codes: Set<String>, to meaning: ViewError, _ body: () async throws -> R
  ) async throws -> R {
    do {
      return try await body()
    } catch {
      let code = (error as? PostgresError)?.sqlState?.rawValue ?? ""
      throw codes.contains(code) ? meaning : error
    }
  }
}
