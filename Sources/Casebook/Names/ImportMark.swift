import StrictJSON

/// Where an imported event came from: the entry's id in its file and a digest of what was imported, so that importing
/// again can tell a changed line from an unchanged one.
public struct ImportMark: Hashable, Sendable {
  /// The entry's id, stable within its file.
  public let id: String
  /// Lower-case hexadecimal SHA-256 of the entry's canonical form.
  public let digest: String

  /// The mark of the entry `id` whose canonical form has this `digest`.
  public init(id: String, digest: String) {
    self.id = id
    self.digest = digest
  }

  init(_ reader: JSONObjectReader) throws(JSONError) {
    var reader = reader
    id = try reader.string("id")
    digest = try reader.string("digest")
    try reader.finish()
  }

  var json: JSON { ["id": .string(id), "digest": .string(digest)] }
}
