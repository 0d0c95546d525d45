/// Cyrillic letters in the alphabet of ``SlavicReading``, those of the old orthography, Ukrainian and Belarusian too.
enum CyrillicLetters {
  /// What the letters of a word can stand for; nil for a word that is not all Cyrillic.
  static func sounds(of word: String) -> [[[UInt8]]]? {
    let letters = Array(word.unicodeScalars.filter { !isSign($0) })
    guard letters.contains(where: isCyrillic) else { return nil }
    var sounds: [[[UInt8]]] = []
    for (index, letter) in letters.enumerated() {
      guard let sound = table[letter] else {
        // An accent, or a sign that stands apart.
        if letter.properties.generalCategory == .nonspacingMark || !letter.properties.isAlphabetic {
          continue
        }
        return nil
      }
      let next = letters.dropFirst(index + 1).first
      if letter == "й", let next, vowels.contains(next) {
        sounds.append([[], Array("i".utf8)])
      } else {
        sounds.append(sound)
      }
    }
    return sounds
  }

  /// Whether a letter is one of these.
  static func isCyrillic(_ letter: Unicode.Scalar) -> Bool {
    (0x400...0x52F).contains(letter.value)
  }

  /// The letters as one of those that Latin words are read by, for words that mix both.
  static func latin(_ letter: Unicode.Scalar) -> [UInt8]? {
    isSign(letter) ? [] : table[letter]?.first
  }

  private static func isSign(_ letter: Unicode.Scalar) -> Bool { letter == "ь" || letter == "ъ" }

  private static let vowels: Set<Unicode.Scalar> = ["а", "е", "ё", "є", "о", "у", "э", "ю", "я"]

  private static let table: [Unicode.Scalar: [[UInt8]]] = [
    "а": "a", "б": "b", "в": "v", "г": "g H", "ґ": "g", "д": "d", "е": "e", "ё": "e o", "є": "e",
    "ж": "Z", "з": "z", "и": "i", "й": "i", "і": "i", "ї": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u v", "ф": "f",
    "х": "X", "ц": "ts s", "ч": "C", "ш": "S", "щ": "S", "ы": "i", "э": "e", "ю": "u", "я": "a",
    "ѣ": "e", "ѳ": "f", "ѵ": "i",
  ].mapValues { $0.utf8.split(separator: UInt8(ascii: " ")).map(Array.init) }
}
