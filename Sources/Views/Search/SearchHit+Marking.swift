import Casebook

extension SearchHit.Fragment {
  /// Marks in a text the `words` that were found, as they are written there, and names with these keys.
  init(_ text: String, words: [String], names: Set<String>) {
    var ranges = words.flatMap { word in
      text.ranges(of: word).filter { !text.continuesWord(at: $0) }
    }
    for word in TextKey.stretches(text) where word.first?.isUppercase == true {
      if !names.isDisjoint(with: NameKeys.all(in: [String(word)])) {
        ranges.append(word.startIndex..<word.endIndex)
      }
    }
    var parts: [Part] = []
    var end = text.startIndex
    func add(upTo next: String.Index, isHit: Bool) {
      guard next > end else { return }
      parts.append(Part(text: String(text[end..<next]), isHit: isHit))
      end = next
    }
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      add(upTo: range.lowerBound, isHit: false)
      add(upTo: range.upperBound, isHit: true)
    }
    add(upTo: text.endIndex, isHit: false)
    self.parts = parts
  }
}

extension String {
  /// Whether letters or digits stand right before or after the range, so that it is a piece of a longer word.
  fileprivate func continuesWord(at range: Range<Index>) -> Bool {
    let around = self[..<range.lowerBound].suffix(1) + self[range.upperBound...].prefix(1)
    return around.contains { $0.isLetter || $0.isNumber }
  }
}
