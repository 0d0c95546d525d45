/// Writes values as bytes into one growing buffer.
struct JSONWriter {
  struct Style {
    var sortsMembers = false
    var indents = false
  }

  private let style: Style
  private var bytes: [UInt8] = []
  private var depth = 0

  static func write(_ value: JSON, _ style: Style) -> String {
    var writer = JSONWriter(style: style)
    writer.bytes.reserveCapacity(256)
    writer.write(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private init(style: Style) {
    self.style = style
  }

  private mutating func write(_ value: JSON) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let lexeme): bytes.append(contentsOf: lexeme.utf8)
    case .string(let value): write(value)
    case .array(let elements): write(elements)
    case .object(let object): write(object)
    }
  }

  private mutating func write(_ elements: [JSON]) {
    bytes.append(UInt8(ascii: "["))
    depth += 1
    for (index, element) in elements.enumerated() {
      separate(isFirst: index == 0)
      write(element)
    }
    close(with: UInt8(ascii: "]"), isEmpty: elements.isEmpty)
  }

  private mutating func write(_ object: JSONObject) {
    bytes.append(UInt8(ascii: "{"))
    depth += 1
    let members =
      style.sortsMembers
      ? object.members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      : object.members
    for (index, member) in members.enumerated() {
      separate(isFirst: index == 0)
      write(member.key)
      bytes.append(UInt8(ascii: ":"))
      if style.indents { bytes.append(UInt8(ascii: " ")) }
      write(member.value)
    }
    close(with: UInt8(ascii: "}"), isEmpty: members.isEmpty)
  }

  private mutating func separate(isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func close(with mark: UInt8, isEmpty: Bool) {
    depth -= 1
    if !isEmpty { breakLine() }
    bytes.append(mark)
  }

  private mutating func breakLine() {
    guard style.indents else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    text.withBytes { characters in
      var written = 0
      for index in characters.indices where Self.needsEscape(characters[index]) {
        bytes.append(contentsOf: characters[written..<index])
        writeEscaped(characters[index])
        written = index + 1
      }
      bytes.append(contentsOf: characters[written...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case 0x22: bytes.append(contentsOf: #"\""#.utf8)
    case 0x5C: bytes.append(contentsOf: #"\\"#.utf8)
    case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    default:
      bytes.append(contentsOf: byte < 0x10 ? #"\u000"#.utf8 : #"\u00"#.utf8)
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }
}
