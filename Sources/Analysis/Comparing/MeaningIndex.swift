import Casebook

/// Meanings by what they have in common with those that say the same, because lists are long.
struct MeaningIndex {
  private(set) var all: [Meaning] = []
  private var byKey: [ComparableValue.Key: [Meaning]] = [:]

  init(_ meanings: [Meaning] = []) {
    for meaning in meanings { add(meaning) }
  }

  var isEmpty: Bool { all.isEmpty }

  mutating func add(_ meaning: Meaning) {
    all.append(meaning)
    for key in meaning.keys { byKey[key, default: []].append(meaning) }
  }

  /// Those that may say the same as another, each perhaps more than once.
  func like(_ meaning: Meaning) -> some Sequence<Meaning> {
    meaning.keys.lazy.flatMap { byKey[$0] ?? [] }
  }

  /// Whether one of them says the same.
  func holds(_ meaning: Meaning, _ predicate: Predicate) -> Bool {
    like(meaning).contains { $0.relation(to: meaning, predicate) == .same }
      || meaning.hasTime && all.contains { $0.relation(to: meaning, predicate) == .same }
  }

  /// Whether one of these, which are denied, cannot be true beside one of the others. Few are denied, so that those that
  /// exclude more than themselves may look at all.
  func excludes(_ affirmed: MeaningIndex, _ predicate: Predicate) -> Bool {
    all.contains { denied in
      denied.isGraded
        ? affirmed.all.contains { denied.relation(to: $0, predicate) == .different }
        : affirmed.like(denied).contains { denied.relation(to: $0, predicate) == .different }
    }
  }
}
