extension JSONParser {
  /// The first byte after a byte order mark.
  var startOfText: Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// An error that something else was expected at the position.
  func unexpected(_ expectation: String) -> JSONError {
    errorHere("\(describeNext()) where \(expectation) was expected")
  }

  /// An error about the position, or about its encoding if no character begins there.
  func errorHere(_ message: String) -> JSONError {
    if position < bytes.count, bytes[position] >= 0x80 {
      do {
        _ = try validScalarLength()
      } catch {
        return error
      }
    }
    return JSONError(message, offset: position)
  }

  /// What stands at the position, fit for the start of a message.
  func describeNext() -> String {
    guard position < bytes.count else { return "the text ends" }
    let rest = UnsafeBufferPointer(rebasing: bytes[position..<min(position + 4, bytes.count)])
    guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
      return "the text ends"
    }
    return scalar.value < 0x20 || scalar.value == 0x7F
      ? "the control character \(Self.codePoint(scalar.value))" : "“\(scalar)”"
  }

  /// A code point as Unicode writes it: `U+001F`.
  static func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The error with the line and column of its offset.
  func located(_ error: JSONError) -> JSONError {
    guard let offset = error.offset else { return error }
    var located = error
    var line = 1
    var column = 1
    for byte in bytes[min(startOfText, offset)..<offset] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    located.line = line
    located.column = column
    return located
  }
}
