/// The letters of a word in plain ones, to be read in groups.
enum LatinLetters {
  /// The letters of a word in lower case, without marks and signs; `S`, `C` and `Z` for those whose mark makes them
  /// others. Empty when there are letters of another script in it.
  static func letters(of word: String) -> [UInt8] {
    var letters: [UInt8] = []
    for letter in word.precomposedLetters {
      if let known = marked[letter] {
        letters += known
      } else if letter.isASCII {
        if letter.properties.isAlphabetic { letters.append(UInt8(letter.value)) }
      } else if CyrillicLetters.isCyrillic(letter) {
        guard let known = CyrillicLetters.latin(letter) else { return [] }
        letters += known
      } else if letter.properties.isAlphabetic, letter.properties.generalCategory != .modifierLetter
      {
        let base = TextKey.withoutMarks(String(letter))
        guard base.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        letters += Array(base.utf8)
      }
    }
    return letters
  }

  /// Letters that stand for more than their base.
  private static let marked: [Unicode.Scalar: [UInt8]] = [
    "š": "S", "ŝ": "S", "ś": "s", "č": "C", "ç": "C", "ž": "Z", "ż": "Z", "ß": "ss", "æ": "e",
    "ø": "o",
    "ł": "l", "đ": "d", "ı": "i", "ə": "a",
  ].mapValues { Array($0.utf8) }
}

extension String {
  /// The characters, each with its marks on it as Unicode composes them.
  var precomposedCharacters: some Sequence<Character> { lazy.map { Self.composed[$0] ?? $0 } }

  /// The letters; marks that are no part of a letter of its own fall away.
  var precomposedLetters: [Unicode.Scalar] {
    precomposedCharacters.flatMap { character in
      character.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }
    }
  }

  /// Characters compare by canonical equivalence, so that each finds its composed self.
  private static let composed: [Character: Character] = Dictionary(
    uniqueKeysWithValues: "šŝśčçžżäöüåøâûйїёў".map { ($0, $0) })
}
