/// One step in the history of a case, a source or the casebook: what was done to what, and what that changed.
public struct TrailEntry: Hashable, Sendable {
  /// When, by whom and where in the log.
  public let stamp: Stamp
  /// The stream it belongs to.
  public let stream: StreamAddress
  /// Its place in that stream.
  public let streamVersion: Int64
  /// Whose claim it is; nil when an analyst speaks.
  public let voice: Slug?
  /// What was done.
  public let action: EventType
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
  }
}
