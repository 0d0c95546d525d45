import StrictJSON

/// What was actually read of a source: a transcript, a scan, a publisher's summary.
public struct SourceCopy: Hashable, Sendable {
  /// What kind of copy it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case original, edition, scan, transcript, summary, translation, excerpt
  }

  /// Its id within the source.
  public var id: Slug
  /// What kind of copy it is.
  public var kind: Kind
  /// What it is and how it differs from the source.
  public var description: String

  /// The copy `id`.
  public init(id: Slug, kind: Kind, description: String) {
    self.id = id
    self.kind = kind
    self.description = description
  }
}

extension SourceCopy: Amendable {
  var fields: JSONObject {
    ["id": .string(id.text), "kind": .string(kind.rawValue), "description": .string(description)]
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    id = try reader.slug("id")
    kind = try reader.choice("kind")
    description = try reader.string("description")
  }
}
