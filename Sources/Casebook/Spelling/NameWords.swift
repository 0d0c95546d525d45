/// The words of a name as it is written, and where a comma stands among them.
struct NameWords {
  private var words: [NameWord] = []
  /// How many words stand before the first comma; nil without one.
  private var comma: Int?

  init(_ name: String) {
    var rest = Substring(name)
    while let first = rest.firstIndex(where: Self.isLetter) {
      if comma == nil, rest[..<first].contains(where: Self.isComma) { noteComma() }
      rest = rest[first...]
      let end = Self.end(of: rest)
      add(rest[..<end], isShortened: rest[end...].first == ".")
      rest = rest[end...]
    }
  }

  /// In the order in which the name is spoken.
  func inOrder(isTurned: Bool) -> [NameWord] {
    guard isTurned, let comma, comma < words.count else { return words }
    return Array(words[comma...] + words[..<comma])
  }

  private mutating func noteComma() {
    if !words.isEmpty { comma = words.count }
  }

  /// “Mac Donald” is one word in two.
  private mutating func add(_ word: Substring, isShortened: Bool) {
    if let last = words.last, last.spelling == "mac", comma != words.count {
      words[words.count - 1] = NameWord(last.spelling + word, isShortened: isShortened)
    } else {
      words.append(NameWord(word, isShortened: isShortened))
    }
  }

  /// Where the word ends that the text begins with: signs between its letters belong to it.
  private static func end(of text: Substring) -> String.Index {
    var end = text.startIndex
    while end < text.endIndex {
      if isLetter(text[end]) {
        end = text.index(after: end)
        continue
      }
      let next = text[end...].firstIndex { !signs.contains($0) } ?? text.endIndex
      // A sign of softness ends a word, too.
      guard next > end, next < text.endIndex, isLetter(text[next]) else { break }
      end = next
    }
    return end
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "ʹ" || character == "ʺ"
  }

  private static func isComma(_ character: Character) -> Bool {
    character == "," || character == "،"
  }

  /// What romanisations write for the soft and the hard sign, and apostrophes.
  private static let signs: Set<Character> = [
    "'", "’", "‘", "ʼ", "`", "\"", "”", "“", "´", "′", "″",
  ]
}
