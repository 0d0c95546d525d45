import StrictJSON

/// What a case is about.
public enum CaseKind: String, Hashable, Sendable, CaseIterable {
  case person, group, place, work, object, event
}

/// A case as it is opened. Slug and kind are neutral; the name is the analysts' own.
public struct CaseContent: Hashable, Sendable {
  /// Its short name.
  public var slug: Slug
  /// What it is about.
  public var kind: CaseKind
  /// What the analysts call it.
  public var name: String?

  /// The case `slug`.
  public init(slug: Slug, kind: CaseKind, name: String?) {
    self.slug = slug
    self.kind = kind
    self.name = name
  }
}

extension CaseContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["slug"] = .string(slug.text)
    fields["kind"] = .string(kind.rawValue)
    fields["name"] = name.map(JSON.string)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    slug = try reader.slug("slug")
    kind = try reader.choice("kind")
    name = try reader.optionalString("name")
  }
}
