internal import Calendar

extension EDTF {
  /// The date in English: `16 July 1937`, `about 1928`, `1927 or 1928`, `from 1923 to 1925`; one in the Julian calendar
  /// with the day itself, `10 April 1870 O.S. (22 April 1870)`.
  public var inWords: String {
    calendar == .julian
      ? "\(expression.inWords)\(Self.oldStyle) (\(bounds.inWords))" : expression.inWords
  }
}

extension EDTF {
  /// The days in today's calendar that a date in the Julian one means: `1870-04-22`, or the first and the last of them,
  /// `1917-01-14/1918-01-13`; nil for a date that is in today's calendar already.
  public var newStyle: String? {
    guard calendar == .julian else { return nil }
    let bounds = bounds
    let (first, last) = (bounds.earliest?.description, bounds.latest?.description)
    if let first, first == last { return first }
    return "\(first ?? "..")/\(last ?? "..")"
  }
}

extension DateBounds {
  /// `22 April 1870`, `13 January 1917 to 13 January 1918`.
  fileprivate var inWords: String {
    let (first, last) = (earliest.map(EnglishDate.day), latest.map(EnglishDate.day))
    return switch (first, last) {
    case (let first?, let last?): first == last ? first : "\(first) to \(last)"
    case (let first?, nil): "from \(first)"
    case (nil, let last?): "until \(last)"
    case (nil, nil): "any day"
    }
  }
}

extension Expression {
  fileprivate var inWords: String {
    switch self {
    case .date(let date):
      date.inWords
    case .dateTime(let date, let time):
      "\(date.inWords), \(time.inWords)"
    case .interval(let start, let end):
      switch (start, end) {
      case (.date(let start), .open): "from \(start.inWords) onwards"
      case (.open, .date(let end)): "until \(end.inWords)"
      default: "from \(start.inWords) to \(end.inWords)"
      }
    case .set(let kind, let members):
      Self.list(members.map { $0.inWords(kind) }, kind)
    }
  }

  /// "1927 or 1928", "1926, 1927 or 1928", "1667, 1668, or between 1670 and 1672".
  private static func list(_ words: [String], _ kind: SetKind) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    let conjunction = kind == .oneOf ? "or" : "and"
    let isPlain = !words.contains { $0.contains(" \(conjunction) ") }
    let head = words.dropLast().joined(separator: ", ")
    return isPlain ? "\(head) \(conjunction) \(last)" : "\(head), \(conjunction) \(last)"
  }
}

extension IntervalEnd {
  fileprivate var inWords: String {
    date?.inWords ?? "an unknown date"
  }
}

extension SetMember {
  fileprivate func inWords(_ kind: SetKind) -> String {
    switch (self, kind) {
    case (.single(let date), _): date.inWords
    case (.range(let first?, let last?), .oneOf): "between \(first.inWords) and \(last.inWords)"
    case (.range(let first?, nil), .oneOf): "\(first.inWords) or later"
    case (.range(nil, let last?), .oneOf): "\(last.inWords) or earlier"
    case (.range(let first?, let last?), .allOf):
      "every \(first.unit) from \(first.inWords) to \(last.inWords)"
    case (.range(let first?, nil), .allOf): "every \(first.unit) from \(first.inWords) onwards"
    case (.range(nil, let last?), .allOf): "every \(last.unit) until \(last.inWords)"
    case (.range(nil, nil), _): ""
    }
  }
}

extension TimePart {
  fileprivate var inWords: String {
    switch zone {
    case "": clock
    case "Z": "\(clock) UTC"
    default: "\(clock) UTC\(zone)"
    }
  }
}

extension DatePart {
  fileprivate var inWords: String {
    switch qualifier {
    case nil where !partQualifiers.isEmpty: "\(plainWords) (\(partsInWords))"
    case nil: plainWords
    case .uncertain: "possibly \(nounPhrase)"
    case .approximate: "about \(nounPhrase)"
    case .both: "possibly about \(nounPhrase)"
    }
  }

  /// "year and month approximate, day uncertain".
  private var partsInWords: String {
    let kinds: [(Qualifier, String)] = [
      (.uncertain, "uncertain"), (.approximate, "approximate"),
      (.both, "uncertain and approximate"),
    ]
    return kinds.compactMap { qualifier, word in
      let parts = Component.allCases.filter { partQualifiers[$0] == qualifier }.map(name)
      guard let last = parts.last else { return nil }
      let others = parts.dropLast().joined(separator: ", ")
      return "\(others.isEmpty ? last : "\(others) and \(last)") \(word)"
    }.joined(separator: ", ")
  }

  private func name(_ component: Component) -> String {
    switch component {
    case .year: return "year"
    case .day: return "day"
    case .month:
      if case .season = precision { return "part of the year" }
      return "month"
    }
  }

  /// The word for what a range of such dates counts.
  fileprivate var unit: String {
    switch precision {
    case .day: "day"
    case .month: "month"
    default: "year"
    }
  }

  private var plainWords: String {
    switch precision {
    case .decade, .century: isNamedDecade ? "some time in \(years)" : "some time from \(years)"
    default: nounPhrase
    }
  }

  private var nounPhrase: String {
    let year = EnglishDate.year(earliest.year)
    return switch precision {
    case .year: year
    case .decade, .century: years
    case .estimate(let estimate):
      "\(EnglishDate.year(estimate)), by estimate (\(firstToLast))"
    case .pattern(let pattern): pattern.inWords
    case .season(let season): season.inWords(year)
    case .month: "\(EnglishDate.month(earliest.month)) \(year)"
    case .day: "\(earliest.day) \(EnglishDate.month(earliest.month)) \(year)"
    case .someMonthOfYear: "some month of \(year)"
    case .someDayOfMonth: "some day in \(EnglishDate.month(earliest.month)) \(year)"
    case .someDayOfYear: "some day in \(year)"
    }
  }

  /// Whether "the 1930s" says it; "the 1900s" could be ten years or a hundred.
  private var isNamedDecade: Bool {
    precision == .decade && earliest.year >= 1000 && earliest.year % 100 != 0
  }

  private var years: String {
    isNamedDecade ? "the \(earliest.year)s" : firstToLast
  }

  private var firstToLast: String {
    "\(EnglishDate.year(earliest.year)) to \(EnglishDate.year(latest.year))"
  }
}
