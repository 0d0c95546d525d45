import StrictJSON

/// What an analyst holds of two cases: that they are one, that they are not, or that it cannot be told. Neither case is
/// touched; reads may take those that are one together.
public struct IdentityContent: Hashable, Sendable {
  /// Whether two cases are one.
  public enum Judgement: String, Hashable, Sendable, CaseIterable {
    case same, different, unsure
  }

  /// The other case.
  public var other: Slug
  /// Whether they are one.
  public var judgement: Judgement
  /// Why.
  public var grounds: String

  /// A judgement of this case and `other`.
  public init(other: Slug, judgement: Judgement, grounds: String) {
    self.other = other
    self.judgement = judgement
    self.grounds = grounds
  }
}

extension IdentityContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["other"] = .string(other.text)
    fields["judgement"] = .string(judgement.rawValue)
    fields["grounds"] = .string(grounds)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    other = try reader.slug("other")
    judgement = try reader.choice("judgement")
    grounds = try reader.string("grounds")
  }
}
