import Casebook

/// All that one source asserts of a case with one predicate, each meaning once.
///
/// Lists are long: they are set beside each other by what their members have in common, and not member by member.
struct Sayings {
  private let predicate: Predicate
  private let meanings: [Meaning]
  /// What is said to be so, what is said not to be so.
  private var affirmed = MeaningIndex()
  private var denied = MeaningIndex()
  private var flags: Set<Bool> = []
  private var saysNone = false
  private var saysSome = false
  private var saysUnknown = false

  init(_ contents: [ClaimContent], _ predicate: Predicate) {
    self.predicate = predicate
    var seen: Set<Meaning.Words> = []
    meanings = contents.map(Meaning.Words.init).filter { seen.insert($0).inserted }
      .map { Meaning($0, predicate) }
    for meaning in meanings {
      switch meaning.plain {
      case .value(let value, let isNegative):
        if isNegative { denied.add(meaning) } else { affirmed.add(meaning) }
        if case .boolean(let flag) = value.value { flags.insert(flag) }
      case .none: saysNone = true
      case .some: saysSome = true
      case .unknown: saysUnknown = true
      }
    }
  }

  /// How two sources stand to each other. With a predicate of one value, they agree as far as any two of their readings
  /// do; with one of many, as far as one list holds the other, and what one excludes the other must not hold.
  func relation(to other: Sayings) -> ValueRelation {
    guard predicate.cardinality == .many else { return closestRelation(to: other) }
    if excludes(other) { return .different }
    return holdsAll(of: other) && other.holdsAll(of: self) ? .same : .compatible
  }

  /// Whether the source contradicts itself.
  var isContradiction: Bool {
    guard predicate.cardinality == .one else { return excludes(self) }
    return meanings.indices.contains { left in
      meanings.indices.dropFirst(left + 1).contains { right in
        let (one, other) = (meanings[left], meanings[right])
        return one.relation(to: other, predicate) == .different
          && !one.isAccountedFor(beside: other, among: meanings, predicate)
      }
    }
  }

  /// The closest in which any two readings stand; those that speak of different things do not count.
  private func closestRelation(to other: Sayings) -> ValueRelation {
    // Most that agree at all say the same, which is found without looking at all the others.
    let alike = MeaningIndex(other.meanings)
    for meaning in meanings {
      if alike.like(meaning).contains(where: { meaning.relation(to: $0, predicate) == .same }) {
        return .same
      }
    }
    var closest: ValueRelation?
    for left in meanings {
      for right in other.meanings {
        guard let relation = left.relation(to: right, predicate) else { continue }
        closest = max(closest ?? relation, relation)
        if closest == .same { return .same }
      }
    }
    return closest ?? .compatible
  }

  /// Whether a member of this list denies one of the other. Two different values of a list do not, nor does it that there
  /// is none at one time deny what there is at another.
  private func excludes(_ other: Sayings) -> Bool {
    if denied.excludes(other.affirmed, predicate) || other.denied.excludes(affirmed, predicate) {
      return true
    }
    if flags.union(other.flags).count > 1, !flags.isEmpty, !other.flags.isEmpty { return true }
    guard !predicate.qualifiers.contains(where: { $0.type == .date }) else { return false }
    return saysNone && other.saysThatThereIsSome || saysThatThereIsSome && other.saysNone
  }

  private var saysThatThereIsSome: Bool { saysSome || !affirmed.isEmpty }

  /// Whether each member of the other list is one of this.
  private func holdsAll(of other: Sayings) -> Bool {
    other.meanings.allSatisfy { meaning in
      switch meaning.plain {
      case .value(_, let isNegative):
        (isNegative ? denied : affirmed).holds(meaning, predicate)
      case .none: saysNone
      case .some: saysSome
      case .unknown: saysUnknown
      }
    }
  }
}
