/// Writes texts as YAML so that reading them gives back the same bytes: plain where that is safe, folded or literal
/// where they are long, quoted otherwise.
enum YAMLText {
  /// The longest line that is written where a text can be wrapped, in characters.
  static let width = 100

  /// The text after `key: ` at this indentation, or on the lines below it.
  static func block(_ text: String, indent: Int, used: Int) -> String {
    if isMultiline(text) { return literal(text, indent: indent) }
    if used + text.count > width, isFoldable(text) { return folded(text, indent: indent) }
    return isPlain(text, inFlow: false) ? text : quoted(text)
  }

  /// The text inside `{…}` or `[…]`.
  static func flow(_ text: String) -> String {
    isPlain(text, inFlow: true) ? text : quoted(text)
  }

  // MARK: Styles

  private static func literal(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? "" : margin + line
    }
    return "|-\n" + lines.joined(separator: "\n")
  }

  private static func folded(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.utf8.split(separator: space).map({ String(Substring($0)) }) {
      if line.count > indent, line.count + 1 + word.count > width {
        lines.append(line)
        line = margin
      }
      line += line.count > indent ? " \(word)" : String(word)
    }
    lines.append(line)
    return ">-\n" + lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        if isPrintable(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          let code = String(scalar.value, radix: 16)
          quoted += "\\U" + String(repeating: "0", count: 8 - code.count) + code
        }
      }
    }
    return quoted + "\""
  }

  // MARK: What is safe

  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    guard first.properties.isAlphabetic || isDigit(first), last != ":", last != " " else {
      return false
    }
    var before = first
    for scalar in text.unicodeScalars {
      guard isPrintable(scalar) else { return false }
      if scalar == "#", before == " " { return false }
      if scalar == " ", before == ":" { return false }
      if inFlow, ",[]{}:#&*!|>'\"%@`?".unicodeScalars.contains(scalar) { return false }
      before = scalar
    }
    return true
  }

  /// Whether wrapping at single spaces and joining again gives the same text.
  private static func isFoldable(_ text: String) -> Bool {
    guard text.unicodeScalars.allSatisfy(isPrintable), !text.utf8.isEmpty else {
      return false
    }
    // Words are told apart by their bytes: a space that carries an accent is no space to String.
    return text.utf8.split(separator: space, omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty }
  }

  private static func isMultiline(_ text: String) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let first = lines.first, let last = lines.last else { return false }
    guard !first.isEmpty, !last.isEmpty else { return false }
    return lines.allSatisfy { line in
      line.unicodeScalars.allSatisfy(isPrintable) && line.utf8.first != space
        && line.utf8.last != space
    }
  }

  /// Whether YAML keeps the character as it is, within one line.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }

  private static let space = UInt8(ascii: " ")

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }
}
