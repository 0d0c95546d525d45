import PostgresClient
import struct FoundationEssentials.UUID

/// Writes the rows of a view in bulk. `COPY FROM` is refused under row-level security, so rows are copied to a table of
/// the session's own and inserted from there.
struct RowStaging {
  let projection: any Projection.Type
  let casebook: UUID
  let generation: Int64

  private var table: PostgresQuery { PostgresQuery(raw: "dossier.\(projection.name)") }
  private var staged: PostgresQuery { PostgresQuery(raw: "pg_temp.staged_\(projection.name)") }
  private var columns: PostgresQuery {
    PostgresQuery(raw: projection.columns.map { "\"\($0.name)\"" }.joined(separator: ", "))
  }

  /// Makes the session's own table, empty at the beginning of every transaction.
  nonisolated(nonsending) func prepare(_ connection: PostgresConnection) async throws {
    let exists = try await connection.query(
      "SELECT to_regclass(\("pg_temp.staged_\(projection.name)")) IS NOT NULL"
    )[0].decode(Bool.self, at: 0)
    guard !exists else { return }
    try await connection.execute(
      script: """
        CREATE TEMPORARY TABLE staged_\(projection.name) ON COMMIT DELETE ROWS AS
        SELECT from_position, to_position, \(columns.sql) FROM \(table.sql) WITH NO DATA
        """)
  }

  /// Copies rows to the session's table, as `body` writes them.
  nonisolated(nonsending) func stage(
    _ connection: PostgresConnection,
    _ body: nonisolated(nonsending) (inout PostgresCopyWriter) async throws -> Void
  ) async throws {
    try await connection.copyIn("COPY \(staged) FROM STDIN (FORMAT binary)") { writer in
      // The signature, no flags, no extension (PostgreSQL manual, COPY, binary format).
      try await writer.write("PGCOPY\n".utf8)
      try await writer.write([0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8))
      try await body(&writer)
      try await writer.write([0xFF, 0xFF])
    }
  }

  /// Ends the stored rows that the staged ones say end, and adds the others: those that began after `since`.
  ///
  /// - Throws: `ViewError.damaged` when a row that ends is not stored.
  nonisolated(nonsending) func apply(_ connection: PostgresConnection, since: Int64, ends: Int)
    async throws
  {
    if ends > 0 {
      let key = projection.columns.prefix(projection.keyColumns)
        .map { "t.\"\($0.name)\" = s.\"\($0.name)\"" }.joined(separator: " AND ")
      let ended = try await connection.query(
        """
        UPDATE \(table) t SET to_position = s.to_position
        FROM \(staged) s
        WHERE t.casebook_id = \(casebook) AND t.generation_id = \(generation)
          AND s.from_position <= \(since) AND t.from_position = s.from_position
          AND t.to_position IS NULL AND \(raw: key)
        """
      ).affectedRows
      guard ended == ends else { throw ViewError.damaged(view: projection.name) }
    }
    try await connection.query(
      """
      INSERT INTO \(table) (casebook_id, generation_id, from_position, to_position, \(columns))
      SELECT \(casebook), \(generation), from_position, to_position, \(columns)
      FROM \(staged) WHERE from_position > \(since)
      """)
  }
}
