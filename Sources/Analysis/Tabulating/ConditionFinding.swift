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
  /// says of a matter is taken for all it has to say of it. A date decides nothing when only some of the days that it can
  /// mean are asked for, or only as far as "about" reaches, nor do `unknown`, `somevalue` and what the source only doubts.
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
    guard let date = assertion.value?.date else { return false }
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
        content.qualifiers[id].map { Self.fits($0, [wanted], .exact) == .yes } ?? false
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
      return Self.fits(value, [wanted], predicate.comparison).negated
    case .compares(.equal, let wanted): return Self.fits(value, [wanted], predicate.comparison)
    case .compares(let order, let wanted): return Self.comes(value, order, wanted)
    case .isOne(let list): return Self.fits(value, list, predicate.comparison)
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
    guard
      wanted.allSatisfy({
        ValueRelation($0, denied: value, predicate.comparison) == .different
      })
    else { return .silent }
    if case .compares(.unequal, _) = test { return .yes }
    return .no
  }

  /// Whether a value is one of those asked for; for dates, whether every day that it can mean is a day of theirs.
  private static func fits(
    _ value: Value, _ wanted: [Value], _ comparison: Predicate.Comparison
  ) -> Outcome {
    guard case .date(let date) = value else {
      return wanted.contains { ValueRelation(value, $0, comparison) == .same } ? .yes : .no
    }
    let others = wanted.compactMap(\.date)
    if date.days.isWithin(anyOf: others.map(\.days)) { return .yes }
    return others.contains { date.relation(to: $0) != .conflict } ? .silent : .no
  }

  private static func comes(_ value: Value, _ order: Comparison, _ wanted: Value) -> Outcome {
    if case (.number(let left), .number(let right)) = (value, wanted) {
      return comes(DecimalText(left), order, DecimalText(right)) ? .yes : .no
    }
    guard case (.date(let date), .date(let other)) = (value, wanted) else { return .silent }
    let right = other.days
    let (isSo, isNot): ((DaySet) -> Bool, (DaySet) -> Bool) =
      switch order {
      case .less: ({ $0.isBefore(right) }, { $0.startsNoEarlier(than: right) })
      case .atLeast: ({ $0.startsNoEarlier(than: right) }, { $0.isBefore(right) })
      case .greater: ({ right.isBefore($0) }, { $0.endsNoLater(than: right) })
      case .atMost: ({ $0.endsNoLater(than: right) }, { right.isBefore($0) })
      case .equal, .unequal: ({ _ in false }, { _ in false })
      }
    if isSo(date.days) { return .yes }
    return isNot(date.widestDays) ? .no : .silent
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
