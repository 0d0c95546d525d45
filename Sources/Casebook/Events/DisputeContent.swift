import StrictJSON

/// An analyst's objection that a source is wrong. The source's value stays untouched.
public struct DisputeContent: Hashable, Sendable {
  /// The number of the claim disputed.
  public var claim: Int
  /// Why.
  public var grounds: String
  /// A claim that the analyst holds against it.
  public var counter: ItemReference?

  /// A dispute of the claim numbered `claim`.
  public init(claim: Int, grounds: String, counter: ItemReference?) {
    self.claim = claim
    self.grounds = grounds
    self.counter = counter
  }
}

extension DisputeContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["claim"] = .string("c\(claim)")
    fields["grounds"] = .string(grounds)
    fields["counter"] = counter.map { .string($0.description) }
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    claim = try reader.number("claim", of: .claim)
    grounds = try reader.string("grounds")
    if let text = try reader.optionalString("counter") {
      do { counter = try ItemReference(text) } catch {
        throw reader.error(error.message, at: "counter")
      }
    }
  }
}
