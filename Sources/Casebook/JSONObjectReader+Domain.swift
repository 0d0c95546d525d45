import EDTF
import StrictJSON

/// Reads the domain's own types from the payload of an event.
extension JSONObjectReader {
  mutating func slug(_ key: String) throws(JSONError) -> Slug {
    let text = try string(key)
    do { return try Slug(text) } catch { throw self.error(error.message, at: key) }
  }

  /// A text that must be one of an enumeration's raw values.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String
  ) throws(JSONError) -> Choice where Choice.RawValue == String {
    let text = try string(key)
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw error("\"\(text)\" is not one of \(known)", at: key)
  }

  mutating func optionalDate(_ key: String) throws(JSONError) -> EDTF? {
    guard let text = try optionalString(key) else { return nil }
    do { return try EDTF(text) } catch { throw self.error("\(error)", at: key) }
  }

  /// The state, with the value where it has one.
  mutating func assertion() throws(JSONError) -> Assertion {
    let state: Assertion.State = try choice("state")
    return switch state {
    case .value: .value(try Value(json: required("value"), path: path(of: "value")))
    case .someValue: .someValue
    case .noValue: .noValue
    case .unknown: .unknown
    }
  }

  mutating func isNegative() throws(JSONError) -> Bool {
    let polarity: ClaimContent.Polarity = try choice("polarity")
    return polarity == .negative
  }

  mutating func qualifiers() throws(JSONError) -> [String: Value] {
    let object = try object("qualifiers")
    var qualifiers = [String: Value](minimumCapacity: object.count)
    for member in object.members {
      qualifiers[member.key] = try Value(
        json: member.value, path: "\(path(of: "qualifiers")).\(member.key)")
    }
    return qualifiers
  }

  mutating func importMark() throws(JSONError) -> ImportMark? {
    guard let inner = try optionalReader("import") else { return nil }
    return try ImportMark(inner)
  }

  /// The number in a local reference such as `c12`, which must be of `kind`.
  mutating func number(_ key: String, of kind: ItemReference.Kind) throws(JSONError) -> Int {
    let text = try string(key)
    guard let (found, number) = ItemReference.parseLocal(text), found == kind else {
      throw error("\"\(text)\" is not a reference such as \(kind.rawValue)12", at: key)
    }
    return number
  }
}
