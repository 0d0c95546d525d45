public import EDTF
public import StrictJSON

/// A work with a voice, as it is registered.
public struct SourceContent: Hashable, Sendable {
  /// Its short name.
  public var slug: Slug
  /// Its title.
  public var title: String
  /// When it was issued.
  public var issued: EDTF?
  /// To whom it was issued, where that was not the public.
  public var issuedTo: String?
  /// Bibliographic data, CSL-JSON.
  public var csl: JSONObject?

  /// The source `slug`.
  public init(slug: Slug, title: String, issued: EDTF?, issuedTo: String?, csl: JSONObject?) {
    self.slug = slug
    self.title = title
    self.issued = issued
    self.issuedTo = issuedTo
    self.csl = csl
  }
}

extension SourceContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["slug"] = .string(slug.text)
    fields["title"] = .string(title)
    fields["issued"] = issued.map { .string($0.text) }
    fields["issuedTo"] = issuedTo.map(JSON.string)
    fields["csl"] = csl.map(JSON.object)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    slug = try reader.slug("slug")
    title = try reader.string("title")
    issued = try reader.optionalDate("issued")
    issuedTo = try reader.optionalString("issuedTo")
    csl = try reader.optionalObject("csl")
  }
}
