import EventLog
import PostgresClient

extension ViewStore {
  /// The numbers that rows of a view bear without there being such a generation. There are none unless somebody has
  /// changed the tables by hand.
  func strayGenerations(of projection: any Projection.Type) async throws -> [Int64] {
    try await log.pool.withConnection { try await strayGenerations(of: projection, on: $0) }
  }

  nonisolated(nonsending) func strayGenerations(
    of projection: any Projection.Type, on connection: PostgresConnection
  ) async throws -> [Int64] {
    // From one number to the next, so that the rows between them are not read.
    let next: PostgresQuery = """
      SELECT min(v.generation_id) FROM \(raw: "dossier.\(projection.name)") v
      WHERE v.casebook_id = \(casebook) AND v.generation_id >
      """
    return try await connection.query(
      """
      WITH RECURSIVE stored(id) AS (
        \(next) 0 UNION ALL SELECT (\(next) s.id) FROM stored s WHERE s.id IS NOT NULL)
      SELECT s.id FROM stored s
      WHERE s.id IS NOT NULL AND NOT EXISTS (
        SELECT FROM dossier.generation g
        WHERE g.casebook_id = \(casebook) AND g.view = \(projection.name) AND g.generation_id = s.id)
      """
    ).map { row throws(PostgresError) in try row.decode(Int64.self, at: 0) }
  }
}

extension Generation {
  /// One that is not there, of which there are rows.
  init(stray id: Int64, of projection: any Projection.Type) {
    self.init(
      id: id, viewVersion: projection.version, state: .retired, position: 0, target: 0)
  }
}
