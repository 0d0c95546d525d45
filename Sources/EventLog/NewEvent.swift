public import struct FoundationEssentials.UUID

/// An event to be appended.
public struct NewEvent: Hashable, Sendable {
  /// The stream it belongs to.
  public let stream: StreamID
  /// Its identifier, for ever.
  public let id: UUID
  /// Its type, such as `claim.recorded`.
  public let type: String
  /// The version of its payload's schema.
  public let schemaVersion: Int
  /// The source whose claim it is; nil when an analyst speaks.
  public let voice: String?
  /// The payload: a JSON object on one line, kept to the letter.
  public let data: String

  /// An event for `stream`.
  public init(
    stream: StreamID, id: UUID, type: String, schemaVersion: Int, voice: String?, data: String
  ) {
    self.stream = stream
    self.id = id
    self.type = type
    self.schemaVersion = schemaVersion
    self.voice = voice
    self.data = data
  }
}
