/// Reads comma-separated values as RFC 4180 defines them, a piece at a time: fields in quotes may hold commas, line
/// breaks and doubled quotes; a quote anywhere else is a mistake. Lines may end in CR LF, LF or CR; a byte order
/// mark at the start is passed over.
struct CSVParser {
  /// A row with the line on which it begins, from 1.
  struct Row {
    let line: Int
    let fields: [[UInt8]]
  }

  /// What is wrong, and on which line.
  struct Failure: Error {
    let line: Int
    let message: String
  }

  /// The largest row, in bytes.
  static let rowLimit = 1 << 20

  private enum State {
    case fieldStart, plain, quoted, quoteInQuoted
  }

  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fields: [[UInt8]] = []
  private var size = 0
  private var line = 1
  private var rowLine = 1
  private var offset = 0
  private var afterReturn = false
  private var mark: [UInt8] = []

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Takes in the next piece and hands each row that ends in it to `body`.
  mutating func consume(
    _ bytes: some Sequence<UInt8>, _ body: (Row) throws -> Void
  ) throws {
    for byte in bytes {
      if offset < 3, mark.count == offset, byte == Self.byteOrderMark[offset] {
        mark.append(byte)
        offset += 1
        continue
      }
      if mark.count < 3, !mark.isEmpty {
        // What began like a byte order mark was none.
        let pending = mark
        mark = []
        for byte in pending { try take(byte, body) }
      }
      offset += 1
      try take(byte, body)
    }
  }

  /// Ends the text: the last row need not end with a line break.
  mutating func finish(_ body: (Row) throws -> Void) throws {
    if mark.count < 3 {
      let pending = mark
      mark = []
      for byte in pending { try take(byte, body) }
    }
    guard state != .quoted else {
      throw Failure(
        line: rowLine, message: "a field in quotes never ends; was the file cut off?")
    }
    if state != .fieldStart || !fields.isEmpty { try endRow(body) }
  }

  private mutating func take(_ byte: UInt8, _ body: (Row) throws -> Void) throws {
    defer { afterReturn = byte == Self.carriageReturn }
    guard byte != 0 else { throw Failure(line: line, message: "a NUL character") }
    if byte == Self.lineFeed, afterReturn {
      // The second half of CR LF: it belongs to the text only inside quotes.
      if state == .quoted { try append(byte) }
      return
    }
    let isBreak = byte == Self.lineFeed || byte == Self.carriageReturn
    defer { if isBreak { line += 1 } }
    switch state {
    case .quoted:
      if byte == Self.quote { state = .quoteInQuoted } else { try append(byte) }
    case .quoteInQuoted where byte == Self.quote:
      try append(byte)
      state = .quoted
    case .fieldStart where byte == Self.quote:
      state = .quoted
    case .fieldStart, .plain, .quoteInQuoted:
      if byte == Self.comma {
        endField()
      } else if isBreak {
        if state != .fieldStart || !fields.isEmpty { try endRow(body) }
        rowLine = line + 1
      } else if state == .quoteInQuoted {
        throw Failure(
          line: line, message: "text after the closing quote of a field; double a quote inside it")
      } else if byte == Self.quote {
        throw Failure(
          line: line,
          message: "a quote inside a field that does not begin with one; put the whole field in "
            + "quotes and double the quote")
      } else {
        try append(byte)
        state = .plain
      }
    }
  }

  private mutating func append(_ byte: UInt8) throws(Failure) {
    size += 1
    guard size <= Self.rowLimit else {
      throw Failure(line: rowLine, message: "the row is larger than \(Self.rowLimit >> 20) MiB")
    }
    field.append(byte)
  }

  private mutating func endField() {
    fields.append(field)
    field = []
    state = .fieldStart
  }

  private mutating func endRow(_ body: (Row) throws -> Void) throws {
    endField()
    let row = Row(line: rowLine, fields: fields)
    fields = []
    size = 0
    try body(row)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
