internal import Calendar

/// A year, month, day, season, decade or century as words name it, perhaps without its year.
struct SuggestedDate: Hashable {
  enum Precision: Hashable {
    case century, decade, year, season, month, day
  }

  private(set) var year: Int?
  private var month: Int?
  private var day: Int?
  /// How many digits the day was written with: it may turn out to be a year.
  private var dayDigits = 0
  private var season: Season?
  /// How many of the year's last digits are left open: 1 for a decade, 2 for a century.
  private var openDigits = 0

  init(year: Int, month: Int? = nil, day: Int? = nil) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads all the words, in any order, or nothing.
  init?(_ words: [String]) {
    guard !words.isEmpty, let words = takeEra(words) else { return nil }
    for word in words {
      guard take(word) else { return nil }
    }
    if openDigits > 0 || season != nil, month != nil || day != nil { return nil }
    if season != nil, openDigits > 0 { return nil }
  }

  /// Takes "44 BC" and "AD 79"; gives back the other words, or nil if there is no sense in them.
  private mutating func takeEra(_ words: [String]) -> [String]? {
    guard let era = words.firstIndex(where: { ["bc", "bce", "ad", "ce"].contains($0) }) else {
      return words
    }
    let isBefore = words[era].hasPrefix("b")
    let index = words[era] == "ad" && era == 0 ? 1 : era - 1
    guard words.indices.contains(index), words[index].allSatisfy(\.isASCIIDigit),
      let number = Int(words[index]), 1...9999 ~= number
    else { return nil }
    year = isBefore ? 1 - number : number
    return words.indices.filter { $0 != era && $0 != index }.map { words[$0] }
  }

  private mutating func take(_ word: String) -> Bool {
    if let named = Self.seasons[word], season == nil {
      season = named
    } else if let number = Self.month(word), month == nil {
      month = number
    } else if let number = Self.ordinalOrNumber(word), number > 0 || word == "00", day == nil {
      day = number
      dayDigits = word.prefix(while: \.isASCIIDigit).count
    } else if word == "century", let number = day, year == nil, 1...99 ~= number {
      (day, dayDigits) = (nil, 0)
      year = (number - 1) * 100
      openDigits = 2
    } else if word.utf8.count == 4, word.allSatisfy(\.isASCIIDigit), year == nil {
      year = Int(word)
    } else if let first = Self.decade(word), year == nil {
      year = first
      openDigits = 1
    } else {
      return false
    }
    return true
  }

  // MARK: What it is

  var precision: Precision {
    if openDigits > 0 { return openDigits == 1 ? .decade : .century }
    if season != nil { return .season }
    if day != nil { return .day }
    return month != nil ? .month : .year
  }

  /// Whether nothing is missing that a date in EDTF needs.
  var isComplete: Bool {
    year != nil && (day == nil || month != nil)
  }

  var isWinter: Bool {
    season == .winter
  }

  /// How many days the month has, which must be known.
  var daysInMonth: Int {
    CalendarDate.daysInMonth(month ?? 1, year: year ?? 0)
  }

  /// The years of a decade or century.
  var years: ClosedRange<Int>? {
    year.map { $0...($0 + (openDigits == 2 ? 99 : openDigits == 1 ? 9 : 0)) }
  }

  func with(day: Int) -> SuggestedDate {
    var copy = self
    copy.day = day
    return copy
  }

  /// The date as EDTF; a decade as `193X`.
  var text: String {
    let year = year ?? 0
    let magnitude = String(year.magnitude)
    let padded = String(repeating: "0", count: max(0, 4 - magnitude.count)) + magnitude
    let digits = padded.dropLast(openDigits) + String(repeating: "X", count: openDigits)
    let rest = [season?.rawValue ?? month, day].compactMap(\.self)
      .map { ($0 < 10 ? "-0" : "-") + String($0) }
    return (year < 0 ? "-" : "") + digits + rest.joined()
  }

  // MARK: Neighbours

  /// Takes over what another date in the same phrase names for both: "June to September 1952".
  mutating func borrow(from other: SuggestedDate) {
    if let first = other.year, let number = day, other.precision == .year, year == nil,
      month == nil
    {
      year = Self.year(number, digits: dayDigits, after: first)
      (day, dayDigits) = (nil, 0)
      return
    }
    if day != nil { month = month ?? other.month }
    year = year ?? other.year
  }

  /// "1935–36" names a second year, and so do "1935–6" and "1899/00".
  private static func year(_ number: Int, digits: Int, after first: Int) -> Int {
    let cycle = digits == 1 ? 10 : 100
    return (first + 1) % cycle == number ? first + 1 : first - first % cycle + number
  }

  /// Takes over the month and the day of another year, or its season: "13 February 1919 or 1921".
  mutating func borrowDay(from other: SuggestedDate) {
    guard precision == .year, other.openDigits == 0 else { return }
    (month, day, season) = (other.month, other.day, other.season)
  }

  // MARK: Two calendars

  /// How many days it is to another one; nil where either is no day.
  func days(until other: SuggestedDate) -> Int? {
    guard let first = written?.date(in: .gregorian), let last = other.written?.date(in: .gregorian)
    else { return nil }
    return first.days(until: last)
  }

  /// Whether it is the day that the Julian calendar names as the other one.
  func isDay(ofOldStyle other: SuggestedDate) -> Bool {
    guard let date = other.written?.date(in: .julian) else { return false }
    return date == written?.date(in: .gregorian)
  }

  private var written: WrittenDay? {
    guard let year, let month, let day else { return nil }
    return WrittenDay(year: year, month: month, day: day)
  }

  /// The same in the next year, if that is what the digits after it name and the year began on 25 March at the time; of
  /// a month, none that is only partly before that day.
  func inNextYear(_ digits: String) -> SuggestedDate? {
    guard let year, year < 1752, let month, (month, day ?? 25) < (3, 25), let number = Int(digits),
      [1, 2, 4].contains(digits.count),
      digits.count == 4 ? number == year + 1 : (year + 1) % (digits.count == 1 ? 10 : 100) == number
    else { return nil }
    var next = self
    next.year = year + 1
    return next
  }

  /// The year, month or day before; nil for a season, which has no clear edge.
  var preceding: SuggestedDate? {
    neighbour(-1)
  }

  /// The year, month or day after; nil for a season, which has no clear edge.
  var following: SuggestedDate? {
    neighbour(1)
  }

  private func neighbour(_ step: Int) -> SuggestedDate? {
    guard let years else { return nil }
    switch precision {
    case .century, .decade, .year:
      return SuggestedDate(year: (step < 0 ? years.lowerBound : years.upperBound) + step)
    case .season:
      return nil
    case .month:
      guard let month, let first = CalendarDate(year: years.lowerBound, month: month, day: 1)
      else { return nil }
      let other = first.adding(months: step)
      return SuggestedDate(year: other.year, month: other.month)
    case .day:
      guard let month, let day,
        let date = CalendarDate(year: years.lowerBound, month: month, day: day)
      else { return nil }
      let other = date.adding(days: step)
      return SuggestedDate(year: other.year, month: other.month, day: other.day)
    }
  }
}

// MARK: - Words

extension SuggestedDate {
  private static let seasons: [String: Season] = [
    "spring": .spring, "springtime": .spring, "summer": .summer, "summertime": .summer,
    "autumn": .autumn, "fall": .autumn, "winter": .winter, "wintertime": .winter,
  ]

  /// The number of a month by its name or an abbreviation of three letters or more.
  private static func month(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    return EnglishDate.months.firstIndex { $0.lowercased().hasPrefix(word) }.map { $0 + 1 }
  }

  /// `28` and `28th`.
  private static func ordinalOrNumber(_ word: String) -> Int? {
    let digits = word.prefix(while: \.isASCIIDigit)
    guard 1...2 ~= digits.count,
      ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count))
    else { return nil }
    return Int(digits)
  }

  /// The first year of `1930s` or `1930's`; `1900s` may be a century and is left alone.
  private static func decade(_ word: String) -> Int? {
    let digits = word.prefix(while: \.isASCIIDigit)
    guard digits.count == 4, ["s", "'s"].contains(word.dropFirst(4)), let year = Int(digits),
      year % 10 == 0, year % 100 != 0
    else { return nil }
    return year
  }
}

extension Character {
  var isASCIIDigit: Bool {
    ("0"..."9").contains(self)
  }
}
