/// The name of a person or a place as its words, so that one name in two sources is known again: letter case, marks and
/// punctuation aside, in whatever usual way a Slavic name is romanised, with initials, and in another order.
///
/// It leans towards taking two spellings for one name: whoever reads a comparison sees both.
public struct NameKey: Hashable, Sendable {
  /// What a name is the name of.
  public enum Kind: Hashable, Sendable {
    /// A comma turns it: “Krivitsky, Walter”. Its words may stand in another order.
    case person
    /// What follows a comma is where it lies: “Kiev, Ukraine”.
    case place
  }

  /// How two names stand to each other.
  public enum Relation: Hashable, Sendable {
    /// One name, in two spellings perhaps.
    case same
    /// They may be one name: one has words that the other lacks or shortens, or the order differs.
    case compatible
    /// Two names.
    case different
  }

  /// Whether a text can be one: a longer one is none, and would take long to read in every way.
  public static func canBe(_ text: String) -> Bool { text.utf8.count <= 256 }

  /// The words, those before a comma behind those after it.
  public let words: [NameWord]
  private let kind: Kind

  /// The name as `name` spells it.
  public init(_ name: String, of kind: Kind = .person) {
    self.kind = kind
    words = NameWords(name).inOrder(isTurned: kind == .person)
  }

  /// How the two stand to each other.
  public func relation(to other: NameKey) -> Relation {
    guard !words.isEmpty, !other.words.isEmpty else {
      return words.isEmpty && other.words.isEmpty ? .same : .different
    }
    // Where places of the world are spelt in two ways, one of them is mostly a romanisation.
    let slavic = kind == .place || speaksSlavic || other.speaksSlavic
    if words.count == other.words.count,
      zip(words, other.words).allSatisfy({ $0.isSame(as: $1, slavic: slavic) })
    {
      return .same
    }
    let (more, less) = words.count < other.words.count ? (other, self) : (self, other)
    let mayTurn = kind == .person
    return more.covers(less, slavic: slavic, inAnyOrder: false)
      || mayTurn && more.covers(less, slavic: slavic, inAnyOrder: true) ? .compatible : .different
  }

  /// Whether whoever has this name has the other too, which says no more: “Petr S. Derjabin” covers “Deryabin”, and “Omsk,
  /// Siberia” covers “Siberia”.
  public func covers(_ other: NameKey) -> Bool {
    words.count >= other.words.count && relation(to: other) != .different
  }

  /// What two spellings of one name have one of in common; names that have none are different ones.
  public var readings: Set<String> {
    Self.joined(words.map(\.plainReadings)).union(
      Self.joined(words.map { Array($0.slavicReadings) }))
  }

  private static func joined(_ words: [[String]]) -> Set<String> {
    words.reduce(into: [""]) { readings, word in
      readings = Set(
        readings.lazy.flatMap { reading in word.lazy.map { "\(reading) \($0)" } }.prefix(most))
    }
  }

  /// More readings than any name has.
  private static let most = 1_000

  private var speaksSlavic: Bool { words.contains(where: \.speaksSlavic) }

  /// Whether every word of the other name has its like here, one of its own. Initials alone tell nothing in another order.
  private func covers(_ other: NameKey, slavic: Bool, inAnyOrder: Bool) -> Bool {
    var rest = words
    var whole = 0
    for word in other.words {
      let index =
        rest.firstIndex { $0.isSame(as: word, slavic: slavic) }
        ?? rest.firstIndex { $0.isShortened(to: word, slavic: slavic) }
      guard let index else { return false }
      if rest[index].isSame(as: word, slavic: slavic) { whole += 1 }
      if inAnyOrder { rest.remove(at: index) } else { rest.removeSubrange(...index) }
    }
    return whole > 0 || !inAnyOrder
  }
}
