/// Sends the data of a `COPY … FROM STDIN`, in whatever format the statement names.
public struct PostgresCopyWriter: Sendable {
  fileprivate let connection: PostgresConnection
  fileprivate let file: StaticString
  fileprivate let line: UInt
  fileprivate var buffer: [UInt8] = []

  /// How much is collected before it is sent.
  private static let flushSize = 64 * 1024

  /// Writes bytes, waiting while the server is behind.
  public nonisolated(nonsending) mutating func write(_ bytes: some Sequence<UInt8>)
    async throws(PostgresError)
  {
    buffer.append(contentsOf: bytes)
    try await flushIfLarge()
  }

  /// Writes text as UTF-8, waiting while the server is behind.
  public nonisolated(nonsending) mutating func write(_ text: String) async throws(PostgresError) {
    try await write(text.utf8)
  }

  fileprivate nonisolated(nonsending) mutating func flushIfLarge() async throws(PostgresError) {
    if buffer.count >= Self.flushSize { try await flush() }
  }

  fileprivate nonisolated(nonsending) mutating func flush() async throws(PostgresError) {
    guard !buffer.isEmpty else { return }
    let bytes = buffer
    buffer = []
    buffer.reserveCapacity(Self.flushSize + 1024)
    try await connection.putCopyData(bytes, file, line)
  }
}

/// Sends rows to a `COPY … FROM STDIN (FORMAT binary)`.
public struct PostgresRowWriter: Sendable {
  fileprivate var writer: PostgresCopyWriter

  /// Writes one row, waiting while the server is behind.
  ///
  /// The values must have exactly the types of the columns: nothing is converted.
  public nonisolated(nonsending) mutating func write<each Value: PostgresEncodable>(
    _ values: repeat each Value
  ) async throws(PostgresError) {
    var columns: Int16 = 0
    for _ in repeat (each Value).self { columns += 1 }
    writer.buffer.append(bigEndian: columns)
    repeat writer.buffer.append(counted: each values)
    try await writer.flushIfLarge()
  }
}

extension PostgresConnection {
  /// Copies data into a table with a `COPY … FROM STDIN`, which takes no bound values; returns how
  /// many rows there were.
  ///
  /// When the body throws, the COPY is given up, nothing is kept, and the body's own error is
  /// thrown. A row that the server refuses is reported when the copy ends.
  @discardableResult
  public nonisolated(nonsending) func copyIn(
    _ statement: PostgresQuery, file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (inout PostgresCopyWriter) async throws -> Void
  ) async throws -> Int {
    let sql = try statement.unbound(file, line)
    try await beginCopyIn(sql, file, line)
    var writer = PostgresCopyWriter(connection: self, file: file, line: line)
    do {
      try await body(&writer)
      try await writer.flush()
    } catch {
      await abortCopyIn()
      throw error
    }
    return try await endCopyIn(sql, file, line)
  }

  /// Copies rows into a table with a `COPY … FROM STDIN (FORMAT binary)`; see ``copyIn``.
  @discardableResult
  public nonisolated(nonsending) func copyRowsIn(
    _ statement: PostgresQuery, file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (inout PostgresRowWriter) async throws -> Void
  ) async throws -> Int {
    try await copyIn(statement, file: file, line: line) { writer in
      // The signature, no flags, no extension (PostgreSQL manual, COPY, binary format).
      try await writer.write([0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00])
      try await writer.write([UInt8](repeating: 0, count: 8))
      var rows = PostgresRowWriter(writer: writer)
      try await body(&rows)
      writer = rows.writer
      try await writer.write([0xFF, 0xFF])
    }
  }

  private func beginCopyIn(
    _ sql: String, _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) {
    try await exchange(sql, file, line) { session throws(PostgresError) in
      try session.beginCopyIn(sql)
    }
  }

  fileprivate func putCopyData(
    _ bytes: [UInt8], _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) {
    try await exchange(nil, file, line) { session throws(PostgresError) in
      try session.putCopyData(bytes)
    }
  }

  private func endCopyIn(
    _ sql: String, _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) -> Int {
    do {
      return try await exchange(sql, file, line) { session throws(PostgresError) in
        try session.endCopyIn(abortingFor: nil)
      }
    } catch {
      // A task cancelled before the end was sent leaves the COPY open.
      await abortCopyIn()
      throw error
    }
  }

  /// Gives a COPY up; what became of the attempt is told by the error that led here.
  private func abortCopyIn() async {
    guard let session, case .copyIn = session.activity else { return }
    _ = try? session.endCopyIn(abortingFor: "the client gave up")
    if session.isBroken { close() }
  }
}
