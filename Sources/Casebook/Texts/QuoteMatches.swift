/// Where a quote stands in a text.
///
/// Its words are gone through once, from the last to the first, each with all the positions of the text at which what
/// follows it may stand: neither omissions nor a text that repeats itself make it try the same thing twice.
struct QuoteMatches {
  /// Where matches begin.
  var starts: PositionSet { heads[0] }

  private let pattern: QuotePattern
  private let index: WordIndex
  /// Where the text has each part of the quote.
  private let occurrences: [QuotePattern.Part: Occurrences]
  /// So many runs at a time have their starts remembered.
  private static let stretchLength = 128
  private let stretches: [Range<Int>]
  /// Where the first run of each stretch may begin for everything after it to follow.
  private var heads: [PositionSet] = []
  /// Where each run of the first stretch may begin.
  private var firstStretch: [PositionSet] = []

  /// Looks for a quote of at least one run.
  init(of pattern: QuotePattern, in index: WordIndex) {
    self.pattern = pattern
    self.index = index
    let parts = Set(pattern.runs.joined())
    occurrences = Dictionary(
      uniqueKeysWithValues: parts.map { ($0, index.occurrences(of: $0)) })
    stretches = stride(from: 0, to: pattern.runs.count, by: Self.stretchLength).map {
      $0..<min($0 + Self.stretchLength, pattern.runs.count)
    }
    for stretch in stretches.reversed() {
      firstStretch = startsOfRuns(stretch, before: heads.last)
      heads.append(firstStretch[0])
    }
    heads.reverse()
  }

  /// The words that the match which begins at each of `starts` covers, as few as can be.
  func ranges(from starts: [Int]) -> [Range<Int>] {
    var ends = starts.map { end(of: pattern.runs[0], from: $0) }
    for (number, stretch) in stretches.enumerated() where stretch.upperBound > 1 {
      let next = number + 1 < heads.count ? heads[number + 1] : nil
      let known = number == 0 ? firstStretch : startsOfRuns(stretch, before: next)
      for run in stretch where run > 0 {
        let next = known[run - stretch.lowerBound]
        ends = ends.map { self.end(of: pattern.runs[run], from: next.first(from: $0) ?? $0) }
      }
    }
    return zip(starts, ends).map { $0..<$1 }
  }

  /// Where each of some runs may begin when the one after them may begin at `next`; anywhere may be the end without one.
  private func startsOfRuns(_ runs: Range<Int>, before next: PositionSet?) -> [PositionSet] {
    var found: [PositionSet] = []
    var next = next
    for run in runs.reversed() {
      let ends =
        next.map { $0.isEmpty ? $0 : $0.reached(within: pattern.gaps[run + 1].limit) }
        ?? PositionSet(allUpTo: index.words.count)
      let starts = self.starts(of: pattern.runs[run], before: ends)
      found.append(starts)
      next = starts
    }
    return found.reversed()
  }

  /// Where a run may begin for it to end just before one of `ends`.
  private func starts(of run: [QuotePattern.Part], before ends: PositionSet) -> PositionSet {
    var next = ends
    var afterNext = ends
    for (number, part) in run.enumerated().reversed() where !next.isEmpty || !afterNext.isEmpty {
      let single = occurrences[part, default: Occurrences()]
      var found = next.preceded(by: single)
      if number + 1 < run.count, let both = index.occurrences(of: part, and: run[number + 1]) {
        var divided = afterNext.preceded(by: both)
        divided.subtract(single)
        found.formUnion(divided)
      }
      afterNext = next
      next = found
    }
    return next
  }

  /// The word after the last of a run that begins at `start`.
  private func end(of run: [QuotePattern.Part], from start: Int) -> Int {
    var position = start
    var part = 0
    while part < run.count {
      part += run[part].matches(index.words[position]) ? 1 : 2
      position += 1
    }
    return position
  }
}
