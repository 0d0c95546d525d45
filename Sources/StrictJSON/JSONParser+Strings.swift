extension JSONParser {
  /// Reads a string from its opening to its closing quote.
  mutating func parseString() throws(JSONError) -> String {
    position += 1
    let start = position
    try skipPlainBytes()
    if bytes[position] == UInt8(ascii: "\"") {
      defer { position += 1 }
      return text(from: start)
    }
    // An escape: from here on the string differs from its bytes and is put together in pieces.
    var unescaped: [UInt8] = []
    var pieceStart = start
    while true {
      unescaped.append(contentsOf: bytes[pieceStart..<position])
      if bytes[position] == UInt8(ascii: "\"") {
        position += 1
        return String(decoding: unescaped, as: UTF8.self)
      }
      try parseEscape(into: &unescaped)
      pieceStart = position
      try skipPlainBytes()
    }
  }

  private func text(from start: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
  }

  /// Stops at the next quote or backslash; throws if the text ends first or is not valid.
  private mutating func skipPlainBytes() throws(JSONError) {
    while true {
      skipPlainWords()
      guard position < bytes.count else {
        throw JSONError("the text ends within a string", offset: position)
      }
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        return
      case 0:
        throw JSONError("a string holds a NUL character, which cannot be stored", offset: position)
      case 0x01..<0x20:
        throw JSONError(
          "a string holds the control character \(Self.codePoint(UInt32(bytes[position]))), which "
            + "must be written as an escape", offset: position)
      case 0x80...:
        position += try validScalarLength()
      default:
        position += 1
      }
    }
  }

  /// Passes over eight bytes at a time while all are plain: ASCII from the space on, neither quote
  /// nor backslash.
  ///
  /// The usual arithmetic finds a zero byte in a word: `(w - 0x01…) & ~w & 0x80…`. It may take a
  /// byte above a true hit for one too, which only hands some plain bytes to the loop above.
  private mutating func skipPlainWords() {
    guard let base = bytes.baseAddress else { return }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    while position + 8 <= bytes.count {
      let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      let special =
        ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
        | ((word &- ones &* 0x20) & ~word) | word
      guard special & tops == 0 else { return }
      position += 8
    }
  }

  // MARK: Escapes

  private mutating func parseEscape(into unescaped: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    guard position < bytes.count else {
      throw JSONError("the text ends within a string", offset: position)
    }
    let mark = bytes[position]
    position += 1
    switch mark {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(mark)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      let scalar = try parseUnicodeEscape(from: start)
      unescaped.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
    default:
      throw JSONError("the escape after a backslash is not one that JSON knows", offset: start)
    }
  }

  /// Reads what follows `\u`, a second escape too if the first is the upper half of a pair.
  private mutating func parseUnicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let unit = try parseHexDigits()
    switch unit {
    case 0:
      throw JSONError("a string holds a NUL character, which cannot be stored", offset: start)
    case 0xD800..<0xDC00:
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      else { throw loneSurrogate(unit, at: start) }
      position += 2
      let lower = try parseHexDigits()
      guard 0xDC00..<0xE000 ~= lower,
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (lower - 0xDC00))
      else { throw loneSurrogate(unit, at: start) }
      return scalar
    default:
      guard let scalar = Unicode.Scalar(unit) else { throw loneSurrogate(unit, at: start) }
      return scalar
    }
  }

  private func loneSurrogate(_ unit: UInt32, at start: Int) -> JSONError {
    let escape = "\\u" + String(unit, radix: 16, uppercase: true)
    return JSONError("\(escape) is half of a surrogate pair without the other half", offset: start)
  }

  private mutating func parseHexDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw unexpected("four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: UTF-8

  /// The length of the multi-byte scalar at the position, by Unicode's table 3-7.
  func validScalarLength() throws(JSONError) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch bytes[position] {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard length > 0, position + length <= bytes.count, second ~= bytes[position + 1],
      bytes[(position + 2)..<(position + length)].allSatisfy({ 0x80...0xBF ~= $0 })
    else {
      throw JSONError("the text is not valid UTF-8 at byte offset \(position)", offset: position)
    }
    return length
  }
}
