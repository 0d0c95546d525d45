public import Calendar

/// An event with what the log knows about it.
public struct Fact: Hashable, Sendable {
  /// Its place in the log of its casebook, from 1.
  public let position: Int64
  /// The stream it belongs to.
  public let stream: StreamAddress
  /// Its place in that stream, from 1.
  public let streamVersion: Int64
  /// Whose claim it is; nil when an analyst speaks.
  public let voice: Slug?
  /// When it was recorded.
  public let recordedAt: Instant
  /// Who recorded it.
  public let recordedBy: String
  /// What happened.
  public let event: Event

  /// The `event` as it stands in the log.
  public init(
    position: Int64, stream: StreamAddress, streamVersion: Int64, voice: Slug?,
    recordedAt: Instant, recordedBy: String, event: Event
  ) {
    self.position = position
    self.stream = stream
    self.streamVersion = streamVersion
    self.voice = voice
    self.recordedAt = recordedAt
    self.recordedBy = recordedBy
    self.event = event
  }

  /// When, by whom and where in the log.
  public var stamp: Stamp { Stamp(position: position, at: recordedAt, by: recordedBy) }

  /// The stamp as a fold keeps it: who recorded something is left out with the analysts.
  func stamp(hearing voices: Voices) -> Stamp {
    Stamp(
      position: position, at: recordedAt, by: voices.includesAnalysts ? recordedBy : "")
  }
}

/// When something was recorded, by whom, and where in the log.
public struct Stamp: Hashable, Sendable {
  /// The place in the log.
  public let position: Int64
  /// When.
  public let at: Instant
  /// By whom; empty when analysts are not heard.
  public let by: String

  /// A stamp of `position`.
  public init(position: Int64, at: Instant, by: String) {
    self.position = position
    self.at = at
    self.by = by
  }
}
