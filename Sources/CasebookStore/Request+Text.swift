public import Casebook
import Crypto
import EventLog
public import struct FoundationEssentials.UUID

extension Request {
  /// A request to attach a text to a source.
  ///
  /// - Parameters:
  ///   - text: the whole text; each part of it is kept as it is.
  ///   - source: the source.
  ///   - firstPage: the printed number of its first page, where form feeds divide the pages.
  ///   - copy: the registered copy that it is the text of.
  ///   - id: the identity of the request, when the caller chose one.
  ///   - expectedVersions: versions that cases and sources must have.
  /// - Returns: the request, with the text to be kept.
  /// - Throws: `Refusal` when the pages of the text cannot be told.
  public static func attaching(
    _ text: String, to source: Slug, firstPage: String? = nil, copy: Slug? = nil, id: UUID? = nil,
    expectedVersions: [Slug: Int64] = [:]
  ) throws -> Request {
    let divided = try SourceText(text, firstPage: firstPage)
    let sha256 = SHA256.hash(data: Array(text.utf8)).hexadecimal
    let attached = TextAttachment(
      sha256: sha256, bytes: text.utf8.count, passages: divided.placed, firstPage: firstPage,
      copy: copy)
    var request = Request(
      id: id, [AttachText(source, attached)], expectedVersions: expectedVersions)
    request.texts = [KeptText(sha256: sha256, parts: divided.parts)]
    return request
  }
}
