/// A manner of writing Slavic names in Latin letters: what each group of letters stands for, in the alphabet of
/// ``SlavicReading``.
struct Romanization {
  /// What groups of letters stand for; several entries where one group has several meanings.
  private let groups: [UInt8: [(letters: [UInt8], sounds: [[UInt8]])]]
  /// Whether `j` is the first sound of “Joukov”, and not that of “Jurij”.
  let jIsHushing: Bool
  /// A word is only read in this manner if one of these is in it; empty for any word.
  private let signs: [[UInt8]]
  /// A word is not read in this manner if one of these is in it.
  private let foreign: [[UInt8]]

  private init(
    jIsHushing: Bool = false, signs: [String] = [], foreign: [String] = [],
    _ own: [String: [String]] = [:]
  ) {
    self.jIsHushing = jIsHushing
    self.signs = signs.map { Array($0.utf8) }
    self.foreign = foreign.map { Array($0.utf8) }
    var groups: [UInt8: [(letters: [UInt8], sounds: [[UInt8]])]] = [:]
    for (letters, sounds) in Self.common.merging(own, uniquingKeysWith: { $1 }) {
      let letters = Array(letters.utf8)
      groups[letters[0], default: []].append((letters, sounds.map { Array($0.utf8) }))
    }
    // Longer groups before those they begin with.
    self.groups = groups.mapValues { $0.sorted { $0.letters.count > $1.letters.count } }
  }

  /// Whether a word may be written so.
  func fits(_ word: [UInt8]) -> Bool {
    (signs.isEmpty || signs.contains { word.contains(stretch: $0) })
      && !foreign.contains { word.contains(stretch: $0) }
  }

  /// The group of letters that stands at `index` and what it can stand for; nil for a letter that stands for itself.
  func group(in word: [UInt8], at index: Int) -> (length: Int, sounds: [[UInt8]])? {
    guard let candidates = groups[word[index]] else { return nil }
    for (letters, sounds) in candidates where word[index...].starts(with: letters) {
      return (letters.count, sounds)
    }
    return nil
  }

  // MARK: The manners

  /// All of them. What English, passports, BGN/PCGN, ALA-LC and the GOST and ISO tables write differs in letters that no
  /// two of them use in two senses, so that one manner reads them all; the others do not agree with it about `ch`, `j`
  /// or `z`.
  static let all: [Romanization] = [
    Romanization(),
    // Telegrams, Uzbek passports: Jukov, Chajka.
    Romanization(jIsHushing: true, signs: ["j"]),
    // French: Joukov, Khrouchtchev, Guerassimov.
    Romanization(
      jIsHushing: true, signs: ["j", "ch", "gue", "gui"],
      ["chtch": ["S"], "ch": ["S"], "gue": ["ge"], "gui": ["gi"], "c": ["k", "s"]]),
    // ISO 9 of 1954, scientific, Czech: Chochlov.
    Romanization(signs: ["ch"], ["ch": ["X"]]),
    // German: Schukow, Kusnezow, Chruschtschow.
    Romanization(
      signs: ["s", "z", "ch"], foreign: ["v", "zh", "kh", "cz", "sz", "S", "C", "Z"],
      [
        "ch": ["X"], "sch": ["S", "Z"], "sh": ["S", "Z"], "z": ["ts"], "s": ["s", "z"],
        "ss": ["s"],
      ]),
    // Polish: Szczerbakow, Cwietkow.
    Romanization(
      signs: ["w", "sz", "cz", "rz", "ch"],
      ["ch": ["X"], "cz": ["C"], "sz": ["S"], "rz": ["rz", "Z", "r"]]),
  ]

  private static let common: [String: [String]] = [
    "schtsch": ["S"], "stsch": ["S"], "shch": ["S"], "shh": ["S"], "szcz": ["S"], "SC": ["S"],
    "sch": ["S"], "sh": ["S"], "sc": ["S", "sts", "sk"], "sz": ["S", "sz"],
    "tsch": ["C"], "tch": ["C"], "ch": ["C"], "cz": ["ts", "C"],
    "zh": ["Z"], "zgh": ["zg", "zH"], "gh": ["g", "H"], "kh": ["X"], "h": ["X", "H"],
    "ts": ["ts"], "tz": ["ts"], "tc": ["ts"], "c": ["ts", "k"], "ck": ["k", "tsk"],
    "x": ["ks", "X"], "q": ["k"], "w": ["v"], "ph": ["f"], "ou": ["u"], "oo": ["u", "o"],
  ]
}

extension [UInt8] {
  /// Whether the other stands in it, one element beside the other.
  func contains(stretch: [UInt8]) -> Bool {
    guard count >= stretch.count else { return false }
    return (0...count - stretch.count).contains { self[$0...].starts(with: stretch) }
  }
}
