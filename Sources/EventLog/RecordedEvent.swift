public import Calendar
public import struct FoundationEssentials.UUID

/// An event as it stands in the log.
public struct RecordedEvent: Hashable, Sendable {
  /// Its place in the casebook's log, from 1, without gaps.
  public let position: Int64
  /// The stream it belongs to.
  public let stream: StreamID
  /// Its place in the stream, from 1, without gaps.
  public let streamVersion: Int64
  /// Its identifier.
  public let id: UUID
  /// Its type, such as `claim.recorded`.
  public let type: String
  /// The version of its payload's schema.
  public let schemaVersion: Int
  /// The source whose claim it is; nil when an analyst speaks.
  public let voice: String?
  /// The payload, to the letter.
  public let data: String
  /// When the server recorded it.
  public let recordedAt: Instant
  /// The role that was logged in.
  public let recordedBy: String
  /// The request it belonged to.
  public let requestID: UUID
  /// The hash of its leaf in the casebook's Merkle tree (RFC 6962), 32 bytes.
  public let leafHash: [UInt8]
}
