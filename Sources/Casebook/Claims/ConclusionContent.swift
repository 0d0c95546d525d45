import StrictJSON

/// The value that an analyst adopts, from named claims.
public struct ConclusionContent: Hashable, Sendable {
  /// The predicate's id.
  public var predicate: String
  /// What the analyst holds.
  public var assertion: Assertion
  /// True when the analyst holds that it was not this value.
  public var isNegative: Bool
  /// Qualifiers by id.
  public var qualifiers: [String: Value]
  /// The claims that it rests on, of this case or another.
  public var grounds: [ItemReference]
  /// Why they lead to it.
  public var basis: String
  /// How likely it is, where the analyst says so.
  public var likelihood: Likelihood?
  /// How sound the analyst holds its basis to be, where they say so.
  public var confidence: Confidence?

  /// A conclusion from the claims named by `grounds`.
  public init(
    predicate: String, assertion: Assertion, isNegative: Bool, qualifiers: [String: Value],
    grounds: [ItemReference], basis: String, likelihood: Likelihood?, confidence: Confidence?
  ) {
    self.predicate = predicate
    self.assertion = assertion
    self.isNegative = isNegative
    self.qualifiers = qualifiers
    self.grounds = grounds
    self.basis = basis
    self.likelihood = likelihood
    self.confidence = confidence
  }

  /// Qualifiers in the order of their ids.
  public var sortedQualifiers: [(id: String, value: Value)] {
    qualifiers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension ConclusionContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["predicate"] = .string(predicate)
    fields["state"] = .string(assertion.state.rawValue)
    fields["value"] = assertion.value?.json
    fields["polarity"] = ClaimContent.Polarity.json(isNegative)
    fields["qualifiers"] = .object(JSONObject(sortedQualifiers.map { ($0.id, $0.value.json) }))
    fields["on"] = .array(grounds.map { .string($0.description) })
    fields["basis"] = .string(basis)
    fields["likelihood"] = likelihood.map { .string($0.rawValue) }
    fields["confidence"] = confidence.map { .string($0.rawValue) }
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    predicate = try reader.string("predicate")
    assertion = try reader.assertion()
    isNegative = try reader.isNegative()
    qualifiers = try reader.qualifiers()
    grounds = []
    for text in try reader.strings("on") {
      guard let claim = try? ItemReference(text), claim.kind == .claim else {
        throw reader.error("\"\(text)\" is not a claim", at: "on")
      }
      grounds.append(claim)
    }
    basis = try reader.string("basis")
    likelihood = reader.contains("likelihood") ? try reader.choice("likelihood") : nil
    confidence = reader.contains("confidence") ? try reader.choice("confidence") : nil
  }
}
