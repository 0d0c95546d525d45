import PostgresClient

/// Reads stored rows as a binary COPY sends them (PostgreSQL manual, COPY, binary format): from, to, and a view's
/// columns.
struct TupleReader {
  private let keyColumns: Int
  private var pieces: PostgresCopyOut.AsyncIterator
  private var buffer: [UInt8] = []
  private var index = 0
  private var hasHeader = false

  init(_ copy: PostgresCopyOut, keyColumns: Int) {
    pieces = copy.makeAsyncIterator()
    self.keyColumns = keyColumns
  }

  /// The next row; nil after the last.
  nonisolated(nonsending) mutating func next() async throws -> Stretch? {
    if !hasHeader {
      // The signature, the flags, and an extension of no length.
      guard try await fill(19) else { return nil }
      index += 19
      hasHeader = true
    }
    guard try await fill(2) else { return nil }
    let columns = integer(at: index, bytes: 2)
    guard columns != 0xFFFF else { return nil }
    index += 2
    guard let from = try await position(), let to = try await position() else { return nil }
    let start = index
    var keyEnd = start
    for column in 0..<Int(columns) - 2 {
      guard try await skipField() else { return nil }
      if column + 1 == keyColumns { keyEnd = index }
    }
    return Stretch(
      from: from ?? 0, to: to,
      row: ViewRow(bytes: Array(buffer[start..<index]), keyLength: keyEnd - start))
  }

  /// A position, or null; nothing when the data ends.
  private nonisolated(nonsending) mutating func position() async throws -> Int64?? {
    guard try await fill(4) else { return .none }
    guard integer(at: index, bytes: 4) != 0xFFFF_FFFF else {
      index += 4
      return .some(nil)
    }
    guard try await fill(12) else { return .none }
    let value = integer(at: index + 4, bytes: 8)
    index += 12
    return .some(Int64(bitPattern: value))
  }

  private nonisolated(nonsending) mutating func skipField() async throws -> Bool {
    guard try await fill(4) else { return false }
    let length = integer(at: index, bytes: 4)
    guard length != 0xFFFF_FFFF else {
      index += 4
      return true
    }
    guard try await fill(4 + Int(length)) else { return false }
    index += 4 + Int(length)
    return true
  }

  private func integer(at start: Int, bytes: Int) -> UInt64 {
    buffer[start..<start + bytes].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Makes sure that so many bytes lie before the index; false when the data ends before.
  private nonisolated(nonsending) mutating func fill(_ count: Int) async throws -> Bool {
    while buffer.count - index < count {
      guard let piece = try await pieces.next() else { return false }
      buffer.append(contentsOf: piece)
    }
    return true
  }

  /// Forgets what has been read, so that memory holds little more than one row.
  mutating func forget() {
    guard index > 64 * 1024 else { return }
    buffer.removeFirst(index)
    index = 0
  }
}
