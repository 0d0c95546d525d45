import CLibPQ

/// A result of libpq, cleared exactly once.
struct ResultHandle: ~Copyable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { PQclear(pointer) }

  var status: ExecStatusType { PQresultStatus(pointer) }
  var rowCount: Int { Int(PQntuples(pointer)) }
  var commandTag: String { String(cString: PQcmdStatus(pointer)) }

  var columns: [ResultTable.Column] {
    (0..<PQnfields(pointer)).map { column in
      ResultTable.Column(
        name: PQfname(pointer, column).map { String(cString: $0) } ?? "",
        type: PostgresType(rawValue: PQftype(pointer, column)))
    }
  }

  /// The bytes of one cell, valid while this result lives; nil for a null.
  func cell(row: Int, column: Int) -> UnsafeRawBufferPointer? {
    let row = Int32(row)
    let column = Int32(column)
    let length = Int(PQgetlength(pointer, row, column))
    // A null has no length either, so only an empty cell needs to be asked which it is.
    if length == 0, PQgetisnull(pointer, row, column) != 0 { return nil }
    return UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: length)
  }

  func field(_ code: Int32) -> String? {
    PQresultErrorField(pointer, code).map { String(cString: $0) }
  }

  /// Everything the server said about an error.
  var report: PostgresError.Report {
    var report = PostgresError.Report()
    report.severity = field(CLIBPQ_DIAG_SEVERITY)
    report.sqlState = field(CLIBPQ_DIAG_SQLSTATE).map(SQLState.init(rawValue:))
    report.detail = field(CLIBPQ_DIAG_MESSAGE_DETAIL)
    report.hint = field(CLIBPQ_DIAG_MESSAGE_HINT)
    report.context = field(CLIBPQ_DIAG_CONTEXT)
    report.schema = field(CLIBPQ_DIAG_SCHEMA_NAME)
    report.table = field(CLIBPQ_DIAG_TABLE_NAME)
    report.column = field(CLIBPQ_DIAG_COLUMN_NAME)
    report.dataType = field(CLIBPQ_DIAG_DATATYPE_NAME)
    report.constraint = field(CLIBPQ_DIAG_CONSTRAINT_NAME)
    report.position = field(CLIBPQ_DIAG_STATEMENT_POSITION).flatMap { Int($0) }
    report.sourceFunction = field(CLIBPQ_DIAG_SOURCE_FUNCTION)
    return report
  }

  /// The server's message, or libpq's own when the server said nothing.
  var message: String {
    field(CLIBPQ_DIAG_MESSAGE_PRIMARY)
      ?? String(cString: PQresultErrorMessage(pointer)).firstLine
  }
}

extension String {
  /// The first line, without the blanks around it; libpq's messages explain themselves in more.
  var firstLine: String {
    guard let line = split(whereSeparator: \.isNewline).first else { return "" }
    return String(line.drop { $0 == " " || $0 == "\t" })
  }
}
