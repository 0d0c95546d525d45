import StrictJSON

extension JSONObject {
  /// The object with numbers, truth values and null as the texts that a YAML file gives.
  var withTextsOnly: JSONObject { JSONObject(members.map { ($0.key, $0.value.withTextsOnly) }) }
}

extension JSON {
  fileprivate var withTextsOnly: JSON {
    switch self {
    case .null: ""
    case .boolean(let flag): .string(flag ? "true" : "false")
    case .number(let text): .string(text)
    case .string: self
    case .array(let items): .array(items.map(\.withTextsOnly))
    case .object(let object): .object(object.withTextsOnly)
    }
  }
}
