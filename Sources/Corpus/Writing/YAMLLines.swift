import StrictJSON

/// Builds a YAML text line by line.
struct YAMLLines {
  private(set) var text = ""

  /// How far the next line is set in, in characters.
  private var indent = 0
  /// Whether the next line begins an item of a list.
  private var beginsItem = false

  /// Writes `key: value`; nothing when there is no value.
  mutating func field(_ key: String, _ value: String?) {
    guard let value else { return }
    let start = begin() + key + ": "
    line(start + YAMLText.block(value, indent: indent + 2, used: start.count))
  }

  /// Writes `key:` and what `body` writes, set in below it.
  mutating func nested(_ key: String, _ body: (inout YAMLLines) -> Void) {
    line(begin() + key + ":")
    indent += 2
    body(&self)
    indent -= 2
  }

  /// Writes an item of a list: its first field carries the dash.
  mutating func item(_ body: (inout YAMLLines) -> Void) {
    beginsItem = true
    indent += 2
    body(&self)
    indent -= 2
  }

  /// Writes an item that is one text.
  mutating func item(_ text: String) {
    let margin = String(repeating: " ", count: indent)
    let start = margin + "- "
    line(start + YAMLText.block(text, indent: indent + 2, used: start.count))
  }

  /// Writes `key: {…}`, or the members below one another when they do not fit on a line; nothing when there are none.
  mutating func members(_ key: String, _ members: [(key: String, value: String)]) {
    guard !members.isEmpty else { return }
    if let flow = Self.flow(members), indent + key.count + 2 + flow.count <= YAMLText.width {
      line(begin() + key + ": " + flow)
    } else {
      nested(key) { lines in
        for member in members { lines.field(YAMLText.flow(member.key), member.value) }
      }
    }
  }

  /// Writes `- {…}`, or the members below one another when they do not fit on a line.
  mutating func item(_ members: [(key: String, value: String?)]) {
    let present = members.compactMap { key, value in value.map { (key: key, value: $0) } }
    if let flow = Self.flow(present), indent + 2 + flow.count <= YAMLText.width {
      line(String(repeating: " ", count: indent) + "- " + flow)
    } else {
      item { lines in
        for member in present { lines.field(YAMLText.flow(member.key), member.value) }
      }
    }
  }

  /// Writes `key: [a, b]`; nothing when there are none, unless `keepsEmpty`.
  mutating func list(_ key: String, _ texts: [String], keepsEmpty: Bool = false) {
    guard keepsEmpty || !texts.isEmpty else { return }
    let flow = "[" + texts.map(YAMLText.flow).joined(separator: ", ") + "]"
    if indent + key.count + 2 + flow.count <= YAMLText.width || texts.isEmpty {
      line(begin() + key + ": " + flow)
    } else {
      nested(key) { lines in
        for text in texts { lines.item(text) }
      }
    }
  }

  /// Writes an empty line between entries.
  mutating func gap() { text += "\n" }

  /// Writes a line as it is.
  mutating func line(_ line: String) { text += line + "\n" }

  private mutating func begin() -> String {
    guard beginsItem else { return String(repeating: " ", count: indent) }
    beginsItem = false
    return String(repeating: " ", count: indent - 2) + "- "
  }

  private static func flow(_ members: [(key: String, value: String)]) -> String? {
    guard members.allSatisfy({ !$0.value.contains("\n") }) else { return nil }
    let parts = members.map { "\(YAMLText.flow($0.key)): \(YAMLText.flow($0.value))" }
    return "{" + parts.joined(separator: ", ") + "}"
  }
}

// MARK: JSON

extension YAMLLines {
  /// Writes a value of texts, lists and objects under `key`.
  mutating func json(_ key: String, _ value: JSON) {
    let key = YAMLText.flow(key)
    switch value {
    case .object(let object):
      if object.isEmpty {
        line(begin() + key + ": {}")
      } else if let members = object.texts {
        self.members(key, members)
      } else {
        nested(key) { lines in
          for member in object.members { lines.json(member.key, member.value) }
        }
      }
    case .array(let items):
      if let texts = items.texts {
        list(key, texts, keepsEmpty: true)
      } else {
        nested(key) { lines in
          for item in items { lines.json(item) }
        }
      }
    case .string(let text): field(key, text)
    case .null, .boolean, .number: field(key, value.text)
    }
  }

  private mutating func json(_ item: JSON) {
    switch item {
    case .object(let object):
      if object.isEmpty {
        line(String(repeating: " ", count: indent) + "- {}")
      } else if let members = object.texts {
        self.item(members.map { (key: $0.key, value: String?.some($0.value)) })
      } else {
        self.item { lines in
          for member in object.members { lines.json(member.key, member.value) }
        }
      }
    case .array(let items):
      line(String(repeating: " ", count: indent) + "- " + Self.flow(items))
    case .string(let text): self.item(text)
    case .null, .boolean, .number: self.item(item.text)
    }
  }

  /// A list within a list, on one line whatever its length.
  private static func flow(_ items: [JSON]) -> String {
    let parts = items.map { item in
      switch item {
      case .array(let inner): flow(inner)
      case .object(let object):
        "{" + object.members.map(flow).joined(separator: ", ") + "}"
      case .string(let text): YAMLText.flow(text)
      case .null, .boolean, .number: YAMLText.flow(item.text)
      }
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  private static func flow(_ member: (key: String, value: JSON)) -> String {
    "\(YAMLText.flow(member.key)): \(flow([member.value]).dropFirst().dropLast())"
  }
}

extension JSONObject {
  /// The members when all of them are texts.
  fileprivate var texts: [(key: String, value: String)]? {
    var texts: [(key: String, value: String)] = []
    for member in members {
      guard let text = member.value.stringValue else { return nil }
      texts.append((member.key, text))
    }
    return texts
  }
}

extension [JSON] {
  fileprivate var texts: [String]? {
    let texts = compactMap(\.stringValue)
    return texts.count == count ? texts : nil
  }
}
