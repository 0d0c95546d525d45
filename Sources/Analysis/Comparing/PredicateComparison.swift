public import Casebook

/// How sources stand to each other in what they assert with one predicate.
public enum Relation: String, Sendable, CaseIterable {
  /// They say the same, in different spellings perhaps.
  case agree
  /// All can be true: one says more than the other, or a list holds what another leaves out.
  case compatible
  /// What one says excludes what another says.
  case conflict
  /// One source gives two readings that exclude each other.
  case selfConflict = "self-conflict"
  /// Only one speaks.
  case single
  /// None asserts anything: it is only reported, doubted or denied.
  case none
}

/// What the sources say of one case with one predicate, side by side.
public struct PredicateComparison: Sendable {
  /// The predicate.
  public let predicate: Predicate
  /// How the sources stand to each other.
  public let relation: Relation
  /// Whether they are compatible only because "about" is taken to reach as far as `Approximation` says.
  public let isOnlyByAbout: Bool
  /// The sources that contradict themselves.
  public let selfConflicts: [Slug]
  /// What each source says, asserted first, in the order of recording; sources in alphabetical order.
  public let sources: [(source: Slug, readings: [ComparedClaim])]
  /// Where it comes from.
  public let origins: Origins

  /// Compares the claims of a case with this predicate, in the order of recording. Withdrawn ones never count and are
  /// not among them.
  init(_ predicate: Predicate, _ readings: [ComparedClaim], _ sources: [Slug: Source]) {
    self.predicate = predicate
    let readings = Self.withVariants(readings, predicate)
    let asserted = Dictionary(grouping: readings.filter(\.isAsserted), by: \.source)
    let voices = asserted.keys.sorted().map { asserted[$0]?.map(\.claim.content) ?? [] }
    selfConflicts = asserted.keys.sorted().filter { slug in
      Self.contradictsItself(asserted[slug]?.map(\.claim.content) ?? [], predicate)
    }
    let pairs = Self.pairs(voices, predicate)
    relation = Self.relation(pairs, selfConflicts, isSilent: voices.isEmpty)
    isOnlyByAbout = relation == .compatible && pairs.contains(.compatibleByAbout)
    let grouped = Dictionary(grouping: readings, by: \.source)
    self.sources = grouped.keys.sorted().map { slug in
      let all = grouped[slug] ?? []
      return (source: slug, readings: all.filter(\.isAsserted) + all.filter { !$0.isAsserted })
    }
    origins = Origins(of: readings.map { ($0.claim, $0.file) }, sources)
  }

  /// Finds the other spellings of each reading. They are looked for among those that have a spelling in common, because a
  /// list may have thousands.
  private static func withVariants(
    _ readings: [ComparedClaim], _ predicate: Predicate
  ) -> [ComparedClaim] {
    guard readings.count > 1 else { return readings }
    let spellings = readings.map { $0.claim.content.spellings(predicate) }
    var indices: [String: [Int]] = [:]
    for (index, all) in spellings.enumerated() {
      for spelling in all { indices[spelling, default: []].append(index) }
    }
    var readings = readings
    for (index, all) in spellings.enumerated() {
      let content = readings[index].claim.content
      let alike = Set(all.lazy.flatMap { indices[$0] ?? [] })
      readings[index].variants = alike.sorted()
        .filter { content.isVariant(of: readings[$0].claim.content, predicate) }
        .map { readings[$0].reference }
    }
    return readings
  }

  /// How any two sources stand to each other.
  private static func pairs(
    _ voices: [[ClaimContent]], _ predicate: Predicate
  ) -> [ValueRelation] {
    voices.indices.flatMap { left in
      voices.indices.dropFirst(left + 1).map { relation(voices[left], voices[$0], predicate) }
    }
  }

  private static func relation(
    _ pairs: [ValueRelation], _ selfConflicts: [Slug], isSilent: Bool
  ) -> Relation {
    if pairs.contains(.different) { return .conflict }
    if !selfConflicts.isEmpty { return .selfConflict }
    if isSilent { return .none }
    guard let worst = pairs.min() else { return .single }
    return worst == .same ? .agree : .compatible
  }

  /// How two sources stand to each other. With a predicate of one value, they agree as far as any two of their readings
  /// do; with one of many, as far as one list holds the other, and what one excludes the other must not hold.
  private static func relation(
    _ left: [ClaimContent], _ right: [ClaimContent], _ predicate: Predicate
  ) -> ValueRelation {
    let relations = left.map { claim in right.map { claim.relation(to: $0, predicate) } }
    guard predicate.cardinality == .many else {
      let known = relations.joined().compactMap(\.self)
      return known.max() ?? .compatible
    }
    if zip(left, relations).contains(where: { claim, row in
      zip(right, row).contains { claim.excludes($0, $1, predicate) }
    }) {
      return .different
    }
    let holdsRight = right.indices.allSatisfy { index in relations.contains { $0[index] == .same } }
    let holdsLeft = relations.allSatisfy { $0.contains(.same) }
    return holdsLeft && holdsRight ? .same : .compatible
  }

  private static func contradictsItself(_ claims: [ClaimContent], _ predicate: Predicate) -> Bool {
    guard predicate.cardinality == .one else {
      return claims.filter(\.mayExclude).contains { one in
        claims.contains { one.excludes($0, one.relation(to: $0, predicate), predicate) }
      }
    }
    return claims.indices.contains { left in
      claims.indices.dropFirst(left + 1).contains { right in
        let (one, other) = (claims[left], claims[right])
        return one.relation(to: other, predicate) == .different
          && !one.isAccountedFor(beside: other, among: claims, predicate)
      }
    }
  }
}

extension ClaimContent {
  /// Whether a member of a list can deny another. Most say only what there is, and of any two that do neither denies
  /// the other.
  fileprivate var mayExclude: Bool {
    assertion.state != .value || isNegative || assertion.value?.type == .boolean
  }

  /// Whether one of two members of lists denies the other. Two different values of a list do not, nor does it that there
  /// is none at one time deny what there is at another.
  fileprivate func excludes(
    _ other: ClaimContent, _ relation: ValueRelation?, _ predicate: Predicate
  ) -> Bool {
    guard relation == .different else { return false }
    guard assertion.state == .value, other.assertion.state == .value else {
      return !predicate.qualifiers.contains { $0.type == .date }
    }
    return isNegative != other.isNegative || assertion.value?.type == .boolean
  }

  /// Whether one of two claims names its kind (the stage of a break, say) and the other does not, but fits one that the
  /// same source gives for another kind.
  fileprivate func isAccountedFor(
    beside other: ClaimContent, among claims: [ClaimContent], _ predicate: Predicate
  ) -> Bool {
    predicate.qualifiers.filter { $0.type == .term }.contains { qualifier in
      let kinds = (qualifiers[qualifier.id], other.qualifiers[qualifier.id])
      guard (kinds.0 == nil) != (kinds.1 == nil) else { return false }
      let (unnamed, kind) = kinds.0 == nil ? (self, kinds.1) : (other, kinds.0)
      return claims.contains { third in
        guard let its = third.qualifiers[qualifier.id], its != kind else { return false }
        return unnamed.relation(to: third, predicate).map { $0 != .different } ?? false
      }
    }
  }

  /// Whether both say the same, spelt in two ways.
  fileprivate func isVariant(of other: ClaimContent, _ predicate: Predicate) -> Bool {
    guard let left = assertion.value, let right = other.assertion.value, left != right,
      left.type != .date, left.type != .number
    else { return false }
    return relation(to: other, predicate) == .same
  }
}
