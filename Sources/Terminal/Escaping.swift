extension String {
  /// This text as it may be shown on a screen: what would command the terminal, reverse the reading
  /// order or hide itself is spelt out, for example `\u{1b}`; line breaks stay.
  ///
  /// Covers C0 and C1 controls, DEL, the bidirectional controls of UAX #9, the line separators,
  /// and characters that show nothing at all (zero-width space, byte order mark, tags).
  public var escapedForDisplay: String {
    replacingUnsafeScalars { scalar in
      "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  /// This JSON text with every character that could command a terminal written as a JSON escape.
  ///
  /// The document's meaning is unchanged (RFC 8259, section 7).
  public var escapedForJSON: String {
    replacingUnsafeScalars { scalar in
      String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
  }

  private func replacingUnsafeScalars(_ replacement: (Unicode.Scalar) -> String) -> String {
    // Nearly all text is safe: look before building another string.
    guard unicodeScalars.contains(where: \.isUnsafeOnTerminal) else { return self }
    var result = ""
    result.reserveCapacity(utf8.count + 16)
    for scalar in unicodeScalars {
      if scalar.isUnsafeOnTerminal {
        result += replacement(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal might obey, reorder or hide this character instead of showing it.
  var isUnsafeOnTerminal: Bool {
    switch value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x20...0x7E: false
    case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF: true
    case 0x2028...0x202E, 0x2066...0x206F: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }
}
