/// A name reduced to what its spellings have in common, so that one man's name in two sources is known again: letter
/// case, diacritics and punctuation aside, and the usual transliterations of Russian taken for one another (Deryabin and
/// Derjabin, Yuri and Yurii, Alexeev and Alekseyev, Gouzenko and Guzenko, Smirnoff and Smirnov), Cyrillic itself too.
///
/// It leans towards taking two spellings for one name: whoever reads a comparison sees both.
public struct NameKey: Hashable, Sendable {
  /// The words of the name.
  public let words: [String]

  /// The name as `name` spells it.
  public init(_ name: String) {
    words = TextKey.words(name.lowercased()).map(Self.reduced).filter { !$0.isEmpty }
  }

  /// Whether every word of the other name has its like here, in the same order, an initial being like any word that
  /// begins so: "Petr S. Derjabin" covers "Deryabin" and "P. Deryabin".
  public func covers(_ other: NameKey) -> Bool {
    var rest = words[...]
    for word in other.words {
      guard let match = rest.firstIndex(where: { Self.areAlike($0, word) }) else { return false }
      rest = rest[(match + 1)...]
    }
    return !other.words.isEmpty
  }

  private static func areAlike(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let shorter = left.count < right.count ? left : right
    return shorter.count == 1 && left.first == right.first
  }

  // MARK: One word

  /// Works on bytes, because a search's view reduces every name of a casebook: all spellings are of plain letters, which
  /// are no part of any other letter in UTF-8.
  private static func reduced(_ word: String) -> String {
    var bytes = Array(unmarked(word).utf8)
    for (spelling, key) in endings where bytes.suffix(spelling.count).elementsEqual(spelling) {
      bytes.replaceSubrange((bytes.count - spelling.count)..., with: key)
    }
    for (spelling, key) in spellings { bytes.replace(spelling, with: key) }
    return String(decoding: bytes, as: UTF8.self).withoutRepetitions
  }

  private static func unmarked(_ word: String) -> String {
    if word.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "'") }) { return word }
    return TextKey.withoutMarks(word.reduce(into: "") { $0 += letters[$1] ?? String($1) })
  }

  /// Letters that stand for more than their base: Czech-style consonants, and Cyrillic.
  private static let letters: [Character: String] = [
    "š": "sh", "č": "ch", "ž": "zh", "ь": "", "ъ": "", "'": "", "’": "", "ʹ": "", "ʺ": "",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
  ]

  private static let endings = [("off", "ov"), ("eff", "ev")].map {
    (spelling: Array($0.utf8), key: Array($1.utf8))
  }

  /// In this order: longer spellings before those they contain.
  private static let spellings = [
    ("schtsch", "shch"), ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("cz", "ch"), ("sz", "sh"),
    ("kh", "h"), ("ph", "f"), ("tz", "ts"), ("ou", "u"), ("w", "v"), ("x", "ks"),
    ("ch", "q"), ("ck", "k"), ("c", "k"), ("yo", "e"), ("jo", "e"), ("y", "i"), ("j", "i"),
    ("ii", "i"), ("ie", "e"), ("ksander", "ksandr"),
  ].map { (spelling: Array($0.utf8), key: Array($1.utf8)) }
}

extension [UInt8] {
  /// Replaces a stretch of bytes wherever it stands, from the first on.
  fileprivate mutating func replace(_ stretch: [UInt8], with other: [UInt8]) {
    var index = 0
    while index + stretch.count <= count {
      if self[index] == stretch[0], self[index..<index + stretch.count].elementsEqual(stretch) {
        replaceSubrange(index..<index + stretch.count, with: other)
        index += other.count
      } else {
        index += 1
      }
    }
  }
}

extension String {
  /// Every letter once where it stands twice or more in a row.
  fileprivate var withoutRepetitions: String {
    reduce(into: "") { result, letter in
      if result.last != letter { result.append(letter) }
    }
  }
}
