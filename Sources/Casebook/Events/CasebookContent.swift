import StrictJSON

/// A casebook as it is created.
public struct CasebookContent: Hashable, Sendable {
  /// Its short name.
  public var slug: Slug
  /// Its title.
  public var title: String
  /// What it is about.
  public var description: String?

  /// The casebook `slug`.
  public init(slug: Slug, title: String, description: String? = nil) {
    self.slug = slug
    self.title = title
    self.description = description
  }
}

extension CasebookContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["slug"] = .string(slug.text)
    fields["title"] = .string(title)
    fields["description"] = description.map(JSON.string)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    slug = try reader.slug("slug")
    title = try reader.string("title")
    description = try reader.optionalString("description")
  }
}
