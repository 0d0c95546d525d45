import StrictJSON

/// That a source derives from another, so that two voices may have one origin.
public struct SourceDerivation: Hashable, Sendable {
  /// The source it derives from.
  public var from: Slug
  /// How that is known.
  public var grounds: String
  /// Where in the deriving source it shows.
  public var locator: String?

  /// A derivation from the source `from`.
  public init(from: Slug, grounds: String, locator: String?) {
    self.from = from
    self.grounds = grounds
    self.locator = locator
  }
}

extension SourceDerivation: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["from"] = .string(from.text)
    fields["grounds"] = .string(grounds)
    fields["locator"] = locator.map(JSON.string)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    from = try reader.slug("from")
    grounds = try reader.string("grounds")
    locator = try reader.optionalString("locator")
  }
}

/// How reliable a source is, in the letters of the Admiralty code (NATO AJP-2.1): A completely reliable, B usually,
/// C fairly, D not usually, E unreliable, F reliability cannot be judged.
public enum SourceGrade: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case f = "F"
}
