/// One date in words, or the part of one that "early", "mid" or "late" picks out.
struct Period {
  static let approximations: Set<String> = [
    "about", "approximately", "around", "circa", "c", "ca", "roughly", "approx", "near",
  ]
  private static let doubts: Set<String> = [
    "possibly", "perhaps", "probably", "presumably", "apparently", "maybe", "?",
  ]

  private enum Part {
    case beginning, early, middle, late, end, firstHalf, secondHalf
  }

  private var date: SuggestedDate
  private let part: Part?
  private let isApproximate: Bool
  private let isUncertain: Bool

  /// Reads all the words or nothing.
  init?(_ words: some Sequence<String>) {
    var rest = words.filter { $0 != "," }
    isApproximate = rest.contains(where: Self.approximations.contains)
    isUncertain = rest.contains(where: Self.doubts.contains)
    rest.removeAll { Self.approximations.contains($0) || Self.doubts.contains($0) }
    part = Self.takePart(&rest)
    guard let date = SuggestedDate(rest) else { return nil }
    self.date = date
  }

  private static func takePart(_ words: inout [String]) -> Part? {
    let names: [([String], Part)] = [
      (["first", "half"], .firstHalf), (["second", "half"], .secondHalf),
      (["latter", "half"], .secondHalf), (["early", "part"], .early), (["latter", "part"], .late),
      (["late", "part"], .late), (["first", "part"], .early), (["last", "part"], .late),
      (["early"], .early), (["beginning"], .beginning), (["start"], .beginning),
      (["mid"], .middle), (["middle"], .middle), (["late"], .late), (["end"], .end),
      (["close"], .end),
    ]
    for (name, part) in names where words.starts(with: name) {
      words.removeFirst(name.count)
      return part
    }
    return nil
  }

  // MARK: As EDTF

  /// The qualifier's mark, or nothing.
  var qualifier: String {
    switch (isUncertain, isApproximate) {
    case (true, true): "%"
    case (true, false): "?"
    case (false, true): "~"
    case (false, false): ""
    }
  }

  /// The whole date without regard to "early" or "late".
  var coarse: SuggestedDate {
    date
  }

  /// The whole as EDTF, or nil if the year is missing.
  var text: String? {
    guard date.isComplete else { return nil }
    guard part != nil else { return date.text + qualifier }
    guard let start, let end else { return nil }
    return start == end
      ? start.text + qualifier : "\(start.text)\(qualifier)/\(end.text)\(qualifier)"
  }

  /// Where it begins, for an interval or a range, which take no unspecified digits.
  var start: SuggestedDate? {
    bounds?.start
  }

  /// Where it ends, for an interval or a range.
  var end: SuggestedDate? {
    bounds?.end
  }

  /// The last year, month or day before it; before the end of one is all of it.
  var lastBefore: SuggestedDate? {
    switch part {
    case nil, .beginning: date.preceding
    case .end: end
    case .early, .middle, .late, .firstHalf, .secondHalf: start?.preceding
    }
  }

  /// The first year, month or day after it; after the beginning of one is all of it.
  var firstAfter: SuggestedDate? {
    switch part {
    case nil, .end: date.following
    case .beginning: start
    case .early, .middle, .late, .firstHalf, .secondHalf: end?.following
    }
  }

  private var bounds: (start: SuggestedDate, end: SuggestedDate)? {
    guard date.isComplete, let years = date.years else { return nil }
    switch (date.precision, part) {
    case (.century, _), (.decade, _):
      let cuts = date.precision == .decade ? (4, 7) : (33, 67)
      let years = part.map { Self.select($0, from: years, cuts: cuts) } ?? years
      return (SuggestedDate(year: years.lowerBound), SuggestedDate(year: years.upperBound))
    case (.year, let part?):
      let cuts = part == .beginning || part == .end ? (3, 9) : (4, 8)
      let months = Self.select(part, from: 1...12, cuts: cuts)
      return (
        SuggestedDate(year: years.lowerBound, month: months.lowerBound),
        SuggestedDate(year: years.lowerBound, month: months.upperBound)
      )
    case (.month, let part?):
      let days = Self.select(part, from: 1...date.daysInMonth, cuts: (10, 20))
      return (date.with(day: days.lowerBound), date.with(day: days.upperBound))
    case (.year, nil), (.season, _), (.month, nil), (.day, _):
      return (date, date)
    }
  }

  /// The stretch of a range that a part picks out, given how many elements go by the first and
  /// by the second cut.
  private static func select(
    _ part: Part, from range: ClosedRange<Int>, cuts: (Int, Int)
  ) -> ClosedRange<Int> {
    let first = range.lowerBound
    return switch part {
    case .beginning, .early: first...(first + cuts.0 - 1)
    case .middle: (first + cuts.0)...(first + cuts.1 - 1)
    case .late, .end: (first + cuts.1)...range.upperBound
    case .firstHalf: first...(first + range.count / 2 - 1)
    case .secondHalf: (first + range.count / 2)...range.upperBound
    }
  }

  // MARK: Several in one phrase

  /// The same periods, each with the year or month that a neighbour names for it:
  /// "June to September 1952", "28 or 29 June 1899", "1935–36".
  ///
  /// - Parameters:
  ///   - periods: what the words say of each.
  ///   - isLendingDays: whether a year alone has the month and day of what comes before it.
  /// - Returns: the same, completed.
  static func completed(_ periods: [Period], lendingDays isLendingDays: Bool = false) -> [Period] {
    var periods = periods
    for index in periods.indices.dropLast().reversed() {
      periods[index].date.borrow(from: periods[index + 1].date)
    }
    for index in periods.indices.dropFirst() {
      periods[index].date.borrow(from: periods[index - 1].date)
      let isPlain = periods[index].part == nil && periods[index - 1].part == nil
      if isLendingDays, isPlain { periods[index].date.borrowDay(from: periods[index - 1].date) }
    }
    return periods
  }

  /// "The winter of 1920–21", as the months that it spans.
  func winter(through end: Period) -> String? {
    guard date.isWinter, let year = date.year else { return nil }
    var next = end.date
    next.borrow(from: SuggestedDate(year: year))
    guard next == SuggestedDate(year: year + 1) else { return nil }
    return
      "\(SuggestedDate(year: year, month: 12).text)/\(SuggestedDate(year: year + 1, month: 2).text)"
  }
}
