import CLibPQ

extension Session {
  // MARK: One statement with values

  /// Runs one statement and reads its whole result.
  func run(_ query: PostgresQuery) throws(PostgresError) -> PostgresRows {
    try makeReady()
    let sql = query.sql
    let key = StatementCache.Key(sql: sql, types: query.parameters.map(\.type))
    let autocommit = isAutocommit
    do {
      return try attempt(query, key)
    } catch let error where Self.isStalePlan(error) {
      statements.forget(key)
      // Inside a transaction the failure has already ended it, and outside nothing was done.
      guard autocommit else { throw error }
      return try attempt(query, key)
    }
  }

  private func attempt(
    _ query: PostgresQuery, _ key: StatementCache.Key
  ) throws(PostgresError) -> PostgresRows {
    let commits = try send(query, key)
    let result = try finish(commits: commits)
    var builder = ResultTableBuilder(columns: result.columns)
    builder.append(result)
    return PostgresRows(table: builder.finish(), commandTag: result.commandTag)
  }

  /// Sends one statement, prepared where that pays; returns whether its success is a commit.
  func send(
    _ query: PostgresQuery, _ key: StatementCache.Key
  ) throws(PostgresError) -> Bool {
    try Self.refuseNull(key.sql)
    let name: String?
    switch statements.decide(key) {
    case .sendText: name = nil
    case .usePrepared(let known): name = known
    case .prepare(let new):
      try prepare(key, as: new)
      name = new
    }
    let commits = isAutocommit || Self.endsTransaction(key.sql)
    let sent = withValues(of: query) { count, types, values, lengths, formats in
      if let name {
        PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1)
      } else {
        PQsendQueryParams(connection, key.sql, count, types, values, lengths, formats, 1)
      }
    }
    guard sent == 1 else { throw sendFailure() }
    return commits
  }

  /// Sends one statement as it is, without preparing it.
  func sendText(_ query: PostgresQuery) throws(PostgresError) {
    let sql = query.sql
    try Self.refuseNull(sql)
    let sent = withValues(of: query) { count, types, values, lengths, formats in
      PQsendQueryParams(connection, sql, count, types, values, lengths, formats, 1)
    }
    guard sent == 1 else { throw sendFailure() }
  }

  private func prepare(_ key: StatementCache.Key, as name: String) throws(PostgresError) {
    for old in statements.evict() {
      guard PQsendQuery(connection, "DEALLOCATE \(PostgresQuery.quoted(identifier: old))") == 1
      else { throw sendFailure() }
      _ = try finish(commits: false)
    }
    let types = key.types.map(\.rawValue)
    guard PQsendPrepare(connection, name, key.sql, Int32(types.count), types) == 1 else {
      throw sendFailure()
    }
    _ = try finish(commits: false)
    statements.didPrepare(key, as: name)
  }

  /// Whether the server no longer knows the statement, or its tables have changed under it.
  private static func isStalePlan(_ error: PostgresError) -> Bool {
    error.sqlState == .invalidStatementName
      || error.sqlState == .featureNotSupported
        && error.report.sourceFunction == "RevalidateCachedQuery"
  }

  /// Lends the values of a query as the arrays that libpq takes.
  private func withValues<R>(
    of query: PostgresQuery,
    _ body: (
      Int32, [Oid], [UnsafePointer<CChar>?], [Int32], [Int32]
    ) -> R
  ) -> R {
    // An empty value needs a pointer that is not null, which an empty buffer does not have.
    let buffer = query.buffer.isEmpty ? [0] : query.buffer
    return buffer.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let parameters = query.parameters
      return body(
        Int32(parameters.count),
        parameters.map(\.type.rawValue),
        parameters.map { $0.bytes.flatMap { range in base?.advanced(by: range.lowerBound) } },
        parameters.map { Int32($0.bytes?.count ?? 0) },
        [Int32](repeating: 1, count: parameters.count))
    }
  }

  // MARK: Text without values

  /// Runs SQL text, one statement or several; returns the last command tag.
  @discardableResult
  func run(script: String, commits: Bool) throws(PostgresError) -> String {
    try makeReady()
    try Self.refuseNull(script)
    guard PQsendQuery(connection, script) == 1 else { throw sendFailure() }
    return try finish(commits: commits).commandTag
  }

  /// libpq would cut the text at a NUL and run the rest of nothing.
  private static func refuseNull(_ sql: String) throws(PostgresError) {
    guard !sql.utf8.contains(0) else {
      throw PostgresError(.misuse, "The text of a statement may not contain a NUL character.")
    }
  }

  // MARK: Results

  /// Reads to the end of an exchange; returns the last result or throws the first failure.
  func finish(commits: Bool) throws(PostgresError) -> ResultHandle {
    var last: ResultHandle?
    var failure: PostgresError?
    while let result = nextResult() {
      switch result.status {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        last = consume result
      case PGRES_COPY_IN:
        PQputCopyEnd(connection, "COPY needs copyIn")
        failure = failure ?? PostgresError(.misuse, "COPY … FROM STDIN needs copyIn.")
      case PGRES_COPY_OUT:
        discardCopyData()
        failure = failure ?? PostgresError(.misuse, "COPY … TO STDOUT needs copyOut.")
      default:
        failure = failure ?? self.failure(result, commits: commits)
      }
    }
    if let failure { throw failure }
    guard let last else {
      throw PostgresError(
        commits ? .outcomeUnknown : .connectionLost, "The server gave no answer.")
    }
    return last
  }
}
