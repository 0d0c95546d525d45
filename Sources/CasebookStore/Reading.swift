public import Casebook
public import EventLog

/// What a reader asked for: when, and whose voices.
public struct Reading: Sendable {
  /// The prefix of the log.
  public var asOf: AsOf
  /// The voices.
  public var voices: VoiceSelection

  /// The log as it stands, with everybody heard.
  public static let now = Reading()

  /// The prefix `asOf`, hearing `voices`.
  public init(asOf: AsOf = .head, voices: VoiceSelection = .all) {
    self.asOf = asOf
    self.voices = voices
  }
}

/// A part of a casebook as a reader asked for it, with the basis it stands on.
public struct View: Sendable {
  /// The casebook's short name.
  public let casebook: Slug
  /// The state: the casebook's stream, all sources heard, and the cases asked for.
  public var state: CasebookState
  /// The prefix it is the fold of.
  public let basis: Basis
  /// The voices asked for.
  public let voices: VoiceSelection
  /// Sources left out because nobody said when they were issued.
  public let undated: [Slug]
  /// Sources left out because it is uncertain whether they were issued by the date asked for.
  public let doubtful: [Slug]
  /// How the casebook was restored from an export: up to there authors are those that the file named, for whom nobody
  /// here can vouch; nil when it was created here.
  public let imported: ImportRecord?
  /// What the events of the prefix that set others aside do.
  public let voids: Voids

  /// The streams that were read and stand still, in the order of the events at which they do. Whoever does not hear
  /// everybody is told no word of those events.
  public var stopped: [StoppedStream] { state.stopped.values.sorted() }

  /// Takes in streams that stand still and were read elsewhere on the same basis.
  public mutating func add(stopped others: some Sequence<StoppedStream>) {
    for stop in others { state.stop(voices.isAll ? stop : stop.withoutWords) }
  }

  /// The same of another view on the same basis.
  public mutating func add(stoppedIn other: View) {
    add(stopped: other.state.stopped.values)
  }
}
