/// The data of a `COPY … TO STDOUT`, read as it is consumed: pieces of any size, in order.
public struct PostgresCopyOut: AsyncSequence, Sendable {
  /// What reading may throw.
  public typealias Failure = PostgresError

  let source: StreamSource
  let sql: String
  let file: StaticString
  let line: UInt

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator { Iterator(copy: self) }

  /// Reads one piece after another.
  public struct Iterator: AsyncIteratorProtocol {
    private let copy: PostgresCopyOut
    private var handle: StreamHandle?
    private var isFinished = false

    init(copy: PostgresCopyOut) { self.copy = copy }

    /// Returns the next piece, or nil at the end.
    public mutating func next(
      isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> [UInt8]? {
      guard !isFinished else { return nil }
      let copy = copy
      do {
        if handle == nil {
          handle = try await copy.source.begin(copy.file, copy.line) {
            connection throws(PostgresError) in
            try await connection.beginCopyOut(copy)
          }
        }
        if let handle, let chunk = try await handle.connection.nextCopyData(handle.token, copy) {
          return chunk
        }
        end()
        return nil
      } catch {
        end()
        throw error
      }
    }

    private mutating func end() {
      isFinished = true
      handle = nil
    }
  }
}

extension PostgresConnection {
  /// Streams the data of a `COPY … TO STDOUT`, which takes no bound values.
  ///
  /// A stream that is dropped half-way is cancelled when the connection is next used.
  public nonisolated func copyOut(
    _ statement: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) throws(PostgresError) -> PostgresCopyOut {
    PostgresCopyOut(
      source: .connection(self), sql: try statement.unbound(file, line), file: file, line: line)
  }

  func beginCopyOut(_ copy: PostgresCopyOut) async throws(PostgresError) -> StreamToken {
    try await exchange(copy.sql, copy.file, copy.line) { session throws(PostgresError) in
      try session.beginCopyOut(copy.sql)
    }
  }

  func nextCopyData(
    _ token: StreamToken, _ copy: PostgresCopyOut
  ) async throws(PostgresError) -> [UInt8]? {
    try await exchange(copy.sql, copy.file, copy.line) { session throws(PostgresError) in
      try session.nextCopyData(token)
    }
  }
}

extension PostgresPool {
  /// Streams the data of a `COPY … TO STDOUT` on a connection borrowed while it is read.
  public func copyOut(
    _ statement: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) throws(PostgresError) -> PostgresCopyOut {
    PostgresCopyOut(
      source: .pool(self), sql: try statement.unbound(file, line), file: file, line: line)
  }
}

extension PostgresQuery {
  /// The text of a statement that cannot have bound values.
  func unbound(_ file: StaticString, _ line: UInt) throws(PostgresError) -> String {
    guard parameters.isEmpty else {
      throw PostgresError(
        .misuse, "COPY takes no bound values; write them with \\(literal:).", query: sql,
        file: file, line: line)
    }
    return sql
  }
}
