@testable import Casebook

/// Quotes looked up as their rules are told, trying everything: what the search must say of small texts.
struct QuoteReference {
  let text: SourceText
  private let words: [Word]
  private let passageOfWord: [Int]

  init(_ text: SourceText) {
    self.text = text
    words = WordScanner.words(in: text.passages.map(\.text).joined())
    var ends: [Int] = []
    for passage in text.passages { ends.append((ends.last ?? 0) + passage.text.utf8.count) }
    passageOfWord = words.map { word in ends.count { $0 <= word.range.lowerBound } }
  }

  /// What the search must find.
  func find(_ quote: String, at locator: String) -> QuoteFinding {
    let pattern = QuotePattern(quote)
    guard !pattern.runs.isEmpty else { return .missing }
    guard let named = text.passages(at: Locator(locator)) else {
      return .unplaced(text.exampleOfPlaces)
    }
    let matches = words.indices.compactMap { start in
      end(of: pattern.runs[...], pattern.gaps[...], from: start...start).map { start..<$0 }
    }
    let here = matches.first { match in
      let passages = passageOfWord[match.lowerBound]...passageOfWord[match.upperBound - 1]
      return Set(passages).isSubset(of: named)
    }
    if let here { return .found(place(of: here)) }
    if !matches.isEmpty { return .moved(matches.prefix(5).map(place)) }
    let near = nearest(to: pattern.words, in: named) ?? nearest(to: pattern.words)
    return near.map { .changed(place(of: $0)) } ?? .missing
  }

  /// The end of the first way to find all runs when the first of them begins in `range`.
  private func end(
    of runs: ArraySlice<[QuotePattern.Part]>, _ gaps: ArraySlice<QuotePattern.Gap>,
    from range: ClosedRange<Int>
  ) -> Int? {
    guard let run = runs.first else { return range.lowerBound }
    for start in range {
      guard let end = end(of: run, from: start) else { continue }
      let limit = gaps.dropFirst().first?.limit ?? 0
      if let end = self.end(of: runs.dropFirst(), gaps.dropFirst(), from: end...end + limit) {
        return end
      }
    }
    return nil
  }

  private func end(of run: [QuotePattern.Part], from start: Int) -> Int? {
    var index = start
    var parts = run[...]
    while let part = parts.popFirst() {
      guard index < words.count else { return nil }
      if !part.matches(words[index]) {
        guard words[index].isDivided, let next = parts.popFirst(),
          words[index].forms[0] == part.forms[0] + "-" + next.forms[0]
        else { return nil }
      }
      index += 1
    }
    return index
  }

  private func nearest(to quote: [String], in passages: Set<Int>? = nil) -> Range<Int>? {
    let wanted = quote.map { $0.lowercased() }
    var best: (score: Int, inPlace: Int, range: Range<Int>)?
    for start in words.indices where passages?.contains(passageOfWord[start]) ?? true {
      // A text shorter than the quote is one stretch.
      guard start == 0 || start + wanted.count <= words.count else { continue }
      let range = start..<min(start + wanted.count, words.count)
      let there = words[range].map { $0.forms[0].lowercased() }
      var left = there
      let score = wanted.count { word in
        guard let index = left.firstIndex(of: word) else { return false }
        left.remove(at: index)
        return true
      }
      let inPlace = zip(there, wanted).count { $0 == $1 }
      if score > 0, (score, inPlace) > (best?.score ?? 0, best?.inPlace ?? -1) {
        best = (score, inPlace, range)
      }
    }
    return best.flatMap { $0.score * 2 >= wanted.count ? $0.range : nil }
  }

  private func place(of range: Range<Int>) -> QuotePlace {
    let first = text.passages[passageOfWord[range.lowerBound]]
    let last = text.passages[passageOfWord[range.upperBound - 1]]
    let bytes = Array(text.passages.map(\.text).joined().utf8)
    let stretch =
      words[range.lowerBound].range.lowerBound..<words[range.upperBound - 1].range.upperBound
    let shown = String(decoding: bytes[stretch], as: UTF8.self)
    let pages = first.pages.flatMap { pages in last.pages.flatMap { pages.joined(with: $0) } }
    return QuotePlace(
      place: pages?.pageText ?? first.place ?? last.place,
      words: shown.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
