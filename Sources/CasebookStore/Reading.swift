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
}
