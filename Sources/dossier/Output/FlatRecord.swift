import StrictJSON

/// A record as the cells of a table: members of members are named with a dot between.
struct FlatRecord {
  private var fields: [(name: String, value: String)] = []

  init(_ json: JSON) {
    if let object = json.objectValue { add(object, under: "") }
  }

  subscript(name: String) -> String {
    fields.first { $0.name == name }?.value ?? ""
  }

  private mutating func add(_ object: JSONObject, under prefix: String) {
    for (key, value) in object.members {
      let name = prefix + key
      if case .object(let inner) = value {
        add(inner, under: name + ".")
      } else {
        fields.append((name, Self.text(of: value)))
      }
    }
  }

  /// Words as they are; a list of words with semicolons between; anything else as JSON.
  private static func text(of value: JSON) -> String {
    switch value {
    case .null: return ""
    case .string(let text): return text
    case .array(let elements):
      let words = elements.compactMap(\.stringValue)
      return words.count == elements.count ? words.joined(separator: "; ") : value.text
    default: return value.text
    }
  }

  /// The names that occur in any of the records, in the order in which they are first met.
  static func names(of records: [FlatRecord]) -> [String] {
    var seen: Set<String> = []
    var names: [String] = []
    for field in records.lazy.flatMap(\.fields) where seen.insert(field.name).inserted {
      names.append(field.name)
    }
    return names
  }
}
