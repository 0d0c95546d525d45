import StrictJSON

/// Turns the fields of something recorded into texts to show.
enum FieldTexts {
  /// Every field with its text, in order. Objects that hold one typed value show the value.
  static func all(_ fields: JSONObject, leavingOut hidden: Set<String> = []) -> [TrailEntry.Field] {
    fields.members.flatMap { member -> [TrailEntry.Field] in
      guard !hidden.contains(member.key) else { return [] }
      if member.key == "qualifiers" {
        return (member.value.objectValue?.members ?? []).map {
          TrailEntry.Field(name: $0.key, text: text($0.value))
        }
      }
      let shown = text(member.value)
      return shown.isEmpty ? [] : [TrailEntry.Field(name: member.key, text: shown)]
    }
  }

  /// The fields of two versions that differ.
  static func differences(
    from old: JSONObject, to new: JSONObject
  ) -> (before: [TrailEntry.Field], after: [TrailEntry.Field]) {
    let before = all(old)
    let after = all(new)
    return (before.filter { !$0.isAmong(after) }, after.filter { !$0.isAmong(before) })
  }

  static func text(_ json: JSON) -> String {
    switch json {
    case .null: return ""
    case .boolean(let flag): return flag ? "yes" : "no"
    case .number(let lexeme): return lexeme
    case .string(let text): return text
    case .array(let items): return items.map(text).joined(separator: ", ")
    case .object(let object):
      if object["stance"] != nil {
        let stance = object["stance"].map(text) ?? ""
        guard let saidBy = object["saidBy"].map(text) else { return stance }
        return "\(stance) \(saidBy)"
      }
      if object["calendar"] != nil, let value = try? Value(json: json, path: "") {
        return value.display
      }
      if object.count == 1, let only = object.members.first { return text(only.value) }
      return object.members.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
    }
  }
}

extension TrailEntry.Field {
  /// Whether one of the `others` has the same name and is written with the same bytes.
  fileprivate func isAmong(_ others: [TrailEntry.Field]) -> Bool {
    others.contains { $0.name == name && isSameText($0.text, text) }
  }
}
