/// What a word can be if it is a Russian, Ukrainian or Belarusian name: every reading that its spelling can have, in an
/// alphabet of its own, so that two spellings of one name have a reading in common.
///
/// The alphabet keeps what tells names apart and drops what the usual romanisations lose: `i` for и, й, ы, і; `e` for е, э
/// and ё; vowels without what softens the consonant before them; `Z` ж, `X` х, `C` ч, `S` ш and щ, `H` г where it is
/// written h; no signs, no letter twice in a row.
enum SlavicReading {
  /// More readings than any name has; a word of other kinds may have more, and keeps the first.
  private static let most = 48

  /// All readings of a word in lower case.
  static func all(of word: String) -> Set<String> {
    var readings: Set<String> = []
    if let sounds = CyrillicLetters.sounds(of: word) {
      readings = collect(combined(sounds))
    } else {
      let letters = LatinLetters.letters(of: word)
      guard !letters.isEmpty else { return [] }
      for manner in Romanization.all where manner.fits(letters) {
        readings.formUnion(collect(combined(sounds(of: letters, manner))))
      }
    }
    return readings
  }

  private static func collect(_ readings: [[UInt8]]) -> Set<String> {
    Set(readings.map { String(decoding: $0.withoutRepetitions, as: UTF8.self) })
  }

  /// Every way to choose one of each.
  private static func combined(_ choices: [[[UInt8]]]) -> [[UInt8]] {
    choices.reduce(into: [[]]) { readings, choice in
      if choice.count == 1 {
        for index in readings.indices { readings[index] += choice[0] }
      } else {
        readings = Array(
          readings.lazy.flatMap { reading in choice.lazy.map { reading + $0 } }.prefix(most))
      }
    }
  }

  // MARK: Latin letters

  private static func sounds(of word: [UInt8], _ manner: Romanization) -> [[[UInt8]]] {
    var word = word
    if word.ends(with: "ff") { word.replaceSubrange((word.count - 2)..., with: "v".utf8) }
    var sounds: [[[UInt8]]] = []
    var index = 0
    while index < word.count {
      if let hard = hardSign(in: word, at: index) {
        sounds.append([[], hard])
        index += 2
      } else if isGlide(word[index], manner) {
        let end = word[index...].firstIndex { !isGlide($0, manner) } ?? word.count
        let isBeforeVowel = end < word.count && isVowel(word[end])
        // One before a vowel may only soften what stands before.
        sounds.append(isBeforeVowel && end == index + 1 ? [[], i] : [i])
        if end < word.count, word[end] == o, !word[end...].starts(with: "ou".utf8) {
          sounds.append([[o], [e]])
          index = end + 1
        } else {
          index = end
        }
      } else if manner.jIsHushing, word[index] == UInt8(ascii: "j") {
        sounds.append([[hushing]])
        index += 1
      } else if word[index] == e, word[(index + 1)...].first == h, !isVowel(word, index + 2) {
        sounds.append([[e], [e, UInt8(ascii: "X")], [e, UInt8(ascii: "H")]])
        index += 2
      } else if let group = manner.group(in: word, at: index) {
        sounds.append(group.sounds)
        index += group.length
      } else if word[index] == o, let last = sounds.last?.first?.last, hushings.contains(last) {
        sounds.append([[o], [e]])
        index += 1
      } else {
        sounds.append([[word[index]]])
        index += 1
      }
    }
    if word.ends(with: "ine") || word.ends(with: "yne") { sounds[sounds.count - 1] = [[], [e]] }
    if word.ends(with: "der") { sounds[sounds.count - 2] = [[e], []] }
    return sounds
  }

  /// The hard sign as machine-readable passports write it: “Podieiapolskii”.
  private static func hardSign(in word: [UInt8], at index: Int) -> [UInt8]? {
    guard index > 0, word[index...].starts(with: "ie".utf8), index + 3 < word.count,
      "iyj".utf8.contains(word[index + 2]), isVowel(word[index + 3])
    else { return nil }
    return Array("e".utf8)
  }

  private static let i: [UInt8] = [UInt8(ascii: "i")]
  private static let e = UInt8(ascii: "e")
  private static let o = UInt8(ascii: "o")
  private static let h = UInt8(ascii: "h")
  private static let hushing = UInt8(ascii: "Z")
  private static let hushings: Set<UInt8> = Set("SCZ".utf8)

  private static func isGlide(_ letter: UInt8, _ manner: Romanization) -> Bool {
    letter == i[0] || letter == UInt8(ascii: "y")
      || letter == UInt8(ascii: "j") && !manner.jIsHushing
  }

  private static func isVowel(_ letter: UInt8) -> Bool { "aeou".utf8.contains(letter) }

  private static func isVowel(_ word: [UInt8], _ index: Int) -> Bool {
    index < word.count && (isVowel(word[index]) || "iy".utf8.contains(word[index]))
  }
}

extension [UInt8] {
  fileprivate func ends(with letters: String) -> Bool {
    suffix(letters.utf8.count).elementsEqual(letters.utf8)
  }

  /// Every letter once where it stands twice or more in a row.
  fileprivate var withoutRepetitions: [UInt8] {
    reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
