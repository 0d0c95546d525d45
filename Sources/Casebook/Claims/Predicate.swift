public import StrictJSON

/// An entry of the vocabulary: what can be claimed, and how its values are read and compared.
public struct Predicate: Hashable, Sendable {
  /// How many values one case can truly have.
  public enum Cardinality: String, Hashable, Sendable, CaseIterable {
    /// One: two different values are a conflict.
    case one
    /// Many: the values are compared as a set.
    case many
  }

  /// How two values are compared.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case exact, text, names, dates
  }

  /// A qualifier that claims with this predicate may carry.
  public struct Qualifier: Hashable, Sendable {
    /// Its id, such as `from`.
    public var id: String
    /// The type of its values.
    public var type: ValueType
    /// The values it may take, for qualifiers of type `term`.
    public var terms: [String]

    /// The qualifier `id` of this `type`.
    public init(id: String, type: ValueType, terms: [String] = []) {
      self.id = id
      self.type = type
      self.terms = terms
    }
  }

  /// A value of a predicate of type `term`.
  public struct Term: Hashable, Sendable {
    /// Its id, such as `ordered`.
    public var id: String
    /// What it means.
    public var label: String?

    /// The term `id`, explained by `label`.
    public init(id: String, label: String? = nil) {
      self.id = id
      self.label = label
    }
  }

  /// Its id, such as `birth.date`: words of lower-case letters, digits and hyphens joined by dots.
  public var id: String
  /// What people call it.
  public var label: String
  /// The type of its values, for ever.
  public var type: ValueType
  /// Whether a case can have one value or many.
  public var cardinality: Cardinality
  /// The qualifiers it declares.
  public var qualifiers: [Qualifier]
  /// The terms to choose from, for type `term`.
  public var terms: [Term]
  /// How two values are compared.
  public var comparison: Comparison
  /// What counts and what does not.
  public var scope: String

  /// A predicate; `comparison` nil takes the usual one for its type.
  public init(
    id: String, label: String, type: ValueType, cardinality: Cardinality,
    qualifiers: [Qualifier] = [], terms: [Term] = [], comparison: Comparison? = nil, scope: String
  ) {
    self.id = id
    self.label = label
    self.type = type
    self.cardinality = cardinality
    self.qualifiers = qualifiers
    self.terms = terms
    self.comparison = comparison ?? Self.usualComparison(of: type)
    self.scope = scope
  }

  /// How values of a type are compared unless the predicate says otherwise.
  public static func usualComparison(of type: ValueType) -> Comparison {
    switch type {
    case .date: .dates
    case .name: .names
    case .text, .place: .text
    case .term, .number, .boolean, .caseFile, .work: .exact
    }
  }
}

extension Predicate {
  /// The predicate as events and answers give it.
  public var json: JSON { .object(fields) }
}

extension Predicate: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["id"] = .string(id)
    fields["label"] = .string(label)
    fields["type"] = .string(type.rawValue)
    fields["cardinality"] = .string(cardinality.rawValue)
    fields["qualifiers"] = .array(qualifiers.map(\.json))
    fields["terms"] = .array(terms.map(\.json))
    fields["comparison"] = .string(comparison.rawValue)
    fields["scope"] = .string(scope)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    id = try reader.string("id")
    label = try reader.string("label")
    type = try reader.choice("type")
    cardinality = try reader.choice("cardinality")
    qualifiers = []
    for inner in try reader.readers("qualifiers") { qualifiers.append(try Qualifier(inner)) }
    terms = []
    for inner in try reader.readers("terms") { terms.append(try Term(inner)) }
    comparison = try reader.choice("comparison")
    scope = try reader.string("scope")
  }
}

extension Predicate.Qualifier {
  var json: JSON {
    var object = JSONObject()
    object["id"] = .string(id)
    object["type"] = .string(type.rawValue)
    if !terms.isEmpty { object["terms"] = .array(terms.map(JSON.string)) }
    return .object(object)
  }

  init(_ reader: JSONObjectReader) throws(JSONError) {
    var reader = reader
    id = try reader.string("id")
    type = try reader.choice("type")
    terms = try reader.optionalStrings("terms") ?? []
    try reader.finish()
  }
}

extension Predicate.Term {
  var json: JSON {
    var object = JSONObject()
    object["id"] = .string(id)
    object["label"] = label.map(JSON.string)
    return .object(object)
  }

  init(_ reader: JSONObjectReader) throws(JSONError) {
    var reader = reader
    id = try reader.string("id")
    label = try reader.optionalString("label")
    try reader.finish()
  }
}
