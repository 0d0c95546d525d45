/// The cases of Russian and Ukrainian surnames in Cyrillic letters.
public enum Declension {
  /// The surnames, in lower case, of which a word may be another case: “дерябин” for Дерябиным, “кривицкий” for
  /// Кривицкого.
  public static func nominatives(of word: String) -> [String] {
    guard word.unicodeScalars.contains(where: CyrillicLetters.isCyrillic) else { return [] }
    let word = word.lowercased()
    return paradigms.flatMap { paradigm in
      paradigm.endings.filter(word.hasSuffix).compactMap { ending in
        let stem = word.dropLast(ending.count)
        guard stem.count > 3, paradigm.stems.contains(where: stem.hasSuffix) else { return nil }
        return stem + paradigm.nominative
      }
    }
  }

  private static let paradigms = [
    (
      stems: ["ов", "ев", "ёв", "єв", "ин", "ын", "ін", "їн"], nominative: "",
      endings: [
        "а", "у", "ым", "им", "ом", "е", "і", "ой", "ою", "ы", "и", "ых", "их", "ыми", "ими",
      ]
    ),
    (
      stems: ["ск", "цк"], nominative: "ий",
      endings: ["ого", "ому", "им", "ом", "ая", "ой", "ую", "ою", "ие", "их", "ими"]
    ),
    (
      stems: ["ськ", "цьк"], nominative: "ий",
      endings: ["ого", "ому", "им", "а", "ої", "ій", "у", "ою", "і", "их", "ими"]
    ),
  ]
}
