/// Looks quotes up in the text of a source.
///
/// A quote is where its locator says when its words stand there in their order: what separates words does not count
/// (white space, page breaks, punctuation, quotation marks, numbers of notes), nor the case of its first letter. `…`
/// stands for words left out; brackets for words, or letters of a word, that the person who quotes put in.
public struct QuoteSearch: Sendable {
  private let text: SourceText
  /// The passages joined, and their words.
  private let bytes: [UInt8]
  private let index: WordIndex
  private let nearest: NearestWords
  /// The first word that begins in each passage or after it.
  private let firstWords: [Int]

  /// How many places a quote is said to have moved to.
  private static let placesNamed = 5

  /// A search in `text`.
  public init(_ text: SourceText) {
    self.text = text
    let whole = text.passages.map(\.text).joined()
    bytes = Array(whole.utf8)
    index = WordIndex(whole)
    nearest = NearestWords(index.words)
    var firstWords = [0]
    var end = 0
    for passage in text.passages {
      end += passage.text.utf8.count
      let begun = index.words[(firstWords.last ?? 0)...].prefix { $0.range.lowerBound < end }
      firstWords.append(begun.endIndex)
    }
    self.firstWords = firstWords
  }

  /// Holds a quote against the text at a locator; where the text has no marks, that is the whole of it. The time it takes
  /// grows with the text and with the quote, however often either repeats itself and whatever is left out.
  public func find(_ quote: String, at locator: String) -> QuoteFinding {
    let pattern = QuotePattern(quote)
    guard !pattern.runs.isEmpty else { return .missing }
    guard let named = text.passages(at: Locator(locator)).map(stretches) else {
      return .unplaced(text.exampleOfPlaces)
    }
    let matches = QuoteMatches(of: pattern, in: index)
    let words = pattern.words
    // Of the matches that begin in a stretch the first ends first: when it leaves the stretch, all do.
    let here = named.compactMap { stretch in
      // A word of the text is two of the quote's at most.
      matches.starts.first(from: stretch.lowerBound).flatMap { start in
        (stretch.upperBound - start) * 2 >= words.count ? (stretch, start) : nil
      }
    }
    let anywhere = matches.starts.prefix(Self.placesNamed)
    let found = matches.ranges(from: here.map(\.1) + anywhere)
    if let match = zip(found, here).first(where: { $0.upperBound <= $1.0.upperBound })?.0 {
      return .found(place(of: match))
    }
    guard anywhere.isEmpty else { return .moved(found.suffix(anywhere.count).map(place)) }
    let close =
      nearest.range(of: words, beginningIn: named)
      ?? nearest.range(of: words, beginningIn: [0..<index.words.count])
    return close.map { .changed(place(of: $0)) } ?? .missing
  }

  /// Whether the text has a place that a locator names, or no marks at all.
  public func has(_ locator: String) -> Bool {
    text.passages(at: Locator(locator))?.isEmpty == false
  }

  // MARK: Places

  /// The words of passages, those that follow each other together.
  private func stretches(of passages: Set<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for passage in passages.sorted() {
      let words = firstWords[passage]..<firstWords[passage + 1]
      if let last = found.last, passages.contains(passage - 1) {
        found[found.count - 1] = last.lowerBound..<words.upperBound
      } else {
        found.append(words)
      }
    }
    return found
  }

  /// The passage in which a word begins.
  private func passage(of word: Int) -> Int {
    var range = 0..<text.passages.count - 1
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range =
        firstWords[middle + 1] <= word
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  private func place(of match: Range<Int>) -> QuotePlace {
    let words = index.words
    let first = text.passages[passage(of: match.lowerBound)]
    let last = text.passages[passage(of: match.upperBound - 1)]
    let range =
      words[match.lowerBound].range.lowerBound..<words[match.upperBound - 1].range.upperBound
    let shown = String(decoding: bytes[range], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let pages = first.pages.flatMap { pages in last.pages.flatMap { pages.joined(with: $0) } }
    return QuotePlace(place: pages?.pageText ?? first.place ?? last.place, words: shown)
  }
}
