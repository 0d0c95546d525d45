internal import Calendar

extension EDTFParser {
  /// Reads a year, month, day or season with its unspecified digits and its qualifier.
  func parseDate(_ slice: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    var core = slice
    let qualifier = core.last.flatMap(Qualifier.init(rawValue:))
    if qualifier != nil { core = core.dropLast() }
    if core.last.flatMap(Qualifier.init(rawValue:)) != nil {
      throw error(
        "a date takes one qualifier: ? doubtful, ~ approximate, % both", at: core.endIndex - 1)
    }
    try refuseLevelTwo(core)
    var date =
      core.first == UInt8(ascii: "Y") ? try parseLongYear(core) : try parseComponents(core)
    date.qualifier = qualifier
    return date
  }

  /// An error about a feature of level 2 that is not read.
  func levelTwo(_ feature: String, at offset: Int) -> EDTFError {
    error("\(feature) belongs to EDTF level 2, which is not read yet", at: offset)
  }

  private func refuseLevelTwo(_ core: ArraySlice<UInt8>) throws(EDTFError) {
    if let mark = core.firstIndex(where: { Qualifier(rawValue: $0) != nil }) {
      throw levelTwo("a qualifier on a part of a date", at: mark)
    }
    if let mark = core.firstIndex(of: UInt8(ascii: "E")) {
      throw levelTwo("a year with an exponent (E)", at: mark)
    }
    if let mark = core.firstIndex(of: UInt8(ascii: "S")) {
      throw levelTwo("a year with significant digits (S)", at: mark)
    }
  }

  // MARK: Years beyond four digits

  private func parseLongYear(_ core: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    let isNegative = core.dropFirst().first == UInt8(ascii: "-")
    let digits = core.dropFirst(isNegative ? 2 : 1)
    guard digits.count > 4, digits.first != UInt8(ascii: "0"),
      number(digits, digits: digits.count) != nil || digits.count > 18
    else {
      throw error(
        "Y is followed by a year of more than four digits and nothing else", at: core.startIndex)
    }
    guard digits.count <= 12, let magnitude = number(digits, digits: digits.count) else {
      throw error("years of more than twelve digits are not reckoned with", at: digits.startIndex)
    }
    let year = isNegative ? -magnitude : magnitude
    return try date(.year, core, from: (year, 1, 1), through: (year, 12, 31), hasExtendedYear: true)
  }

  // MARK: Years, months and days

  private func parseComponents(_ core: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    let isNegative = core.first == UInt8(ascii: "-")
    let parts = (isNegative ? core.dropFirst() : core)
      .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count <= 3 else {
      throw error("a date has a year, a month and a day, and no more", at: parts[3].startIndex)
    }
    try checkYear(parts[0])
    let unspecified = parts[0].reversed().prefix { $0 == UInt8(ascii: "X") }.count
    if unspecified > 0 {
      return try parseVagueYear(core, parts, unspecified, isNegative)
    }
    guard let magnitude = number(parts[0], digits: 4) else {
      throw levelTwo("an unspecified digit (X) before others", at: parts[0].startIndex)
    }
    if isNegative, magnitude == 0 {
      throw error("the year 0000 has no sign", at: core.startIndex)
    }
    let year = isNegative ? -magnitude : magnitude
    if parts.count == 1 {
      return try date(
        .year, core, from: (year, 1, 1), through: (year, 12, 31), hasExtendedYear: isNegative)
    }
    return try parseMonthAndDay(core, parts, year, hasExtendedYear: isNegative)
  }

  private func checkYear(_ part: ArraySlice<UInt8>) throws(EDTFError) {
    let isYear = part.allSatisfy {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "X")
    }
    guard isYear, part.count == 4 else {
      let hint = isYear && part.count > 4 ? "; longer ones begin with Y, as in Y12000" : ""
      throw error("a year has four digits\(hint)", at: part.startIndex)
    }
  }

  /// `193X` or `19XX`, alone.
  private func parseVagueYear(
    _ core: ArraySlice<UInt8>, _ parts: [ArraySlice<UInt8>], _ unspecified: Int, _ isNegative: Bool
  ) throws(EDTFError) -> DatePart {
    guard parts.count == 1, unspecified <= 2,
      let known = number(parts[0].dropLast(unspecified), digits: 4 - unspecified)
    else {
      throw levelTwo(
        "an unspecified digit (X) elsewhere than in the last one or two of a year that stands alone",
        at: parts[0].startIndex)
    }
    let width = unspecified == 1 ? 10 : 100
    let smallest = known * width
    let largest = smallest + width - 1
    // There is no year -0000.
    let years = isNegative ? -largest...(-max(smallest, 1)) : smallest...largest
    return try date(
      unspecified == 1 ? .decade : .century, core, from: (years.lowerBound, 1, 1),
      through: (years.upperBound, 12, 31), hasExtendedYear: isNegative)
  }

  private func parseMonthAndDay(
    _ core: ArraySlice<UInt8>, _ parts: [ArraySlice<UInt8>], _ year: Int, hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    let dayPart = parts.count == 3 ? parts[2] : nil
    switch try parseTwoDigits(parts[1], "month") {
    case nil:
      guard dayPart == nil || dayPart?.elementsEqual("XX".utf8) == true else {
        throw levelTwo("an unspecified month (XX) before a day", at: parts[1].startIndex)
      }
      return try date(
        dayPart == nil ? .someMonthOfYear : .someDayOfYear, core, from: (year, 1, 1),
        through: (year, 12, 31), hasExtendedYear: hasExtendedYear)
    case let month? where 1...12 ~= month:
      return try parseDay(core, dayPart, year, month, hasExtendedYear)
    case let code?:
      if let dayPart, 21...41 ~= code {
        throw error("a season has no days", at: dayPart.startIndex)
      }
      guard let season = Season(rawValue: code) else {
        throw 25...41 ~= code
          ? levelTwo("the season or part of a year \(code)", at: parts[1].startIndex)
          : error("there is no month \(string(parts[1]))", at: parts[1].startIndex)
      }
      let last = season.months.upperBound
      let lastYear = last > 12 ? year + 1 : year
      let lastMonth = last > 12 ? last - 12 : last
      return try date(
        .season(season), core, from: (year, season.months.lowerBound, 1),
        through: (lastYear, lastMonth, CalendarDate.daysInMonth(lastMonth, year: lastYear)),
        hasExtendedYear: hasExtendedYear)
    }
  }

  private func parseDay(
    _ core: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>?, _ year: Int, _ month: Int,
    _ hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    let days = CalendarDate.daysInMonth(month, year: year)
    guard let part else {
      return try date(
        .month, core, from: (year, month, 1), through: (year, month, days),
        hasExtendedYear: hasExtendedYear)
    }
    guard let day = try parseTwoDigits(part, "day") else {
      return try date(
        .someDayOfMonth, core, from: (year, month, 1), through: (year, month, days),
        hasExtendedYear: hasExtendedYear)
    }
    guard 1...days ~= day else {
      throw error(
        "there is no day \(string(part)) in \(EnglishDate.month(month)) "
          + EnglishDate.year(year), at: part.startIndex)
    }
    return try date(
      .day, core, from: (year, month, day), through: (year, month, day),
      hasExtendedYear: hasExtendedYear)
  }

  /// The number that two digits write, or nil for `XX`.
  private func parseTwoDigits(
    _ part: ArraySlice<UInt8>, _ name: String
  ) throws(EDTFError) -> Int? {
    if part.elementsEqual("XX".utf8) { return nil }
    if let value = number(part, digits: 2) { return value }
    if part.count == 2, part.contains(UInt8(ascii: "X")) {
      throw levelTwo("one unspecified digit (X) of a \(name)", at: part.startIndex)
    }
    throw error("a \(name) has two digits", at: part.startIndex)
  }

  private func date(
    _ precision: DatePart.Precision, _ core: ArraySlice<UInt8>, from first: (Int, Int, Int),
    through last: (Int, Int, Int), hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    guard let earliest = CalendarDate(year: first.0, month: first.1, day: first.2),
      let latest = CalendarDate(year: last.0, month: last.1, day: last.2)
    else {
      throw error("the calendar has no such day", at: core.startIndex)
    }
    return DatePart(
      precision: precision, earliest: earliest, latest: latest, hasExtendedYear: hasExtendedYear)
  }
}
