import StrictJSON

/// What may stand in a log, as the database's functions hold it when they let something in. Types, streams and fields
/// are rows of its tables; what names, lines and payloads are is said here once more, so that what is stored can be
/// held against it.
struct LogRules: Sendable {
  /// A type of event at one version.
  struct EventType: Hashable {
    let name: String
    let version: Int
  }

  /// Who speaks in an event of a type: a source, or an analyst.
  struct Voice: Hashable {
    let type: EventType
    let isSource: Bool
  }

  /// A field of a payload, one of the outermost.
  struct Field {
    let name: String
    /// `string`, `integer`, `boolean`, `object` or `array`.
    let kind: String
    let isRequired: Bool
    /// The field stands if, and only if, the field `state` has this value.
    let state: String?
  }

  /// The streams on which events of a type belong, by who speaks.
  let streams: [Voice: Set<StreamKind>]
  /// The fields of each type; none for a type that nobody has described.
  let fields: [EventType: [Field]]
}

// MARK: Names

extension LogRules {
  private static let maximumNameLength = 63

  /// Whether a text is a short name: lower-case letters, digits and single hyphens between them, at most 63.
  static func isName(_ text: String) -> Bool {
    guard text.utf8.count <= maximumNameLength else { return false }
    return text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
              || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          }
      }
  }

  /// Whether a text is one line that says something: a title, or the name of a role.
  static func isLine(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { !("\0"..."\u{1F}" ~= $0 || "\u{7F}"..."\u{9F}" ~= $0) }
  }

  /// Whether a text is the name of a role.
  static func isRole(_ text: String) -> Bool {
    isLine(text) && text.utf8.count <= maximumNameLength
  }
}

// MARK: Payloads

extension LogRules {
  private static let maximumPayloadLength = 1 << 20

  /// What is wrong with the payload of an event of a type; nil when every reader can take it apart.
  func fault(inPayload data: String, of type: EventType) -> String? {
    let bytes = data.utf8
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else {
      return "the payload of an event is a JSON object without space around it"
    }
    guard !bytes.contains(UInt8(ascii: "\n")), !bytes.contains(UInt8(ascii: "\r")) else {
      return "the payload of an event is one line"
    }
    guard bytes.count <= Self.maximumPayloadLength else {
      return "the payload of an event has at most one mebibyte"
    }
    let payload: JSON
    do { payload = try JSON(parsing: data) } catch { return error.message }
    guard let object = payload.objectValue, let fields = fields[type] else { return nil }
    return Self.fault(in: object, fields)
  }

  private static func fault(in object: JSONObject, _ fields: [Field]) -> String? {
    for member in object.members {
      guard let field = fields.first(where: { $0.name == member.key }) else {
        return "it has no field \"\(member.key)\""
      }
      if let state = field.state, object["state"] != .string(state) {
        return "the field \"\(field.name)\" stands only where \"state\" is \"\(state)\""
      }
      guard matches(member.value, field.kind) else {
        return "the field \"\(field.name)\" must not be \(member.value.kindInWords)"
      }
    }
    let missing = fields.first { field in
      let isDue = field.isRequired || field.state.map { object["state"] == .string($0) } ?? false
      return isDue && object[field.name] == nil
    }
    return missing.map { "the field \"\($0.name)\" is missing" }
  }

  private static func matches(_ value: JSON, _ kind: String) -> Bool {
    switch kind {
    case "string": value.stringValue != nil
    case "integer": value.integerValue != nil
    case "boolean": value.booleanValue != nil
    case "object": value.objectValue != nil
    case "array": value.arrayValue != nil
    default: false
    }
  }
}
