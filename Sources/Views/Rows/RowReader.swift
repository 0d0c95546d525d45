import Calendar
import Casebook
import EventLog
import PostgresClient
import StrictJSON

/// Reads the columns of a stored row, one after the other in the view's order.
struct RowReader {
  private let row: PostgresRow
  private var column = 0

  /// Begins with the first column.
  init(_ row: PostgresRow) { self.row = row }

  /// Reads the next column.
  mutating func next<Value: PostgresDecodable>(
    _ type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    defer { column += 1 }
    return try row.decode(type, at: column)
  }

  /// Passes over columns.
  mutating func skip(_ count: Int) { column += count }

  /// Reads a four-byte integer.
  mutating func number() throws(PostgresError) -> Int { Int(try next(Int32.self)) }

  /// Reads a JSON document; nil for null.
  mutating func json() throws -> JSON? {
    try next(PostgresJSON?.self).map { try JSON(parsing: $0.text) }
  }

  /// Reads who recorded something, when and where in the log, from three columns.
  mutating func stamp() throws(PostgresError) -> Stamp {
    let (at, by) = (try next(PostgresTimestamp.self), try next(String.self))
    return Stamp(
      position: try next(), at: Instant(microseconds: at.microsecondsSinceUnixEpoch), by: by)
  }

  /// Reads the same where all three may be null.
  mutating func optionalStamp() throws(PostgresError) -> Stamp? {
    guard row.isNull(at: column) else { return try stamp() }
    skip(3)
    return nil
  }
}

extension ViewStore {
  /// The rows of a view that were true at a position which it has reached, in the order of their keys. Each has the
  /// view's columns in order; `narrowing` is a condition on them, of a table `v`.
  ///
  /// - Throws: `ViewError.notBuilt` when the view is not there, which is another answer than no rows.
  func rows(
    of projection: any Projection.Type, at position: Int64, narrowing: PostgresQuery = "true"
  ) async throws -> PostgresRows {
    let columns = projection.columns.map { "v.\"\($0.name)\"" }
    let rows = try await log.pool.query(
      """
      SELECT \(raw: columns.joined(separator: ", "))
      FROM \(raw: "dossier.\(projection.name)") v
      JOIN dossier.active_generation a USING (casebook_id, generation_id)
      WHERE v.casebook_id = \(casebook) AND a.view = \(projection.name)
        AND v.from_position <= \(position)
        AND (v.to_position IS NULL OR v.to_position > \(position)) AND (\(narrowing))
      ORDER BY \(raw: columns.prefix(projection.keyColumns).joined(separator: ", "))
      """)
    if rows.isEmpty, try await activeGeneration(of: projection) == nil {
      throw ViewError.notBuilt(view: projection.name)
    }
    return rows
  }
}
