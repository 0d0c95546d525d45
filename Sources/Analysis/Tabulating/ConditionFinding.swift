public import Casebook
import EDTF

/// What a source's claims about one case, or about several taken for one, say to one condition.
public struct ConditionFinding: Sendable {
  /// The condition as it is written in the criterion.
  public let text: String
  /// What they decide.
  public let outcome: Outcome
  /// Whether a claim that the source itself asserts without a hedge decides it.
  public let isFirm: Bool
  /// The claims that decide it.
  public let deciding: [ItemReference]
  /// Claims that say otherwise: the source contradicts itself, or gives several values.
  public let opposing: [ItemReference]
}

extension ConditionFinding {
  /// Puts the condition to the current claims that `source` makes in cases that are one.
  ///
  /// A value that fits makes it *yes*; failing that, another value, `novalue` or a denial makes it *no*: what a source
  /// says of a matter is taken for all it has to say of it. Dates whose bounds overlap with those asked for decide
  /// nothing, nor do `unknown`, `somevalue` and what the source only doubts.
  init(_ condition: Condition, source: Slug, in files: [Case]) {
    var claims: [Outcome: [(reference: ItemReference, isSoft: Bool)]] = [:]
    for file in files {
      for claim in file.sortedClaims where condition.looksAt(claim, of: source) {
        claims[condition.outcome(of: claim.content), default: []].append(
          (ItemReference(file.slug, .claim, claim.number), claim.content.isSoft))
      }
    }
    let answer: Outcome =
      if claims[.yes] != nil { .yes } else if claims[.no] != nil { .no } else { .silent }
    // Silence is what `is known` asks about, so that it answers too.
    let isCountingSilence = if case .isKnown = condition.test { true } else { false }
    outcome = isCountingSilence && answer == .silent ? .no : answer
    let support = answer == .silent ? [] : claims[answer] ?? []
    isFirm = support.isEmpty ? isCountingSilence : support.contains { !$0.isSoft }
    deciding = support.map(\.reference)
    opposing = answer == .yes ? (claims[.no] ?? []).map(\.reference) : []
    text = condition.text
  }
}

extension ClaimContent {
  /// Whether the source only passes it on, or hedges it in words or in the date.
  var isSoft: Bool {
    if attribution.stance == .reports || hedge != nil { return true }
    guard case .date(let date)? = assertion.value else { return false }
    return date.isUncertain || date.isApproximate
  }
}

// MARK: - One claim

extension Condition {
  fileprivate func looksAt(_ claim: Claim, of source: Slug) -> Bool {
    let content = claim.content
    return claim.status == .current && content.source == source
      && content.predicate == predicate.id && content.attribution.stance != .doubts
      && qualifiers.allSatisfy { id, wanted in
        content.qualifiers[id].map { Self.fits($0, wanted, .exact) == .yes } ?? false
      }
  }

  /// What one claim decides alone. A denial is the source's own word that it was not so.
  fileprivate func outcome(of content: ClaimContent) -> Outcome {
    let isDenied = content.isNegative != (content.attribution.stance == .denies)
    switch (content.assertion, test) {
    case (.unknown, _): return .silent
    case (.someValue, .isNone): return isDenied ? .yes : .no
    case (.someValue, _): return .silent
    case (.noValue, .isKnown): return isDenied ? .silent : .yes
    case (.noValue, .isNone): return isDenied ? .no : .yes
    case (.noValue, .compares(.unequal, _)): return isDenied ? .silent : .yes
    case (.noValue, _): return isDenied ? .silent : .no
    case (.value, .isKnown): return .yes
    case (.value, .isNone): return isDenied ? .silent : .no
    case (.value(.boolean(let flag)), _): return outcome(of: .boolean(flag != isDenied))
    case (.value(let value), _): return isDenied ? outcome(ofDenied: value) : outcome(of: value)
    }
  }

  private func outcome(of value: Value) -> Outcome {
    switch test {
    case .compares(.unequal, let wanted):
      return Self.fits(value, wanted, predicate.comparison).negated
    case .compares(.equal, let wanted): return Self.fits(value, wanted, predicate.comparison)
    case .compares(let order, let wanted): return Self.comes(value, order, wanted)
    case .isOne(let list):
      let outcomes = list.map { Self.fits(value, $0, predicate.comparison) }
      if outcomes.contains(.yes) { return .yes }
      return outcomes.contains(.silent) ? .silent : .no
    case .isKnown, .isNone: return .silent
    }
  }

  /// That it was not this value excludes what is asked for only where that is nothing else.
  private func outcome(ofDenied value: Value) -> Outcome {
    let wanted: [Value]
    switch test {
    case .compares(.equal, let value), .compares(.unequal, let value): wanted = [value]
    case .isOne(let list): wanted = list
    default: return .silent
    }
    guard wanted.allSatisfy({ Self.fits($0, value, predicate.comparison) == .yes }) else {
      return .silent
    }
    if case .compares(.unequal, _) = test { return .yes }
    return .no
  }

  /// Whether a value is the one asked for; for dates, whether it lies within it.
  private static func fits(
    _ value: Value, _ wanted: Value, _ comparison: Predicate.Comparison
  ) -> Outcome {
    guard case (.date(let date), .date(let other)) = (value, wanted) else {
      return ValueRelation(value, wanted, comparison) == .same ? .yes : .no
    }
    if other.bounds.contains(date.bounds) { return .yes }
    let isApart = date.bounds.isBefore(other.bounds) || other.bounds.isBefore(date.bounds)
    return isApart ? .no : .silent
  }

  private static func comes(_ value: Value, _ order: Comparison, _ wanted: Value) -> Outcome {
    if case (.number(let left), .number(let right)) = (value, wanted) {
      return comes(DecimalText(left), order, DecimalText(right)) ? .yes : .no
    }
    guard case (.date(let date), .date(let other)) = (value, wanted) else { return .silent }
    let (left, right) = (date.bounds, other.bounds)
    let (isSo, isNot): (Bool, Bool) =
      switch order {
      case .less: (left.isBefore(right), left.startsNoEarlier(than: right))
      case .atLeast: (left.startsNoEarlier(than: right), left.isBefore(right))
      case .greater: (right.isBefore(left), left.endsNoLater(than: right))
      case .atMost: (left.endsNoLater(than: right), right.isBefore(left))
      case .equal, .unequal: (false, false)
      }
    if isSo { return .yes }
    return isNot ? .no : .silent
  }

  private static func comes(
    _ left: DecimalText, _ order: Comparison, _ right: DecimalText
  ) -> Bool {
    switch order {
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    case .equal: left == right
    case .unequal: left != right
    }
  }
}
