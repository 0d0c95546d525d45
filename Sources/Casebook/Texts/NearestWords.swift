/// Finds the stretch of a text that is most like a quote which stands nowhere in it.
struct NearestWords: Sendable {
  /// The words of the text by number, whether in upper or lower case.
  private let words: [Int]
  private let numbers: [String: Int]

  /// How many words are set beside the quote's at most: where a text repeats itself, its first stretches are compared.
  private static let comparisons = 1 << 26

  init(_ words: [Word]) {
    var numbers: [String: Int] = [:]
    self.words = words.map { word in
      let word = word.forms[0].lowercased()
      if let known = numbers[word] { return known }
      numbers[word] = numbers.count
      return numbers.count - 1
    }
    self.numbers = numbers
  }

  /// Looks for the stretch of as many words that has most of the quote's, and most of those where the quote has them.
  ///
  /// - Parameters:
  ///   - quote: the words of the quote, at least one.
  ///   - places: where it may begin, in order.
  /// - Returns: the first such stretch; nil when none has half of the words.
  func range(of quote: [String], beginningIn places: [Range<Int>]) -> Range<Int>? {
    let wanted = quote.map { numbers[$0.lowercased()] ?? -1 }
    let (score, starts) = starts(of: wanted, in: places)
    guard score * 2 >= quote.count else { return nil }
    var best = (inPlace: -1, start: 0)
    for start in starts.prefix(max(Self.comparisons / quote.count, 1)) {
      let inPlace = zip(words[start...], wanted).count { $0 == $1 }
      if inPlace > best.inPlace { best = (inPlace, start) }
    }
    return best.start..<min(best.start + quote.count, words.count)
  }

  /// How many of the words a stretch has at most, in whatever order, and where such stretches begin.
  private func starts(of wanted: [Int], in places: [Range<Int>]) -> (score: Int, starts: [Int]) {
    var needed = Array(repeating: 0, count: numbers.count)
    for word in wanted where word >= 0 { needed[word] += 1 }
    var held = Array(repeating: 0, count: numbers.count)
    var score = 0
    var best: (score: Int, starts: [Int]) = (0, [])
    var places = places[...]
    for (index, entering) in words.enumerated() {
      held[entering] += 1
      if held[entering] <= needed[entering] { score += 1 }
      if index >= wanted.count {
        let leaving = words[index - wanted.count]
        if held[leaving] <= needed[leaving] { score -= 1 }
        held[leaving] -= 1
      }
      let start = max(index - wanted.count + 1, 0)
      while let place = places.first, place.upperBound <= start { places.removeFirst() }
      guard let place = places.first, place.contains(start), score >= max(best.score, 1) else {
        continue
      }
      if score > best.score { best = (score, []) }
      if best.starts.last != start { best.starts.append(start) }
    }
    return best
  }
}
