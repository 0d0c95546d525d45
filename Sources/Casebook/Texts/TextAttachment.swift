import StrictJSON

/// The text of a source as a file has it: which bytes they are, and how its pages are counted. The bytes themselves are
/// kept outside the log, under their SHA-256.
public struct TextAttachment: Hashable, Sendable {
  /// SHA-256 of the file's bytes, lower-case hexadecimal.
  public var sha256: String
  /// How many bytes the file has.
  public var bytes: Int
  /// How many passages its marks tell apart; 0 when it has none.
  public var passages: Int
  /// The printed number of the first page, where form feeds divide the pages.
  public var firstPage: String?
  /// The registered copy that it is the text of.
  public var copy: Slug?

  /// What is attached of the file with this digest.
  public init(
    sha256: String, bytes: Int, passages: Int, firstPage: String? = nil, copy: Slug? = nil
  ) {
    self.sha256 = sha256
    self.bytes = bytes
    self.passages = passages
    self.firstPage = firstPage
    self.copy = copy
  }
}

extension TextAttachment: Amendable {
  var fields: JSONObject {
    var object: JSONObject = [
      "sha256": .string(sha256), "bytes": .integer(bytes), "passages": .integer(passages),
    ]
    object["firstPage"] = firstPage.map(JSON.string)
    object["copy"] = copy.map { .string($0.text) }
    return object
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    sha256 = try reader.string("sha256")
    bytes = try reader.integer("bytes")
    passages = try reader.integer("passages")
    firstPage = try reader.optionalString("firstPage")
    copy = reader.contains("copy") ? try reader.slug("copy") : nil
    let digits = Set("0123456789abcdef".utf8)
    guard sha256.utf8.count == 64, sha256.utf8.allSatisfy(digits.contains) else {
      throw reader.error("\"\(sha256)\" is not a SHA-256", at: "sha256")
    }
  }
}
