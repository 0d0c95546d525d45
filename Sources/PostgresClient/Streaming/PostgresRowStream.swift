/// The rows of one statement, read as they are consumed.
///
/// The statement is sent when the first row is asked for. Rows come in batches that are bounded in
/// number and size; while nobody asks, nothing is read and the server waits. Until the last row
/// has been read or the iterator is gone, the connection does nothing else.
public struct PostgresRowStream: AsyncSequence, Sendable {
  /// What reading a row may throw.
  public typealias Failure = PostgresError

  let source: StreamSource
  let query: PostgresQuery
  let file: StaticString
  let line: UInt

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  /// Reads one row after another.
  public struct Iterator: AsyncIteratorProtocol {
    private let stream: PostgresRowStream
    private var handle: StreamHandle?
    private var batch: PostgresRows?
    private var index = 0
    private var isFinished = false

    init(stream: PostgresRowStream) { self.stream = stream }

    /// Returns the next row, or nil after the last.
    public mutating func next(
      isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> PostgresRow? {
      while true {
        if let batch, index < batch.count {
          index += 1
          return batch[index - 1]
        }
        guard !isFinished else { return nil }
        batch = try await fetch()
        index = 0
      }
    }

    private mutating func fetch(
      isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> PostgresRows? {
      let stream = stream
      do {
        if handle == nil {
          handle = try await stream.source.begin(stream.file, stream.line) {
            connection throws(PostgresError) in
            try await connection.beginRows(stream.query, stream.file, stream.line)
          }
        }
        guard let handle else { return nil }
        let (rows, isLast) = try await handle.connection.nextRows(
          handle.token, stream.query.sql, stream.file, stream.line)
        if isLast { end() }
        return rows
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
  /// Streams the rows of one statement; its interpolated values are bound.
  ///
  /// A stream that is dropped half-way is cancelled when the connection is next used; inside a
  /// transaction, where that would undo the transaction, the rest is read and thrown away.
  public nonisolated func stream(
    _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) -> PostgresRowStream {
    PostgresRowStream(source: .connection(self), query: query, file: file, line: line)
  }

  func beginRows(
    _ query: PostgresQuery, _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) -> StreamToken {
    try await exchange(query.sql, file, line) { session throws(PostgresError) in
      try session.beginRows(query)
    }
  }

  func nextRows(
    _ token: StreamToken, _ sql: String, _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) -> (PostgresRows?, isLast: Bool) {
    try await exchange(sql, file, line) { session throws(PostgresError) in
      try session.nextRows(token)
    }
  }
}

extension PostgresPool {
  /// Streams the rows of one statement on a connection that is borrowed while the stream is read.
  public func stream(
    _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) -> PostgresRowStream {
    PostgresRowStream(source: .pool(self), query: query, file: file, line: line)
  }
}
