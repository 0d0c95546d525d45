import Casebook
import EDTF

/// What a claim says with its predicate: all that counts when it is set beside others.
final class Meaning {
  /// A value, or that there is some or none, once “not yes” is “no”, and that there is not none is that there is some.
  enum Plain {
    case value(ComparableValue, isNegative: Bool)
    case some, none, unknown
  }

  /// As the source says it.
  struct Words: Hashable {
    let assertion: Assertion
    let isNegative: Bool
    let qualifiers: [String: Value]

    init(_ content: ClaimContent) {
      assertion = content.assertion
      isNegative = content.isNegative
      qualifiers = content.qualifiers
    }
  }

  let words: Words
  let plain: Plain

  init(_ words: Words, _ predicate: Predicate) {
    self.words = words
    plain =
      switch words.assertion {
      case .value(.boolean(let flag)):
        .value(
          ComparableValue(.boolean(flag != words.isNegative), predicate.comparison),
          isNegative: false)
      case .value(let value):
        .value(ComparableValue(value, predicate.comparison), isNegative: words.isNegative)
      case .someValue: words.isNegative ? .none : .some
      case .noValue: words.isNegative ? .some : .none
      case .unknown: .unknown
      }
  }

  /// How two claims with one predicate stand to each other; nil when they speak of different things, such as the dates of
  /// two stages.
  func relation(to other: Meaning, _ predicate: Predicate) -> ValueRelation? {
    let isFunctional = predicate.cardinality == .one
    for qualifier in predicate.qualifiers where isFunctional && qualifier.type == .term {
      if let left = words.qualifiers[qualifier.id],
        let right = other.words.qualifiers[qualifier.id],
        left != right
      {
        return nil
      }
    }
    let relation = relationOfValues(to: other)
    guard isFunctional, relation != .different else { return relation }
    // A member since 1927 is not a member since 1928.
    return predicate.qualifiers.reduce(relation) { worst, qualifier in
      guard let left = words.qualifiers[qualifier.id],
        let right = other.words.qualifiers[qualifier.id]
      else { return worst }
      return min(worst, ValueRelation(left, right, Predicate.usualComparison(of: qualifier.type)))
    }
  }

  private func relationOfValues(to other: Meaning) -> ValueRelation {
    switch (plain, other.plain) {
    case (.value(let left, let isNegative), .value(let right, let isOtherNegative)):
      switch (isNegative, isOtherNegative) {
      case (false, false): return left.relation(to: right)
      case (true, true): return left.relation(to: right) == .same ? .same : .compatible
      case (false, true): return left.relation(toDenied: right)
      case (true, false): return right.relation(toDenied: left)
      }
    case (.none, .none), (.some, .some), (.unknown, .unknown): return .same
    case (.none, .value(_, let isNegative)), (.value(_, let isNegative), .none):
      return isNegative ? .compatible : .different
    case (.none, .some), (.some, .none): return .different
    default: return .compatible
    }
  }

  /// Whether it names its kind (the stage of a break, say) where the other does not, or the other way round, and the one
  /// that does not fits what is said of another kind.
  func isAccountedFor(beside other: Meaning, among all: [Meaning], _ predicate: Predicate) -> Bool {
    predicate.qualifiers.filter { $0.type == .term }.contains { qualifier in
      let kinds = (words.qualifiers[qualifier.id], other.words.qualifiers[qualifier.id])
      guard (kinds.0 == nil) != (kinds.1 == nil) else { return false }
      let (unnamed, kind) = kinds.0 == nil ? (self, kinds.1) : (other, kinds.0)
      return all.contains { third in
        guard let its = third.words.qualifiers[qualifier.id], its != kind else { return false }
        return unnamed.relation(to: third, predicate).map { $0 != .different } ?? false
      }
    }
  }

  /// Whether both say the same, spelt in two ways.
  func isVariant(of other: Meaning, _ predicate: Predicate) -> Bool {
    guard let left = words.assertion.value, let right = other.words.assertion.value, left != right,
      left.type != .date, left.type != .number
    else { return false }
    return relation(to: other, predicate) == .same
  }

  /// What its value has one of in common with those that say the same; none without a value.
  var keys: Set<ComparableValue.Key> {
    if case .value(let value, _) = plain { value.keys } else { [] }
  }

  /// Whether something may stand to it in some way without a key in common.
  var isGraded: Bool {
    if case .value(let value, _) = plain { value.isGraded } else { false }
  }

  /// Whether it says a time of day, which may be one moment on two days.
  var hasTime: Bool {
    if case .value(.date(let date)) = words.assertion { date.text.contains("T") } else { false }
  }
}
