/// A claim as the events up to now leave it.
public struct Claim: Hashable, Sendable {
  /// Whether it stands.
  public enum Status: String, Hashable, Sendable {
    case current, withdrawn
  }

  /// Its number within the case: 12 for `c12`.
  public let number: Int
  /// What it says, corrections included.
  public var content: ClaimContent
  /// Whether it stands.
  public var status: Status = .current
  /// How often it has been recorded or corrected: 1 when it never was corrected.
  public var revision = 1
  /// When it was recorded.
  public let recorded: Stamp
  /// When it last changed: recorded, corrected, withdrawn or reinstated.
  public var changed: Stamp
  /// Why it last changed; nil when it never did, or when analysts are not heard.
  public var reason: String?
  /// What kind of mistake of ours the last correction mended.
  public var correction: CorrectionKind?
  /// The mark of the last import that recorded or corrected it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import, so that the file no longer speaks for it.
  public var hasDiverged = false
}
