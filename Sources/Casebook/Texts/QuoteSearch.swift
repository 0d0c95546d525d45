/// Looks quotes up in the text of a source.
///
/// A quote is where its locator says when its words stand there in their order: what separates words does not count
/// (white space, page breaks, punctuation, quotation marks, numbers of notes), nor the case of its first letter. `…`
/// stands for words left out; brackets for words, or letters of a word, that the person who quotes put in.
public struct QuoteSearch: Sendable {
  private let text: SourceText
  /// The passages joined, and its words.
  private let bytes: [UInt8]
  private let words: [Word]
  /// The passage in which each word begins.
  private let passageOfWord: [Int]
  /// Where in `words` each form of a word stands.
  private let occurrences: [String: [Int]]
  /// The words that a line end divides.
  private let divided: [Int]

  /// How many places a quote is said to have moved to.
  private static let placesNamed = 5

  /// A search in `text`.
  public init(_ text: SourceText) {
    self.text = text
    let whole = text.passages.map(\.text).joined()
    bytes = Array(whole.utf8)
    words = WordScanner.words(in: whole)
    var ends: [Int] = []
    for passage in text.passages { ends.append((ends.last ?? 0) + passage.text.utf8.count) }
    var passage = 0
    passageOfWord = words.map { word in
      while ends[passage] <= word.range.lowerBound { passage += 1 }
      return passage
    }
    var occurrences: [String: [Int]] = [:]
    for (index, word) in words.enumerated() {
      for form in word.forms {
        occurrences[form.lowercased(), default: []].append(index)
        guard form.hasSuffix("'s") else { continue }
        occurrences[form.dropLast(2).lowercased(), default: []].append(index)
      }
    }
    self.occurrences = occurrences
    divided = words.indices.filter { [words] in words[$0].forms.count > 1 }
  }

  /// Holds a quote against the text at a locator. A locator that names no page is the whole text.
  public func find(_ quote: String, at locator: String) -> QuoteFinding {
    let pattern = QuotePattern(quote)
    guard !pattern.runs.isEmpty else { return .missing }
    let named = text.passages(at: locator)
    // Where it should be is looked at before everything else.
    let matches = starts(of: pattern.runs[0][0]).lazy.compactMap { start in
      end(of: pattern, from: start).map { start..<$0 }
    }
    let here = matches.first { match in
      named.map { Set(passages(of: match)).isSubset(of: $0) } ?? true
    }
    if let here { return .found(place(of: here)) }
    let elsewhere = Array(matches.prefix(Self.placesNamed)).map(place)
    guard elsewhere.isEmpty else { return .moved(elsewhere) }
    let close = named.flatMap { nearest(to: pattern, in: $0) } ?? nearest(to: pattern, in: nil)
    return close.map { .changed(place(of: $0)) } ?? .missing
  }

  /// Whether the text tells the pages that a locator names, or has no marks at all.
  public func has(_ locator: String) -> Bool { text.passages(at: locator)?.isEmpty != true }

  // MARK: Matching

  private func starts(of part: QuotePattern.Part) -> [Int] {
    guard !part.isBeginning else { return Array(words.indices) }
    // A word that a line end divides may be two of the quote's.
    let known = part.word.forms.flatMap { occurrences[$0.lowercased()] ?? [] }
    return Set(known + divided).sorted()
  }

  /// The word after the last when the quote begins with the word `start`.
  private func end(of pattern: QuotePattern, from start: Int) -> Int? {
    guard var end = end(of: pattern.runs[0], from: start) else { return nil }
    return continued(pattern, 1, &end) ? end : nil
  }

  private func continued(_ pattern: QuotePattern, _ run: Int, _ end: inout Int) -> Bool {
    guard run < pattern.runs.count else { return true }
    let limit = min(end + pattern.gaps[run].limit, words.count)
    guard end <= limit else { return false }
    for start in end...limit {
      guard var next = self.end(of: pattern.runs[run], from: start) else { continue }
      if continued(pattern, run + 1, &next) {
        end = next
        return true
      }
    }
    return false
  }

  private func end(of run: [QuotePattern.Part], from start: Int) -> Int? {
    var index = start
    var part = 0
    while part < run.count {
      guard index < words.count else { return nil }
      if run[part].matches(words[index]) {
        part += 1
      } else if part + 1 < run.count, words[index].forms.count > 1,
        words[index].forms[0] == "\(run[part].word.forms[0])-\(run[part + 1].word.forms[0])"
      {
        part += 2
      } else {
        return nil
      }
      index += 1
    }
    return index
  }

  // MARK: What is nearest

  /// The stretch of as many words that has most of the quote's, at least half; nil when there is none.
  private func nearest(to pattern: QuotePattern, in passages: Set<Int>?) -> Range<Int>? {
    let wanted = pattern.words.map { $0.forms[0].lowercased() }
    let needed = wanted.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let size = wanted.count
    var held: [String: Int] = [:]
    var score = 0
    var best: (score: Int, inPlace: Int, start: Int)?
    for index in words.indices {
      let entering = words[index].forms[0].lowercased()
      if let need = needed[entering] {
        held[entering, default: 0] += 1
        if held[entering, default: 0] <= need { score += 1 }
      }
      if index >= size {
        let leaving = words[index - size].forms[0].lowercased()
        if let need = needed[leaving] {
          if held[leaving, default: 0] <= need { score -= 1 }
          held[leaving, default: 0] -= 1
        }
      }
      let start = max(index - size + 1, 0)
      guard passages?.contains(passageOfWord[start]) ?? true else { continue }
      guard score > 0, score >= best?.score ?? 0 else { continue }
      // Among as many words the stretch that has more of them where the quote has them.
      let inPlace = zip(words[start...], wanted).count { $0.forms[0].lowercased() == $1 }
      if (score, inPlace) > (best?.score ?? 0, best?.inPlace ?? -1) {
        best = (score, inPlace, start)
      }
    }
    guard let best, best.score * 2 >= size else { return nil }
    return best.start..<min(best.start + size, words.count)
  }

  // MARK: Places

  private func passages(of match: Range<Int>) -> ClosedRange<Int> {
    passageOfWord[match.lowerBound]...passageOfWord[match.upperBound - 1]
  }

  private func place(of match: Range<Int>) -> QuotePlace {
    let passages = passages(of: match)
    let first = text.passages[passages.lowerBound]
    let last = text.passages[passages.upperBound]
    let range =
      words[match.lowerBound].range.lowerBound..<words[match.upperBound - 1].range.upperBound
    let shown = String(decoding: bytes[range], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let pages = first.pages.flatMap { pages in last.pages.flatMap { pages.joined(with: $0) } }
    return QuotePlace(place: pages?.text ?? first.place ?? last.place, words: shown)
  }
}
