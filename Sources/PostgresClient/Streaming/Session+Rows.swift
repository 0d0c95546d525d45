import CLibPQ

extension Session {
  /// How much is read before it is handed on.
  private enum Batch {
    static let rows = 512
    static let bytes = 256 * 1024
  }

  /// Sends a statement whose rows will be read a few at a time.
  func beginRows(_ query: PostgresQuery) throws(PostgresError) -> StreamToken {
    try makeReady()
    let token = StreamToken(isAutocommit: isAutocommit)
    try sendText(query)
    guard PQsetSingleRowMode(connection) == 1 else { throw sendFailure() }
    activity = .rows(token)
    return token
  }

  /// Reads the rows that are there, waiting for at least one; tells whether they are the last.
  func nextRows(_ token: StreamToken) throws(PostgresError) -> (PostgresRows?, isLast: Bool) {
    guard case .rows(let current) = activity, current === token else {
      throw PostgresError(.misuse, "The stream is no longer the connection's.")
    }
    var rows: ResultTableBuilder?
    var failure: PostgresError?
    while true {
      if let table = rows,
        table.rowCount >= Batch.rows || table.byteCount >= Batch.bytes
          || hasReadAll()
      {
        return (PostgresRows(table: table.finish(), commandTag: ""), isLast: false)
      }
      guard let result = nextResult() else { break }
      switch result.status {
      case PGRES_SINGLE_TUPLE:
        var table = rows.take() ?? ResultTableBuilder(columns: result.columns)
        table.append(result)
        rows = table
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
      case PGRES_COPY_IN: PQputCopyEnd(connection, "COPY needs copyIn")
      case PGRES_COPY_OUT:
        discardCopyData()
        failure = failure ?? PostgresError(.misuse, "COPY … TO STDOUT needs copyOut.")
      default: failure = failure ?? self.failure(result, commits: token.isAutocommit)
      }
    }
    activity = .none
    if let failure { throw failure }
    return (rows.map { PostgresRows(table: $0.finish(), commandTag: "") }, isLast: true)
  }

  /// Whether no further row has arrived. What libpq has not taken from the socket yet it takes first: few large batches
  /// cost less than many small ones.
  private func hasReadAll() -> Bool {
    if PQisBusy(connection) == 0 { return false }
    return PQconsumeInput(connection) == 0 || PQisBusy(connection) == 1
  }
}
