/// One step in the history of a case, a source or the casebook: what was done to what, and what that changed.
public struct TrailEntry: Hashable, Sendable {
  /// When, by whom and where in the log.
  public let stamp: Stamp
  /// The stream it belongs to.
  public let stream: StreamAddress
  /// Whose claim it is; nil when an analyst speaks.
  public let voice: Slug?
  /// What was done: the event's type, which need not be known in an event that is set aside.
  public let action: String
  /// What it was done to.
  public let reference: Reference
  /// The predicate, for claims.
  public let predicate: String?
  /// Fields before, as shown; empty for a first recording.
  public let before: [Field]
  /// Fields after, as shown; empty for a withdrawal.
  public let after: [Field]
  /// Where in the source.
  public let locator: String?
  /// Why.
  public let reason: String?
  /// What kind of mistake of ours it mended, for corrections.
  public let correction: CorrectionKind?
  /// The claim as the step left it, or as it was when the step took it away; nil for everything else.
  public let claim: ClaimContent?
  /// Whether an admin set the event aside, so that it counts for nothing.
  public let isVoided: Bool
  /// Who set it aside, when and why, where that is known.
  public var voiding: Voiding?

  /// What was done, if it is known.
  public var type: EventType? { EventType(rawValue: action) }

  /// A step that is told as it was kept.
  public init(
    stamp: Stamp, stream: StreamAddress, voice: Slug?, action: String, reference: Reference,
    predicate: String? = nil, before: [Field] = [], after: [Field] = [], locator: String? = nil,
    reason: String? = nil, correction: CorrectionKind? = nil, claim: ClaimContent? = nil,
    isVoided: Bool
  ) {
    self.stamp = stamp
    self.stream = stream
    self.voice = voice
    self.action = action
    self.reference = reference
    self.predicate = predicate
    self.before = before
    self.after = after
    self.locator = locator
    self.reason = reason
    self.correction = correction
    self.claim = claim
    self.isVoided = isVoided
  }

  /// How an event was set aside.
  public struct Voiding: Hashable, Sendable {
    /// When, by whom and where in the log.
    public let stamp: Stamp
    /// Why.
    public let reason: String

    /// The event at `stamp` gave `reason`.
    public init(stamp: Stamp, reason: String) {
      self.stamp = stamp
      self.reason = reason
    }
  }

  /// A field by name and the text shown for it.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What it says.
    public let text: String

    /// The field `name`, which says `text`.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }
}
