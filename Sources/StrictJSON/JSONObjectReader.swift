/// Reads the members of one object, each at most of one kind, and notices those nobody asked for.
///
/// Ask for every member a format knows, then call `finish()`: what is left over is refused by name,
/// with the nearest name that was asked for.
///
///     var reader = try JSONObjectReader(json, path: "claims[3]")
///     let predicate = try reader.string("predicate")
///     let quote = try reader.optionalString("quote")
///     try reader.finish()
///
/// A member that is `null` is there: an optional member is left out instead.
public struct JSONObjectReader: Sendable {
  /// The object being read.
  public let object: JSONObject
  /// Where the object stands that it is a member of, and under which name. The path is put together only when something
  /// is wrong.
  private let place: (parent: String, key: String?)
  private var asked: [String] = []
  /// The first 64 members that have been asked for, a bit each: nearly every object has no others, which is then told
  /// without comparing names.
  private var read: UInt64 = 0

  /// Reads from a value that has to be an object.
  ///
  /// - Parameters:
  ///   - json: the value.
  ///   - path: where it stands, for messages.
  /// - Throws: `JSONError` if it is something else.
  public init(_ json: JSON, path: String = "") throws(JSONError) {
    guard case .object(let object) = json else {
      throw JSONError("must be an object, but is \(json.kindInWords)", path: path)
    }
    self.init(object, path: path)
  }

  /// Reads from an object that stands at a path.
  public init(_ object: JSONObject, path: String = "") {
    self.init(object, in: path, under: nil)
  }

  private init(_ object: JSONObject, in parent: String, under key: String?) {
    self.object = object
    place = (parent, key)
    asked.reserveCapacity(object.count)
  }

  /// Where it stands in the whole value, as in `claims[3]`; empty at the top.
  public var path: String {
    place.key.map { JSONPath.join(place.parent, JSONPath.member($0)) } ?? place.parent
  }

  /// Whether there is a member of that name; asking this does not count as reading it.
  public func contains(_ key: String) -> Bool {
    object.index(of: key) != nil
  }

  /// Where the member of that name stands in the whole value.
  public func path(of key: String) -> String {
    JSONPath.join(path, JSONPath.member(key))
  }

  /// An error about the member of that name.
  public func error(_ message: String, at key: String) -> JSONError {
    JSONError(message, path: path(of: key))
  }

  /// Refuses members that were never asked for.
  ///
  /// - Throws: `JSONError` at the first of them, with the nearest known name if one is near.
  public func finish() throws(JSONError) {
    if object.count < 64, read == 1 << UInt64(object.count) - 1 { return }
    for (key, _) in object.members where !asked.contains(where: { $0.isIdentical(key) }) {
      let unread = asked.filter { !contains($0) }
      guard let known = closest(to: key, among: unread) else {
        throw error("no field of this name is known here", at: key)
      }
      throw error("no field of this name is known here; did you mean “\(known)”?", at: key)
    }
  }

  // MARK: Any value

  /// The member, whatever it is, or nil if it was left out.
  public mutating func optional(_ key: String) -> JSON? {
    asked.append(key)
    guard let index = object.index(of: key) else { return nil }
    if index < 64 { read |= 1 << UInt64(index) }
    return object.members[index].value
  }

  /// The member, whatever it is.
  ///
  /// - Throws: `JSONError` if it was left out; a near miss among the names given is pointed out.
  public mutating func required(_ key: String) throws(JSONError) -> JSON {
    guard let value = optional(key) else {
      let others = object.keys.filter { name in !asked.contains { $0.isIdentical(name) } }
      guard let typo = closest(to: key, among: others) else {
        throw error("this field is missing", at: key)
      }
      throw error("this field is missing; is “\(typo)” a misspelling of it?", at: key)
    }
    return value
  }

  private mutating func read<Value>(
    _ key: String, _ expectation: String, _ convert: (JSON) -> Value?
  ) throws(JSONError) -> Value {
    let json = try required(key)
    guard let value = convert(json) else { throw mismatch(json, expectation, key) }
    return value
  }

  private mutating func readOptional<Value>(
    _ key: String, _ expectation: String, _ convert: (JSON) -> Value?
  ) throws(JSONError) -> Value? {
    guard let json = optional(key) else { return nil }
    guard let value = convert(json) else { throw mismatch(json, expectation, key) }
    return value
  }

  private func mismatch(_ json: JSON, _ expectation: String, _ key: String) -> JSONError {
    let actual = if case .number(let lexeme) = json { lexeme } else { json.kindInWords }
    return error("must be \(expectation), but is \(actual)", at: key)
  }
}

// MARK: - Values of one kind

extension JSONObjectReader {
  /// The string; throws `JSONError` if it is missing or something else.
  public mutating func string(_ key: String) throws(JSONError) -> String {
    try read(key, "a string", \.stringValue)
  }

  /// The string, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalString(_ key: String) throws(JSONError) -> String? {
    try readOptional(key, "a string", \.stringValue)
  }

  /// The 64-bit whole number; throws `JSONError` if it is missing or something else.
  public mutating func integer(_ key: String) throws(JSONError) -> Int {
    try read(key, "a whole number", \.integerValue)
  }

  /// The 64-bit whole number, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalInteger(_ key: String) throws(JSONError) -> Int? {
    try readOptional(key, "a whole number", \.integerValue)
  }

  /// The truth value; throws `JSONError` if it is missing or something else.
  public mutating func boolean(_ key: String) throws(JSONError) -> Bool {
    try read(key, "true or false", \.booleanValue)
  }

  /// The truth value, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalBoolean(_ key: String) throws(JSONError) -> Bool? {
    try readOptional(key, "true or false", \.booleanValue)
  }

  /// The object; throws `JSONError` if it is missing or something else.
  public mutating func object(_ key: String) throws(JSONError) -> JSONObject {
    try read(key, "an object", \.objectValue)
  }

  /// The object, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalObject(_ key: String) throws(JSONError) -> JSONObject? {
    try readOptional(key, "an object", \.objectValue)
  }

  /// The list; throws `JSONError` if it is missing or something else.
  public mutating func array(_ key: String) throws(JSONError) -> [JSON] {
    try read(key, "a list", \.arrayValue)
  }

  /// The list, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalArray(_ key: String) throws(JSONError) -> [JSON]? {
    try readOptional(key, "a list", \.arrayValue)
  }

  /// The list of strings; throws `JSONError` if it is missing or holds something else.
  public mutating func strings(_ key: String) throws(JSONError) -> [String] {
    try texts(in: array(key), of: key)
  }

  /// The list of strings, or nil if it was left out; throws `JSONError` if it holds something else.
  public mutating func optionalStrings(_ key: String) throws(JSONError) -> [String]? {
    guard let elements = try optionalArray(key) else { return nil }
    return try texts(in: elements, of: key)
  }

  private func texts(in elements: [JSON], of key: String) throws(JSONError) -> [String] {
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      guard let text = element.stringValue else {
        throw JSONError(
          "must be a string, but is \(element.kindInWords)", path: "\(path(of: key))[\(index)]")
      }
      texts.append(text)
    }
    return texts
  }
}

// MARK: - Objects within

extension JSONObjectReader {
  /// A reader of the object; throws `JSONError` if it is missing or something else.
  public mutating func reader(_ key: String) throws(JSONError) -> JSONObjectReader {
    JSONObjectReader(try object(key), in: path, under: key)
  }

  /// A reader of the object, or nil if it was left out; throws `JSONError` if it is something else.
  public mutating func optionalReader(_ key: String) throws(JSONError) -> JSONObjectReader? {
    guard let object = try optionalObject(key) else { return nil }
    return JSONObjectReader(object, in: path, under: key)
  }

  /// Readers of a list of objects, none if it was left out; throws `JSONError` if one is something
  /// else.
  public mutating func readers(_ key: String) throws(JSONError) -> [JSONObjectReader] {
    var readers: [JSONObjectReader] = []
    for (index, element) in (try optionalArray(key) ?? []).enumerated() {
      readers.append(try JSONObjectReader(element, path: "\(path(of: key))[\(index)]"))
    }
    return readers
  }
}
