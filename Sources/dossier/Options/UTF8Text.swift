/// Text from outside: valid UTF-8 without NUL, a byte order mark at its start left out.
enum UTF8Text {
  /// Reads bytes as text.
  ///
  /// - Parameters:
  ///   - bytes: What was read.
  ///   - place: Where from: "standard input", the name of a file.
  /// - Returns: The text.
  /// - Throws: `Failure` that names the byte, counted from 0.
  static func decode(_ bytes: [UInt8], from place: String) throws(Failure) -> String {
    let invalid = firstInvalidByte(in: bytes)
    if invalid != nil || bytes.contains(0), let kind = FileKind(bytes) {
      throw kind.refusal(of: place)
    }
    if let offset = invalid {
      throw Failure(
        .badInput, "\(place) is not UTF-8: byte \(offset) is wrong. Save it as UTF-8 and try again")
    }
    if let offset = bytes.firstIndex(of: 0) {
      throw Failure(
        .badInput, "\(place) has a NUL at byte \(offset), which no text may have. Take it out")
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    return String(decoding: text, as: UTF8.self)
  }

  /// Where bytes stop being UTF-8 (Unicode 15, table 3-7), counted from 0.
  static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      guard let length = lengthOfScalar(in: bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  private static func lengthOfScalar(in bytes: [UInt8], at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)  // the rest are surrogates
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    let others = bytes[(index + 2)..<(index + length)]
    return others.allSatisfy { (0x80...0xBF).contains($0) } ? length : nil
  }
}
