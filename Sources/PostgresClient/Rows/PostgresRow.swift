/// One row of a result.
public struct PostgresRow: Sendable {
  let table: ResultTable
  let index: Int

  /// How many columns the row has.
  public var count: Int { table.columns.count }

  /// The names of the columns, in order.
  public var columnNames: [String] { table.columns.map(\.name) }

  /// Reads a column by its place, counted from 0.
  ///
  /// Throws an error of kind `decoding` that names the column.
  public func decode<Value: PostgresDecodable>(
    _ type: Value.Type = Value.self, at column: Int, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(PostgresError) -> Value {
    guard table.columns.indices.contains(column) else {
      throw PostgresError(
        .decoding, "The result has \(count) columns, so there is no column \(column).",
        file: file, line: line)
    }
    do {
      return try table.decode(type, row: index, column: column)
    } catch {
      throw PostgresError(
        .decoding,
        "Column \"\(table.columns[column].name)\" cannot be read as \(type): \(error.reason).",
        file: file, line: line)
    }
  }

  /// Reads a column by its name.
  ///
  /// Throws an error of kind `decoding` that names the column.
  public func decode<Value: PostgresDecodable>(
    _ type: Value.Type = Value.self, named name: String, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(PostgresError) -> Value {
    guard let column = table.column(named: name) else {
      throw PostgresError(
        .decoding,
        "The result has no column \"\(name)\"; it has \(columnNames.joined(separator: ", ")).",
        file: file, line: line)
    }
    return try decode(type, at: column, file: file, line: line)
  }

  /// Reads the whole row, from its first column on: `try row.decode((Int64, String?).self)`.
  ///
  /// Throws an error of kind `decoding` when a column does not fit or their number differs.
  public func decode<each Value: PostgresDecodable>(
    _ types: (repeat each Value).Type = (repeat each Value).self, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(PostgresError) -> (repeat each Value) {
    var expected = 0
    for _ in repeat (each Value).self { expected += 1 }
    guard expected == count else {
      throw PostgresError(
        .decoding, "The result has \(count) columns, where \(expected) were expected.",
        file: file, line: line)
    }
    var column = -1
    func next<T: PostgresDecodable>(_: T.Type) throws(PostgresError) -> T {
      column += 1
      return try decode(T.self, at: column, file: file, line: line)
    }
    return (repeat try next((each Value).self))
  }

  /// Whether a column holds a null.
  public func isNull(at column: Int) -> Bool { table.isNull(row: index, column: column) }

  /// Reads a column by its name, as whatever type is wanted: `try row["slug"] as String`.
  public subscript<Value: PostgresDecodable>(name: String) -> Value {
    get throws(PostgresError) { try decode(Value.self, named: name) }
  }

  /// Reads a column by its place: `try row[0] as Int64`.
  public subscript<Value: PostgresDecodable>(column: Int) -> Value {
    get throws(PostgresError) { try decode(Value.self, at: column) }
  }
}
