/// A word with letter case, marks and signs aside.
enum PlainReading {
  /// In every way that is usual: the letters that German and Scandinavian names write in two ways are read in both.
  static func all(of word: String) -> [String] {
    if word.utf8.allSatisfy({ $0 < 0x80 && $0 != apostrophe }) { return [word] }
    var readings = [""]
    for letter in word.precomposedCharacters {
      if let ways = twofold[letter] {
        readings = readings.flatMap { reading in ways.map { reading + $0 } }
      } else {
        let plain =
          old[letter] ?? TextKey.withoutMarks(String(letter)).filter { $0.isLetter || $0.isNumber }
        for index in readings.indices { readings[index] += plain }
      }
      if readings.count > most { readings.removeLast(readings.count - most) }
    }
    return readings.filter { !$0.isEmpty }
  }

  private static let most = 16
  private static let apostrophe = UInt8(ascii: "'")

  private static let twofold: [Character: [String]] = [
    "ä": ["a", "ae"], "ö": ["o", "oe"], "ü": ["u", "ue"], "å": ["a", "aa"], "ø": ["o", "oe"],
    "ё": ["е", "о"],
  ]

  /// Letters that are others today, or two.
  private static let old: [Character: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d",
    "ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и", "ъ": "", "ь": "", "й": "й", "ʹ": "", "ʺ": "",
  ]
}
