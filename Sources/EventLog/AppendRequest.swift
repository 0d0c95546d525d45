public import Calendar
public import struct FoundationEssentials.UUID

/// Events to be appended together or not at all.
public struct AppendRequest: Sendable {
  /// The casebook.
  public let casebookID: UUID
  /// The identity of the request: repeated, it gives the first reply again.
  public let requestID: UUID
  /// SHA-256 of what was asked, so that another request under the same identity is refused.
  public let commandHash: [UInt8]
  /// Versions that streams must have, those that receive no event included.
  public let expectedVersions: [StreamID: Int64]
  /// The events in order, at least one.
  public let events: [NewEvent]
  /// A JSON text to be given back when the request is repeated.
  public let reply: String
  /// Texts that events speak of, kept in the same transaction.
  public let texts: [KeptText]

  /// A request to append `events`.
  public init(
    casebookID: UUID, requestID: UUID, commandHash: [UInt8],
    expectedVersions: [StreamID: Int64] = [:], events: [NewEvent], reply: String = "{}",
    texts: [KeptText] = []
  ) {
    self.casebookID = casebookID
    self.requestID = requestID
    self.commandHash = commandHash
    self.expectedVersions = expectedVersions
    self.events = events
    self.reply = reply
    self.texts = texts
  }
}

/// What an append did, or had done when the request was first made.
public struct AppendReply: Hashable, Sendable {
  /// The position of the first event.
  public let firstPosition: Int64
  /// The position of the last event.
  public let lastPosition: Int64
  /// When they were recorded.
  public let recordedAt: Instant
  /// True when the request had been carried out before.
  public let isReplay: Bool
  /// The JSON text given with the request when it was first made.
  public let reply: String
  /// By how much the server's clock is behind the log, in microseconds; 0 when it is not.
  public let clockBehindMicroseconds: Int64
}
