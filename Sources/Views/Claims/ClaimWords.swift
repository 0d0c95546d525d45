public import Casebook

/// How a claim puts its value, in the words that are shown.
public struct ClaimWords: Hashable, Sendable {
  /// The value, or what is said instead of one.
  public let value: String
  /// True when the source says that it was *not* this value.
  public let isNegative: Bool
  /// The source's own words of doubt, and its wording of the value where it differs.
  public let hedge, asWritten: String?
  /// How the source speaks: asserts, reports, doubts or denies.
  public let stance: String
  /// Whom it credits.
  public let saidBy: String?
  /// Qualifiers in the order of their ids.
  public let qualifiers: [TrailEntry.Field]

  /// The words of what a claim says.
  public init(_ content: ClaimContent) {
    value = content.assertion.display
    isNegative = content.isNegative
    hedge = content.hedge
    asWritten = content.asWritten
    stance = content.attribution.stance.rawValue
    saidBy = content.attribution.saidBy?.display
    qualifiers = content.sortedQualifiers.map { .init(name: $0.id, text: $0.value.display) }
  }

  init(
    value: String, isNegative: Bool, hedge: String?, asWritten: String?, stance: String,
    saidBy: String?, qualifiers: [TrailEntry.Field]
  ) {
    self.value = value
    self.isNegative = isNegative
    self.hedge = hedge
    self.asWritten = asWritten
    self.stance = stance
    self.saidBy = saidBy
    self.qualifiers = qualifiers
  }

  /// Whether the source says so itself.
  public var isAsserted: Bool { stance == Attribution.Stance.asserts.rawValue }

  /// What a qualifier says; nil when it is not there.
  public subscript(qualifier: String) -> String? {
    qualifiers.first { $0.name == qualifier }?.text
  }
}
