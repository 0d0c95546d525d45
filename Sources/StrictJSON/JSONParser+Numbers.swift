extension JSONParser {
  /// Reads a number and keeps the digits it was written with.
  mutating func parseNumber() throws(JSONError) -> String {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = position
    guard skipDigits() > 0 else {
      throw unexpected("a digit")
    }
    if bytes[whole] == UInt8(ascii: "0"), position > whole + 1 {
      throw JSONError("a number must not begin with a zero", offset: whole)
    }
    var needsRangeCheck = position - whole > 300
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let digits = skipDigits()
      guard digits > 0 else { throw unexpected("a digit after the decimal point") }
      needsRangeCheck = needsRangeCheck || digits > 300
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard skipDigits() > 0 else { throw unexpected("a digit of the exponent") }
      needsRangeCheck = true
    }
    let lexeme = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    if needsRangeCheck {
      try checkRange(lexeme, at: start)
    }
    return lexeme
  }

  /// Refuses a number that a double would turn into infinity or, though it is not zero, into zero:
  /// other readers of the same text would silently see another number.
  private func checkRange(_ lexeme: String, at start: Int) throws(JSONError) {
    let shown = lexeme.utf8.count <= 40 ? lexeme : "\(lexeme.prefix(40))…"
    guard let value = Double(lexeme), value.isFinite else {
      throw JSONError("the number \(shown) is too large", offset: start)
    }
    let mantissa = lexeme.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    let isZero = !mantissa.contains { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 }
    guard value != 0 || isZero else {
      throw JSONError("the number \(shown) is too close to zero", offset: start)
    }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position]
    {
      position += 1
    }
    return position - start
  }
}
