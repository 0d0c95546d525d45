import PostgresClient
import struct FoundationEssentials.UUID

/// Hands the rows of a view to the server, which writes them: a few one by one, many in bulk. These are copied to a table
/// of the session's own and added from there.
struct RowStaging {
  /// Of more rows than these, staging them is faster.
  private static let few = 20

  let projection: any Projection.Type
  let casebook: UUID
  let generation: Int64

  /// Makes the session's own table, empty at the beginning of every transaction.
  nonisolated(nonsending) func prepare(_ connection: PostgresConnection) async throws {
    try await connection.query("SELECT dossier.stage_rows(\(projection.name))")
  }

  /// Copies rows to the session's table, as `body` writes them.
  nonisolated(nonsending) func stage(
    _ connection: PostgresConnection,
    _ body: nonisolated(nonsending) (inout PostgresCopyWriter) async throws -> Void
  ) async throws {
    let staged = PostgresQuery(raw: "pg_temp.staged_\(projection.name)")
    try await connection.copyIn("COPY \(staged) FROM STDIN (FORMAT binary)") { writer in
      // The signature, no flags, no extension (PostgreSQL manual, COPY, binary format).
      try await writer.write("PGCOPY\n".utf8)
      try await writer.write([0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8))
      try await body(&writer)
      try await writer.write([0xFF, 0xFF])
    }
  }

  /// Adds the staged rows, which are a slice of a generation that is being built, and marks it done.
  nonisolated(nonsending) func add(_ slice: Slice, _ connection: PostgresConnection) async throws {
    try await connection.query(
      "SELECT dossier.add_slice(\(casebook), \(projection.name), \(generation), \(slice.number))")
  }

  /// Ends stored rows and adds others: the stretches that follow from what came after `since`.
  ///
  /// - Throws: `ViewError.damaged` when a row that ends is not stored.
  nonisolated(nonsending) func write(
    _ stretches: [Stretch], _ connection: PostgresConnection, since: Int64
  ) async throws {
    let areEnded =
      stretches.count > Self.few
      ? try await writeInBulk(stretches, connection, since: since)
      : try await write(few: stretches, connection, since: since)
    guard areEnded else { throw ViewError.damaged(view: projection.name) }
  }

  private nonisolated(nonsending) func writeInBulk(
    _ stretches: [Stretch], _ connection: PostgresConnection, since: Int64
  ) async throws -> Bool {
    try await prepare(connection)
    try await stage(connection) { writer in
      var tuples: [UInt8] = []
      for stretch in stretches { stretch.write(to: &tuples, columns: projection.columns.count) }
      try await writer.write(tuples)
    }
    return try await connection.query(
      "SELECT dossier.add_rows(\(casebook), \(projection.name), \(generation), \(since))"
    )[0].decode(Bool.self, at: 0)
  }

  /// The same, row by row in one statement, which ends rows first: a row may take the place of one.
  private nonisolated(nonsending) func write(
    few: [Stretch], _ connection: PostgresConnection, since: Int64
  ) async throws -> Bool {
    guard !few.isEmpty else { return true }
    let ended = few.filter { $0.from <= since }
    var query: PostgresQuery = "SELECT "
    for (index, stretch) in (ended + few.filter { $0.from > since }).enumerated() {
      if index > 0 { query.append(", ") }
      query.append(call(for: stretch, ends: index < ended.count))
    }
    let row = try await connection.query(query)[0]
    return try ended.indices.allSatisfy { try row.decode(Bool.self, at: $0) }
  }

  private func call(for stretch: Stretch, ends: Bool) -> PostgresQuery {
    let function = PostgresQuery(raw: "dossier.\(ends ? "end_in" : "add_to")_\(projection.name)")
    var query: PostgresQuery =
      "\(function)(\(casebook), \(generation), \(stretch.from), \(stretch.to as Int64?)"
    let columns = ends ? projection.keyColumns : projection.columns.count
    for (column, bytes) in zip(projection.columns, stretch.row.fields(columns)) {
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
