import StrictJSON

/// What one source says at one locator about one case: everything a claim holds but its number and its history.
public struct ClaimContent: Hashable, Sendable {
  /// The predicate's id, such as `birth.date`.
  public var predicate: String
  /// The state and the value.
  public var assertion: Assertion
  /// True when the source says that it was *not* this value.
  public var isNegative: Bool
  /// The source's own words of doubt.
  public var hedge: String?
  /// The source's wording of the value, where it differs.
  public var asWritten: String?
  /// How the source speaks, and whom it credits.
  public var attribution: Attribution
  /// Qualifiers by id.
  public var qualifiers: [String: Value]
  /// The source, for ever.
  public var source: Slug
  /// Where in the source, as the copy shows it.
  public var locator: String
  /// The exact words at the locator.
  public var quote: String?
}

extension ClaimContent {
  /// Whether the source says that it was this value or that it was not, by the names used in events and files.
  enum Polarity: String, CaseIterable {
    case positive, negative

    static func json(_ isNegative: Bool) -> JSON {
      .string((isNegative ? Polarity.negative : .positive).rawValue)
    }
  }

  /// The qualifiers in the order of their ids.
  public var sortedQualifiers: [(id: String, value: Value)] {
    qualifiers.sorted { $0.key < $1.key }.map { (id: $0.key, value: $0.value) }
  }
}

extension ClaimContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["predicate"] = .string(predicate)
    fields["state"] = .string(assertion.state.rawValue)
    fields["value"] = assertion.value?.json
    fields["polarity"] = Polarity.json(isNegative)
    fields["hedge"] = hedge.map(JSON.string)
    fields["asWritten"] = asWritten.map(JSON.string)
    fields["attribution"] = attribution.json
    fields["qualifiers"] = .object(JSONObject(sortedQualifiers.map { ($0.id, $0.value.json) }))
    fields["source"] = .string(source.text)
    fields["locator"] = .string(locator)
    fields["quote"] = quote.map(JSON.string)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    predicate = try reader.string("predicate")
    assertion = try reader.assertion()
    isNegative = try reader.isNegative()
    hedge = try reader.optionalString("hedge")
    asWritten = try reader.optionalString("asWritten")
    attribution = try Attribution(reader.reader("attribution"))
    qualifiers = try reader.qualifiers()
    source = try reader.slug("source")
    locator = try reader.string("locator")
    quote = try reader.optionalString("quote")
  }
}
