/// The cells of a result, copied out of libpq into one buffer that any number of rows share.
///
/// Nothing of libpq outlives the exchange, so rows can be kept and passed between tasks freely.
final class ResultTable: Sendable {
  struct Column: Sendable {
    let name: String
    let type: PostgresType
  }

  let columns: [Column]
  let rowCount: Int
  private let bytes: [UInt8]
  /// Where each cell ends, row by row; the complement of that offset marks a null.
  private let ends: [Int]

  init(columns: [Column], rowCount: Int, bytes: [UInt8], ends: [Int]) {
    self.columns = columns
    self.rowCount = rowCount
    self.bytes = bytes
    self.ends = ends
  }

  func decode<Value: PostgresDecodable>(
    _: Value.Type, row: Int, column: Int
  ) throws(PostgresDecodingFailure) -> Value {
    let cell = row * columns.count + column
    let end = ends[cell]
    guard end >= 0 else { return try Value.decodeNull() }
    let start = cell == 0 ? 0 : Self.offset(ends[cell - 1])
    let cells = bytes
    let span = cells.span
    let all = span.bytes
    let one = all.extracting(start..<end)
    return try Value(postgres: one, type: columns[column].type)
  }

  func isNull(row: Int, column: Int) -> Bool { ends[row * columns.count + column] < 0 }

  func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

  private static func offset(_ end: Int) -> Int { end < 0 ? ~end : end }
}

/// Collects cells into a table.
struct ResultTableBuilder {
  private let columns: [ResultTable.Column]
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private(set) var rowCount = 0

  var byteCount: Int { bytes.count }

  init(columns: [ResultTable.Column]) { self.columns = columns }

  /// Appends every row of a result that has the columns of this table.
  mutating func append(_ result: borrowing ResultHandle) {
    let rows = result.rowCount
    ends.reserveCapacity(ends.count + rows * columns.count)
    for row in 0..<rows {
      for column in columns.indices {
        if let cell = result.cell(row: row, column: column) {
          bytes.append(contentsOf: cell)
          ends.append(bytes.count)
        } else {
          ends.append(~bytes.count)
        }
      }
    }
    rowCount += rows
  }

  consuming func finish() -> ResultTable {
    ResultTable(columns: columns, rowCount: rowCount, bytes: bytes, ends: ends)
  }
}
