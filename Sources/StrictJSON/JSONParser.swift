/// A recursive descent over the bytes of one JSON text.
///
/// It works on bytes because a rebuild reads a million events: no `Character` is ever formed, and a
/// string without escapes is copied once. The path of an error is put together while unwinding, so
/// a text without errors pays nothing for it.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let maximumDepth: Int
  var position = 0
  var depth = 0

  /// Above this many members, repeated keys are found with a set and no longer by comparing.
  private static let scanLimit = 16

  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int
  ) -> Result<JSON, JSONError> {
    var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
    do {
      return .success(try parser.parseDocument())
    } catch {
      return .failure(parser.located(error))
    }
  }

  private mutating func parseDocument() throws(JSONError) -> JSON {
    position = startOfText
    skipWhitespace()
    guard position < bytes.count else {
      throw JSONError("the text is empty, where a JSON value was expected", offset: position)
    }
    let value = try parseValue()
    skipWhitespace()
    guard position == bytes.count else {
      throw errorHere("\(describeNext()) follows the end of the value")
    }
    return value
  }

  // MARK: Values

  private mutating func parseValue() throws(JSONError) -> JSON {
    guard position < bytes.count else {
      throw JSONError("the text ends where a value was expected", offset: position)
    }
    switch bytes[position] {
    case UInt8(ascii: "\""):
      return .string(try parseString())
    case UInt8(ascii: "{"):
      return .object(try parseObject())
    case UInt8(ascii: "["):
      return .array(try parseArray())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try parseNumber())
    case UInt8(ascii: "t"):
      try parseWord("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try parseWord("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try parseWord("null")
      return .null
    default:
      throw unexpected("a value")
    }
  }

  private mutating func parseObject() throws(JSONError) -> JSONObject {
    try open()
    var members: [(key: String, value: JSON)] = []
    var seen: Set<ExactKey> = []
    if closes(with: UInt8(ascii: "}")) { return JSONObject() }
    members.reserveCapacity(8)
    while true {
      let keyPosition = position
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw unexpected("a key in double quotes")
      }
      let key = try parseString()
      guard isNew(key, members, &seen) else {
        throw JSONError("the key \(JSON.string(key).text) appears twice", offset: keyPosition)
      }
      skipWhitespace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
        throw unexpected("a colon").within(key: key)
      }
      position += 1
      skipWhitespace()
      do {
        members.append((key, try parseValue()))
      } catch {
        throw error.within(key: key)
      }
      guard try continues(until: UInt8(ascii: "}"), "a comma or a closing brace") else {
        return JSONObject(distinct: members)
      }
    }
  }

  private mutating func parseArray() throws(JSONError) -> [JSON] {
    try open()
    var elements: [JSON] = []
    if closes(with: UInt8(ascii: "]")) { return elements }
    while true {
      do {
        elements.append(try parseValue())
      } catch {
        throw error.within(index: elements.count)
      }
      guard try continues(until: UInt8(ascii: "]"), "a comma or a closing bracket") else {
        return elements
      }
    }
  }

  private func isNew(
    _ key: String, _ members: [(key: String, value: JSON)], _ seen: inout Set<ExactKey>
  ) -> Bool {
    if members.count < Self.scanLimit {
      return !members.contains { $0.key.isIdentical(key) }
    }
    if seen.isEmpty {
      seen.formUnion(members.map { ExactKey(text: $0.key) })
    }
    return seen.insert(ExactKey(text: key)).inserted
  }

  // MARK: Punctuation

  /// Steps past an opening brace or bracket and the space after it.
  private mutating func open() throws(JSONError) {
    guard depth < maximumDepth else {
      throw JSONError("the text is nested more than \(maximumDepth) levels deep", offset: position)
    }
    depth += 1
    position += 1
    skipWhitespace()
  }

  /// Steps past the closing mark if it comes at once.
  private mutating func closes(with mark: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == mark else { return false }
    position += 1
    depth -= 1
    return true
  }

  /// Steps past a comma and the space after it, or past the closing mark, and says whether it was
  /// the comma.
  private mutating func continues(
    until mark: UInt8, _ expectation: String
  ) throws(JSONError) -> Bool {
    skipWhitespace()
    if closes(with: mark) { return false }
    guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else {
      throw unexpected(expectation)
    }
    position += 1
    skipWhitespace()
    return true
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func parseWord(_ word: StaticString) throws(JSONError) {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count,
      (position..<end).allSatisfy({ bytes[$0] == word.utf8Start[$0 - position] })
    else { throw unexpected("a value") }
    position = end
  }
}

/// A key that equals another only when their bytes do.
private struct ExactKey: Hashable {
  let text: String

  static func == (left: ExactKey, right: ExactKey) -> Bool {
    left.text.isIdentical(right.text)
  }
}
