import PostgresClient
import struct FoundationEssentials.UUID

/// Writes the rows of a view: a few one by one, many in bulk. `COPY FROM` is refused under row-level security, so these
/// are copied to a table of the session's own and inserted from there.
struct RowStaging {
  /// Of more rows than these, staging them is faster.
  private static let few = 20

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

  /// Ends stored rows and adds others: the stretches that follow from what came after `since`.
  ///
  /// - Throws: `ViewError.damaged` when a row that ends is not stored.
  nonisolated(nonsending) func write(
    _ stretches: [Stretch], _ connection: PostgresConnection, since: Int64
  ) async throws {
    guard stretches.count > Self.few else {
      return try await apply(stretches, connection, since: since)
    }
    try await prepare(connection)
    try await stage(connection) { writer in
      var tuples: [UInt8] = []
      for stretch in stretches { stretch.write(to: &tuples, columns: projection.columns.count) }
      try await writer.write(tuples)
    }
    try await apply(connection, since: since, ends: stretches.count { $0.from <= since })
  }

  /// The same, row by row.
  private nonisolated(nonsending) func apply(
    _ few: [Stretch], _ connection: PostgresConnection, since: Int64
  ) async throws {
    for ended in few where ended.from <= since {
      let count = try await connection.query(end(of: ended)).affectedRows
      guard count == 1 else { throw ViewError.damaged(view: projection.name) }
    }
    let added = few.filter { $0.from > since }
    guard let first = added.first else { return }
    var values = self.values(of: first)
    for stretch in added.dropFirst() { values = "\(values), \(self.values(of: stretch))" }
    try await connection.query(
      """
      INSERT INTO \(table) (casebook_id, generation_id, from_position, to_position, \(columns))
      VALUES \(values)
      """)
  }

  private func end(of stretch: Stretch) -> PostgresQuery {
    var query: PostgresQuery = """
      UPDATE \(table) SET to_position = \(stretch.to as Int64?)
      WHERE casebook_id = \(casebook) AND generation_id = \(generation)
        AND from_position = \(stretch.from) AND to_position IS NULL
      """
    for (column, bytes) in zip(projection.columns, stretch.row.fields(projection.keyColumns)) {
      query.append(PostgresQuery(raw: " AND \"\(column.name)\" = "))
      query.append(binary: bytes, column.type.postgres)
    }
    return query
  }

  private func values(of stretch: Stretch) -> PostgresQuery {
    var query: PostgresQuery =
      "(\(casebook), \(generation), \(stretch.from), \(stretch.to as Int64?)"
    for (column, bytes) in zip(projection.columns, stretch.row.fields(projection.columns.count)) {
      query.append(", ")
      query.append(binary: bytes, column.type.postgres)
    }
    query.append(")")
    return query
  }
}

extension ViewColumn.ValueType {
  fileprivate var postgres: PostgresType {
    switch self {
    case .text: .text
    case .integer: .int4
    case .bigint: .int8
    case .boolean: .bool
    case .date: .date
    case .timestamp: .timestamptz
    case .texts: .textArray
    case .json: .json
    }
  }
}
