/// A JSON value as RFC 8259 defines it, with numbers and the order of members kept as written.
///
/// Two strings are equal when their bytes are: unlike `String`, a composed and a decomposed accent
/// differ, so that a change from one to the other is not lost. Two numbers are equal when they are
/// written alike (`1` and `1.0` differ); two objects when their members are, in whatever order.
public enum JSON: Sendable {
  /// The literal `null`.
  case null
  /// The literals `true` and `false`.
  case boolean(Bool)
  /// A number, as the digits it was written with.
  case number(String)
  /// A string, without its quotes and escapes.
  case string(String)
  /// An ordered list of values.
  case array([JSON])
  /// Members in the order in which they were written.
  case object(JSONObject)

  /// A whole number.
  public static func integer(_ value: some BinaryInteger) -> JSON {
    .number(String(value))
  }
}

// MARK: - Looking inside

extension JSON {
  /// The string, or nil if this is something else.
  public var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The truth value, or nil if this is something else.
  public var booleanValue: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The whole number, or nil if this is something else or does not fit 64 bits.
  public var integerValue: Int? {
    if case .number(let lexeme) = self { Int(lexeme) } else { nil }
  }

  /// The elements, or nil if this is something else.
  public var arrayValue: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The object, or nil if this is something else.
  public var objectValue: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// The member of that name, or nil if this is no object or has none.
  public subscript(key: String) -> JSON? {
    objectValue?[key]
  }

  /// The element at that index, or nil if this is no array or a shorter one.
  public subscript(index: Int) -> JSON? {
    guard let array = arrayValue, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// What kind of value this is, in words fit for a message: `a string`, `null`.
  public var kindInWords: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

// MARK: - Equality

extension JSON: Hashable {
  /// Whether both are the same value, strings compared byte for byte.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.number(let left), .number(let right)): left.isIdentical(right)
    case (.string(let left), .string(let right)): left.isIdentical(right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// Feeds the value to the hasher.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .number(let value), .string(let value): hasher.combine(value)
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

// MARK: - Literals

// There is no `nil` literal for `null`: in `isThere ? json : nil` the compiler would take it for a `null` that is there.

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) {
    self = .string(value)
  }

  /// A truth value.
  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }

  /// A whole number.
  public init(integerLiteral value: Int) {
    self = .integer(value)
  }

  /// A list.
  public init(arrayLiteral elements: JSON...) {
    self = .array(elements)
  }

  /// An object with its members in this order; a key given twice keeps its last value.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}
