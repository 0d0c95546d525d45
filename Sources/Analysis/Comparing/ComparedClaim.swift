public import Casebook

/// A claim as one side of a comparison.
public struct ComparedClaim: Sendable {
  /// Both are large, and readings are passed around much.
  private final class Content: Sendable {
    let claim: Claim
    let file: Case

    init(_ claim: Claim, _ file: Case) {
      self.claim = claim
      self.file = file
    }
  }

  private let content: Content
  /// The claims of other readings that say the same in another spelling.
  public internal(set) var variants: [ItemReference] = []

  init(_ claim: Claim, in file: Case) { content = Content(claim, file) }

  /// The claim.
  public var claim: Claim { content.claim }
  /// Its case.
  public var file: Case { content.file }

  /// What it is called.
  public var reference: ItemReference { ItemReference(file.slug, .claim, claim.number) }

  /// Whether the source says so itself: what it reports, doubts or denies stands beside the comparison.
  public var isAsserted: Bool { claim.content.attribution.stance == .asserts }
  /// The source.
  public var source: Slug { claim.content.source }
}

// MARK: Two readings

extension ClaimContent {
  /// How two claims with one predicate stand to each other; nil when they speak of different things, such as the dates of
  /// two stages.
  func relation(to other: ClaimContent, _ predicate: Predicate) -> ValueRelation? {
    let isFunctional = predicate.cardinality == .one
    for qualifier in predicate.qualifiers where isFunctional && qualifier.type == .term {
      if let left = qualifiers[qualifier.id], let right = other.qualifiers[qualifier.id],
        left != right
      {
        return nil
      }
    }
    let relation = relationOfValues(to: other, predicate)
    guard isFunctional, relation != .different else { return relation }
    // A member since 1927 is not a member since 1928.
    return predicate.qualifiers.reduce(relation) { worst, qualifier in
      guard let left = qualifiers[qualifier.id], let right = other.qualifiers[qualifier.id] else {
        return worst
      }
      return min(worst, ValueRelation(left, right, Predicate.usualComparison(of: qualifier.type)))
    }
  }

  private func relationOfValues(to other: ClaimContent, _ predicate: Predicate) -> ValueRelation {
    switch (plainAssertion, other.plainAssertion) {
    case (.value(let left), .value(let right)):
      let comparison = predicate.comparison
      switch (left.isNegative, right.isNegative) {
      case (false, false): return ValueRelation(left.value, right.value, comparison)
      case (true, true):
        return ValueRelation(left.value, right.value, comparison) == .same ? .same : .compatible
      case (false, true): return ValueRelation(left.value, denied: right.value, comparison)
      case (true, false): return ValueRelation(right.value, denied: left.value, comparison)
      }
    case (.none, .none), (.some, .some), (.unknown, .unknown): return .same
    case (.none, .value(let value)), (.value(let value), .none):
      return value.isNegative ? .compatible : .different
    case (.none, .some), (.some, .none): return .different
    default: return .compatible
    }
  }

  /// What claims have one of in common if they give one value in several spellings; empty without a value that can be
  /// spelt in several ways.
  func spellings(_ predicate: Predicate) -> Set<String> {
    guard case .value(let plain) = plainAssertion else { return [] }
    return switch predicate.comparison {
    case .exact, .dates: []
    case .names: NameKey(plain.value.display).readings
    case .text where plain.value.type == .place: NameKey(plain.value.display, of: .place).readings
    case .text: [TextKey(plain.value.display).words.joined(separator: " ")]
    }
  }

  private enum PlainAssertion {
    case value((value: Value, isNegative: Bool))
    case some, none, unknown
  }

  /// What is said once “not yes” is “no”, and that there is not none is that there is some.
  private var plainAssertion: PlainAssertion {
    switch assertion {
    case .value(.boolean(let flag)): .value((.boolean(flag != isNegative), false))
    case .value(let value): .value((value, isNegative))
    case .someValue: isNegative ? .none : .some
    case .noValue: isNegative ? .some : .none
    case .unknown: .unknown
    }
  }
}
