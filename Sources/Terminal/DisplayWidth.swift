extension String {
  /// How many columns of a terminal this text takes, line breaks aside.
  ///
  /// East Asian wide and full-width characters and emoji take two (UAX #11), combining marks none.
  public var displayWidth: Int {
    // One column a byte for plain ASCII, which is most of what is measured.
    var allASCII = true
    for byte in utf8 where byte < 0x20 || byte > 0x7E {
      allASCII = false
      break
    }
    if allASCII { return utf8.count }
    return reduce(into: 0) { $0 += $1.displayWidth }
  }
}

extension Character {
  /// How many columns of a terminal this character takes: 0, 1 or 2.
  public var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      if scalar.value == 0xFE0F, width == 1 {
        width = 2  // variation selector 16 asks for the emoji form
      } else if width == 0 {
        width = scalar.displayWidth
      }
    }
    return width
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    if value < 0x300 { return value < 0x20 || (0x7F...0x9F).contains(value) ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide ? 2 : 1
    }
  }

  /// Whether UAX #11 calls this character wide or full-width, to the accuracy of blocks.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB,
      0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default:
      properties.isEmojiPresentation
    }
  }
}
