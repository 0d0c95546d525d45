public import Calendar
public import struct FoundationEssentials.UUID

/// Which prefix of the log a reader asks for.
public enum AsOf: Hashable, Sendable {
  /// All of it.
  case head
  /// What had been recorded by then.
  case instant(Instant)
  /// The events up to and including this position.
  case position(Int64)
}

/// The prefix of a casebook's log that an answer stands on.
public struct Basis: Hashable, Sendable {
  /// The casebook.
  public let casebookID: UUID
  /// The last position of the prefix; 0 when it is empty.
  public let position: Int64
  /// When the event at that position was recorded; nil when the prefix is empty.
  public let recordedAt: Instant?
  /// The last position of the log when it was resolved.
  public let head: Int64
  /// True when the moment asked for is not over yet, so that the answer is that of now.
  public let isFuture: Bool
  /// How far a standby has come that may still lack what was recorded by the moment asked for; nil when nothing can be
  /// missing.
  public let standby: Standby?
}

/// A server that has what another sent it, and gives out no locks.
public struct Standby: Hashable, Sendable {
  /// When the last transaction was committed that it has; nil when there was none since it started.
  public let replayedAt: Instant?
}
