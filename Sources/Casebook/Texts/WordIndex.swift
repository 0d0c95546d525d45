/// The words of a text, and where each of them stands.
struct WordIndex: Sendable {
  /// The words, in order.
  let words: [Word]
  /// Where each form of a word stands.
  private let occurrences: [String: Occurrences]
  /// The forms that are the same but for the case of their first letter.
  private let recased: [String: [String]]
  /// All forms, sorted.
  private let forms: [String]
  /// Where the words stand that a line end divides, by how they are written with their hyphen.
  private let divided: [String: Occurrences]

  init(_ text: String) {
    words = WordScanner.words(in: text)
    var occurrences: [String: Occurrences] = [:]
    var divided: [String: Occurrences] = [:]
    for (position, word) in words.enumerated() {
      for form in word.forms { occurrences[form, default: Occurrences()].append(position) }
      if word.isDivided { divided[word.forms[0], default: Occurrences()].append(position) }
    }
    self.occurrences = occurrences
    self.divided = divided
    recased = Dictionary(grouping: occurrences.keys) { Self.recased($0) }
    forms = occurrences.keys.sorted()
  }

  private static func recased(_ form: String) -> String {
    form.prefix(1).lowercased() + form.dropFirst()
  }

  /// Where the text has the word that a part of a quote is.
  func occurrences(of part: QuotePattern.Part) -> Occurrences {
    let forms =
      part.isBeginning
      ? part.forms.flatMap(forms(beginningWith:))
      : part.forms.flatMap { part.mayBePossessive ? [$0, $0 + "'s"] : [$0] }
        .flatMap { part.ignoresFirstCase ? recased[Self.recased($0)] ?? [] : [$0] }
    return Occurrences(joining: Set(forms).compactMap { occurrences[$0] })
  }

  /// Where a line end divides a word of the text into two that the quote has apart.
  func occurrences(of first: QuotePattern.Part, and second: QuotePattern.Part) -> Occurrences? {
    divided.isEmpty ? nil : divided["\(first.forms[0])-\(second.forms[0])"]
  }

  private func forms(beginningWith beginning: String) -> [String] {
    // No letter sorts after this one.
    let last = beginning + "\u{10FFFF}"
    return forms[index(of: beginning)..<index(of: last)].filter { $0.hasPrefix(beginning) }
  }

  /// The index of the first form that does not sort before `form`.
  private func index(of form: String) -> Int {
    var range = 0..<forms.count
    while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
      range = forms[middle] < form ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
