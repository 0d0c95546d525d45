/// Finds the text of one member of a JSON object without reading it.
///
/// It follows the structure only, and says nothing about whether the text is valid.
enum RawMember {
  /// Where the value of the outermost object's member `key` lies, without the space around it; nil
  /// when there is none, or the text is cut short.
  static func range(of key: String, in text: ArraySlice<UInt8>) -> Range<Int>? {
    let key = Array(key.utf8)
    var scanner = Scanner(text: text, index: text.startIndex)
    scanner.skipSpace()
    guard scanner.take(UInt8(ascii: "{")) else { return nil }
    while true {
      scanner.skipSpace()
      guard let name = scanner.string() else { return nil }
      scanner.skipSpace()
      guard scanner.take(UInt8(ascii: ":")) else { return nil }
      scanner.skipSpace()
      guard let value = scanner.value() else { return nil }
      if text[name].elementsEqual(key) { return value }
      guard scanner.take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private struct Scanner {
    let text: ArraySlice<UInt8>
    var index: Int

    mutating func skipSpace() {
      while index < text.endIndex, Self.isSpace(text[index]) { index += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard index < text.endIndex, text[index] == byte else { return false }
      index += 1
      return true
    }

    /// Passes over a string; the range between its quotes.
    mutating func string() -> Range<Int>? {
      guard take(UInt8(ascii: "\"")) else { return nil }
      let start = index
      while index < text.endIndex {
        switch text[index] {
        case UInt8(ascii: "\""):
          index += 1
          return start..<index - 1
        case UInt8(ascii: "\\"): index += 2
        default: index += 1
        }
      }
      return nil
    }

    /// Passes over a value and the space after it, up to the comma or brace that ends it.
    mutating func value() -> Range<Int>? {
      let start = index
      var end = index
      var depth = 0
      while index < text.endIndex {
        switch text[index] {
        case UInt8(ascii: "\""):
          guard string() != nil else { return nil }
          end = index
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}") where depth == 0, UInt8(ascii: ",") where depth == 0:
          return start..<end
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        index += 1
        if !Self.isSpace(text[index - 1]) { end = index }
      }
      return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
  }
}
