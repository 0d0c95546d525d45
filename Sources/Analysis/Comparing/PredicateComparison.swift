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
      .mapValues { Sayings($0.map(\.claim.content), predicate) }
    let voices = asserted.sorted { $0.key < $1.key }
    selfConflicts = voices.filter { $0.value.isContradiction }.map(\.key)
    let pairs = Self.pairs(voices.map(\.value))
    relation = Self.relation(pairs, selfConflicts, isSilent: voices.isEmpty)
    isOnlyByAbout = relation == .compatible && pairs.contains(.compatibleByAbout)
    let grouped = Dictionary(grouping: readings, by: \.source)
    self.sources = grouped.keys.sorted().map { slug in
      let all = grouped[slug] ?? []
      return (source: slug, readings: all.filter(\.isAsserted) + all.filter { !$0.isAsserted })
    }
    origins = Origins(of: readings.map { ($0.claim, $0.file) }, sources)
  }

  /// Finds the other spellings of each reading. They are looked for among those that have a reading of their spelling in
  /// common, and each way to say it is compared once, because a list may have thousands.
  private static func withVariants(
    _ readings: [ComparedClaim], _ predicate: Predicate
  ) -> [ComparedClaim] {
    guard readings.count > 1 else { return readings }
    var readings = readings
    let saying = Dictionary(grouping: readings.indices) {
      Meaning.Words(readings[$0].claim.content)
    }
    let meanings = MeaningIndex(saying.keys.map { Meaning($0, predicate) })
    for meaning in meanings.all {
      let others = Set(
        meanings.like(meaning).lazy.filter { meaning.isVariant(of: $0, predicate) }.map(\.words)
      ).flatMap { saying[$0] ?? [] }.sorted().map { readings[$0].reference }
      for index in saying[meaning.words] ?? [] { readings[index].variants = others }
    }
    return readings
  }

  /// How any two sources stand to each other.
  private static func pairs(_ voices: [Sayings]) -> [ValueRelation] {
    voices.indices.flatMap { left in
      voices.indices.dropFirst(left + 1).map { voices[left].relation(to: voices[$0]) }
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
}
