import Calendar
public import Casebook
import EDTF
public import StrictJSON

/// A source as programs that write bibliographies read it: an item of CSL-JSON.
public struct CSLItem: Hashable, Sendable {
  /// The item. Fields that CSL does not know are left out.
  public let json: JSONObject

  /// The item of a source, which says in `custom` what it was taken from.
  public init(_ source: SourceContent, basis: String) {
    var item = JSONObject([("id", .string(source.slug.text))])
    let type = source.csl?["type"]?.stringValue ?? "document"
    item["type"] = .string(CSLVariables.types.contains(type) ? type : "document")
    item["title"] = .string(source.title)
    item["issued"] = source.issued.map(Self.date)
    for (key, value) in source.csl?.members ?? [] where item[key] == nil {
      item[key] = Self.field(key, value)
    }
    item["custom"] = .object(JSONObject([("basis", .string(basis))]))
    json = item
  }

  /// The field as the schema wants it; nil when it has no place for it.
  private static func field(_ key: String, _ value: JSON) -> JSON? {
    if CSLVariables.names.contains(key) {
      let names = value.arrayValue ?? [value]
      return .array(names.map { name in name.stringValue.map { ["literal": .string($0)] } ?? name })
    }
    if CSLVariables.dates.contains(key) {
      guard let text = value.stringValue else { return value }
      return (try? EDTF(text)).map(date) ?? ["literal": .string(text)]
    }
    guard CSLVariables.texts.contains(key), value.stringValue != nil || value.integerValue != nil
    else { return nil }
    return value
  }

  /// A date of a year, month or day, exact or about; in words whatever else it is.
  private static func date(_ date: EDTF) -> JSON {
    let exact = date.text.prefix { $0 != "~" }
    let parts = exact.split(separator: "-").map { Int($0) }
    guard date.calendar == .gregorian, date.level == 0 || date.text == exact + "~",
      (1...3).contains(parts.count),
      !parts.contains(nil)
    else { return ["literal": .string(date.inWords)] }
    var json = JSONObject([
      ("date-parts", .array([.array(parts.compactMap { $0 }.map { .integer($0) })]))
    ])
    if date.isApproximate { json["circa"] = .boolean(true) }
    return .object(json)
  }
}

extension CSLItem {
  func text(_ field: String) -> String? { json[field]?.stringValue }

  /// Given and family name, or the whole name where it has no parts.
  var authors: [(given: String?, family: String)] {
    let people = json["author"]?.arrayValue ?? json["editor"]?.arrayValue ?? []
    return people.compactMap { person in
      if let literal = person["literal"]?.stringValue { return (nil, literal) }
      let parts = ["non-dropping-particle", "family"].compactMap { person[$0]?.stringValue }
      guard !parts.isEmpty else { return nil }
      return (person["given"]?.stringValue, parts.joined(separator: " "))
    }
  }

  /// Year, month and day, as far as they are known.
  var issued: [Int] {
    json["issued"]?["date-parts"]?[0]?.arrayValue?.compactMap(\.integerValue) ?? []
  }
}
