import CLibPQ

extension Session {
  private static let chunkSize = 64 * 1024

  // MARK: From the server

  /// Starts a `COPY … TO STDOUT`.
  func beginCopyOut(_ sql: String) throws(PostgresError) -> StreamToken {
    let token = StreamToken(isAutocommit: isAutocommit)
    try beginCopy(sql, expecting: PGRES_COPY_OUT)
    activity = .copyOut(token)
    return token
  }

  /// Reads the data that is there, waiting for some; nil after the last.
  func nextCopyData(_ token: StreamToken) throws(PostgresError) -> [UInt8]? {
    guard case .copyOut(let current) = activity, current === token else {
      throw PostgresError(.misuse, "The stream is no longer the connection's.")
    }
    var chunk: [UInt8] = []
    while chunk.count < Self.chunkSize {
      var buffer: UnsafeMutablePointer<CChar>?
      // Only the first piece is waited for.
      let length = PQgetCopyData(connection, &buffer, chunk.isEmpty ? 0 : 1)
      if length > 0 {
        chunk.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(length)))
        PQfreemem(buffer)
        continue
      }
      if length == 0 || !chunk.isEmpty { return chunk }
      activity = .none
      _ = try finish(commits: token.isAutocommit)
      return nil
    }
    return chunk
  }

  // MARK: To the server

  /// Starts a `COPY … FROM STDIN`.
  func beginCopyIn(_ sql: String) throws(PostgresError) {
    try beginCopy(sql, expecting: PGRES_COPY_IN)
    activity = .copyIn
  }

  /// Sends data, waiting until the server takes it.
  func putCopyData(_ bytes: [UInt8]) throws(PostgresError) {
    guard case .copyIn = activity else {
      throw PostgresError(.misuse, "The connection is not copying in.")
    }
    let sent = bytes.withUnsafeBytes { bytes in
      // libpq keeps a whole message in memory, so large ones are split.
      stride(from: 0, to: bytes.count, by: Self.chunkSize).allSatisfy { start in
        let piece = UnsafeRawBufferPointer(
          rebasing: bytes[start..<min(start + Self.chunkSize, bytes.count)])
        return PQputCopyData(
          connection, piece.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(piece.count)) == 1
      }
    }
    guard sent else {
      activity = .none
      _ = try finish(commits: false)
      throw sendFailure()
    }
  }

  /// Ends a COPY, or gives it up for a reason; returns how many rows were copied.
  func endCopyIn(abortingFor reason: String?) throws(PostgresError) -> Int {
    guard case .copyIn = activity else {
      throw PostgresError(.misuse, "The connection is not copying in.")
    }
    activity = .none
    let commits = reason == nil && isCopyAutocommit
    if PQputCopyEnd(connection, reason) != 1, isBroken {
      throw PostgresError(.connectionLost, connectionMessage)
    }
    return PostgresRows.count(in: try finish(commits: commits).commandTag)
  }

  // MARK: Both

  private func beginCopy(
    _ sql: String, expecting status: ExecStatusType
  ) throws(PostgresError) {
    try makeReady()
    isCopyAutocommit = isAutocommit
    guard PQsendQuery(connection, sql) == 1 else { throw sendFailure() }
    guard let result = nextResult() else { throw sendFailure() }
    if result.status == status { return }
    let wrong: PostgresError
    switch result.status {
    case PGRES_COPY_OUT:
      discardCopyData()
      wrong = PostgresError(.misuse, "COPY … TO STDOUT needs copyOut.")
    case PGRES_COPY_IN:
      PQputCopyEnd(connection, "COPY needs copyIn")
      wrong = PostgresError(.misuse, "COPY … FROM STDIN needs copyIn.")
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      wrong = PostgresError(.misuse, "The statement is not a COPY from or to this program.")
    default:
      wrong = failure(result, commits: isCopyAutocommit)
    }
    while let rest = PQgetResult(connection) { PQclear(rest) }
    throw wrong
  }
}
