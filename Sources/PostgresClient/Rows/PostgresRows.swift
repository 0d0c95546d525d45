/// The rows that a statement returned, and what it reports of itself.
public struct PostgresRows: RandomAccessCollection, Sendable {
  let table: ResultTable

  /// What the server says was done, for example `INSERT 0 1`.
  public let commandTag: String

  /// How many rows the statement inserted, updated, deleted, selected or copied.
  public var affectedRows: Int { Self.count(in: commandTag) }

  /// The names of the columns, in order.
  public var columnNames: [String] { table.columns.map(\.name) }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// The number of rows.
  public var endIndex: Int { table.rowCount }

  /// One row.
  public subscript(position: Int) -> PostgresRow {
    precondition(indices.contains(position), "row \(position) of \(table.rowCount)")
    return PostgresRow(table: table, index: position)
  }

  /// The number at the end of a command tag.
  static func count(in tag: String) -> Int {
    tag.split(separator: " ").last.flatMap { Int($0) } ?? 0
  }
}
