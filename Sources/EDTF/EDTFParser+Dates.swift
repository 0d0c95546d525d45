internal import Calendar

/// A year, month or day as it is written, without the marks beside it.
private struct WrittenPart {
  let left: Qualifier?
  let body: ArraySlice<UInt8>
  let right: Qualifier?

  /// The digits, nil for each X; nil when there is anything else.
  var digits: DigitPattern.Digits? {
    var digits: DigitPattern.Digits = []
    for byte in body {
      switch byte {
      case UInt8(ascii: "X"): digits.append(nil)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      default: return nil
      }
    }
    return digits
  }

  var isAllUnspecified: Bool { body.elementsEqual("XX".utf8) }
}

extension EDTFParser {
  /// The date, if it is one of level 0: nearly all dates are, and a log holds millions.
  func plainDate() -> DatePart? {
    guard bytes.count == 4 || bytes.count == 7 || bytes.count == 10,
      let year = number(bytes[..<4], digits: 4)
    else { return nil }
    guard bytes.count > 4 else {
      return datePart(.year, from: (year, 1, 1), through: (year, 12, 31))
    }
    guard bytes[4] == UInt8(ascii: "-"), let month = number(bytes[5..<7], digits: 2),
      1...12 ~= month
    else { return nil }
    let days = calendar.daysInMonth(month, year: year)
    guard bytes.count > 7 else {
      return datePart(.month, from: (year, month, 1), through: (year, month, days))
    }
    guard bytes[7] == UInt8(ascii: "-"), let day = number(bytes[8...], digits: 2) else {
      return nil
    }
    return datePart(.day, from: (year, month, day), through: (year, month, day))
  }

  private func datePart(
    _ precision: DatePart.Precision, from first: (Int, Int, Int), through last: (Int, Int, Int),
    _ hasExtendedYear: Bool = false
  ) -> DatePart? {
    let earliest = WrittenDay(year: first.0, month: first.1, day: first.2)
    let latest = WrittenDay(year: last.0, month: last.1, day: last.2)
    guard earliest.date(in: calendar) != nil, latest.date(in: calendar) != nil else { return nil }
    return DatePart(
      precision: precision, earliest: earliest, latest: latest, hasExtendedYear: hasExtendedYear)
  }

  /// Reads a year, month, day or part of a year, with its unspecified digits and its qualifiers.
  func parseDate(_ slice: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    let (parts, isNegative) = try split(slice)
    guard parts.count <= 3 else {
      throw error(
        "a date has a year, a month and a day, and no more", at: parts[3].body.startIndex)
    }
    let isLong = parts[0].body.first == UInt8(ascii: "Y")
    guard !isLong || !isNegative else {
      throw error("the sign of a long year stands after Y, as in Y-10000", at: slice.startIndex)
    }
    var date =
      isLong ? try parseLongYear(parts[0].body) : try parseComponents(parts, isNegative, slice)
    try qualify(&date, by: parts)
    return date
  }

  // MARK: Parts and their marks

  private func split(
    _ slice: ArraySlice<UInt8>
  ) throws(EDTFError) -> (parts: [WrittenPart], isNegative: Bool) {
    let hyphen = UInt8(ascii: "-")
    // A mark, a sign, a year: nothing but the year begins so.
    let mark = slice.first.flatMap(Qualifier.init(rawValue:))
    let unmarked = mark == nil ? slice : slice.dropFirst()
    let isNegative = unmarked.first == hyphen
    let rest = isNegative ? unmarked.dropFirst() : unmarked
    // Only the sign of a long year is written within it.
    let slices =
      rest.first == UInt8(ascii: "Y")
      ? [rest] : rest.split(separator: hyphen, omittingEmptySubsequences: false)
    var parts: [WrittenPart] = []
    for (index, slice) in slices.enumerated() {
      parts.append(try part(slice, index == 0 ? mark : nil))
    }
    return (parts, isNegative)
  }

  private func part(
    _ slice: ArraySlice<UInt8>, _ mark: Qualifier?
  ) throws(EDTFError) -> WrittenPart {
    var body = slice
    let left = mark ?? body.first.flatMap(Qualifier.init(rawValue:))
    if left != nil, mark == nil { body = body.dropFirst() }
    let right = body.last.flatMap(Qualifier.init(rawValue:))
    if right != nil { body = body.dropLast() }
    let stray = body.firstIndex { Qualifier(rawValue: $0) != nil }
    let isDoubled = left != nil && right != nil
    if stray != nil || isDoubled {
      throw error(
        "a part takes one qualifier, before or after it: ? doubtful, ~ approximate, % both",
        at: stray ?? slice.startIndex)
    }
    return WrittenPart(left: left, body: body, right: right)
  }

  /// A mark after a part is about it and all before it; a mark before a part is about it alone.
  private func qualify(_ date: inout DatePart, by parts: [WrittenPart]) throws(EDTFError) {
    let marked = parts.indices.filter { parts[$0].left != nil || parts[$0].right != nil }
    guard let first = marked.first else { return }
    if first == parts.count - 1, let whole = parts[first].right {
      date.qualifier = whole
      return
    }
    for (index, part) in parts.enumerated() {
      guard let component = DatePart.Component(rawValue: index) else { continue }
      var qualifier = part.left
      for later in parts[index...] {
        if let right = later.right { qualifier = right.joined(with: qualifier) }
      }
      date.partQualifiers[component] = qualifier
    }
  }

  // MARK: Years beyond four digits

  private func parseLongYear(_ core: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    guard calendar == .gregorian else {
      throw error("the Julian calendar is for years of four digits", at: core.startIndex)
    }
    let isNegative = core.dropFirst().first == UInt8(ascii: "-")
    let (number, significant) = try significance(of: core.dropFirst(isNegative ? 2 : 1))
    let parts = number.split(separator: UInt8(ascii: "E"), omittingEmptySubsequences: false)
    let mantissa = parts[0]
    guard parts.count <= 2, let first = mantissa.first, first != UInt8(ascii: "0"),
      mantissa.allSatisfy(isDigit), parts.count == 2 || mantissa.count > 4
    else {
      throw error(
        "Y is followed by a year of more than four digits, or by one with an exponent, and nothing "
          + "else", at: core.startIndex)
    }
    var zeros = 0
    if parts.count == 2 {
      guard let exponent = positive(parts[1]) else {
        throw error("after E an exponent from 1 follows", at: parts[1].startIndex)
      }
      zeros = exponent
    }
    guard mantissa.count + zeros <= 12, let known = Int(string(mantissa)) else {
      throw error(
        "years of more than twelve digits are not reckoned with", at: mantissa.startIndex)
    }
    let magnitude = (0..<zeros).reduce(known) { number, _ in number * 10 }
    var date = try year(
      magnitude, digits: mantissa.count + zeros, significant, isNegative: isNegative, core)
    date.hasExponent = parts.count == 2
    return date
  }

  /// Parts `1950S2` at the S; nil where no digits are said to be significant.
  private func significance(
    of slice: ArraySlice<UInt8>
  ) throws(EDTFError) -> (number: ArraySlice<UInt8>, significant: Int?) {
    guard let mark = slice.firstIndex(of: UInt8(ascii: "S")) else { return (slice, nil) }
    guard let significant = positive(slice[(mark + 1)...]) else {
      throw error("after S the number of significant digits follows, from 1", at: mark)
    }
    return (slice[..<mark], significant)
  }

  private func year(
    _ magnitude: Int, digits: Int, _ significant: Int?, isNegative: Bool,
    _ core: ArraySlice<UInt8>
  ) throws(EDTFError) -> DatePart {
    let hasExtendedYear = isNegative || digits > 4
    guard let significant else {
      let year = isNegative ? -magnitude : magnitude
      return try date(
        .year, core, from: (year, 1, 1), through: (year, 12, 31), hasExtendedYear: hasExtendedYear)
    }
    guard significant <= digits else {
      throw error("the year has only \(digits) digits", at: core.endIndex - 1)
    }
    let width = (significant..<digits).reduce(1) { width, _ in width * 10 }
    let low = magnitude / width * width
    let years = isNegative ? -(low + width - 1)...(-low) : low...(low + width - 1)
    return try date(
      .estimate(isNegative ? -magnitude : magnitude), core, from: (years.lowerBound, 1, 1),
      through: (years.upperBound, 12, 31), hasExtendedYear: hasExtendedYear)
  }

  // MARK: Years, months and days

  private func parseComponents(
    _ parts: [WrittenPart], _ isNegative: Bool, _ core: ArraySlice<UInt8>
  ) throws(EDTFError) -> DatePart {
    let (number, significant) = try significance(of: parts[0].body)
    if significant != nil, parts.count > 1 {
      throw error(
        "a year with significant digits stands alone", at: parts[1].body.startIndex)
    }
    let digits = WrittenPart(left: nil, body: number, right: nil).digits
    guard let digits, digits.count == 4 else {
      let hint =
        digits != nil && number.count > 4 ? "; longer ones begin with Y, as in Y12000" : ""
      throw error("a year has four digits\(hint)", at: number.startIndex)
    }
    if isNegative, digits.allSatisfy({ $0 == 0 }) {
      throw error("the year 0000 has no sign", at: core.startIndex)
    }
    for (part, name) in zip(parts.dropFirst(), ["month", "day"])
    where part.digits?.count != 2 {
      throw error("a \(name) has two digits", at: part.body.startIndex)
    }
    guard let magnitude = self.number(number, digits: 4) else {
      if significant != nil {
        throw error("a year with significant digits has no X", at: number.startIndex)
      }
      return try parseVague(parts, digits, isNegative, core)
    }
    if parts.count == 1 {
      return try year(magnitude, digits: 4, significant, isNegative: isNegative, core)
    }
    let isPlain = parts.dropFirst().allSatisfy {
      $0.isAllUnspecified || $0.body.allSatisfy(isDigit)
    }
    let isDayOfNoMonth =
      parts.count == 3 && parts[1].isAllUnspecified && !parts[2].isAllUnspecified
    guard isPlain, !isDayOfNoMonth else { return try pattern(parts, digits, isNegative, core) }
    return try parseMonthAndDay(
      core, parts, isNegative ? -magnitude : magnitude, hasExtendedYear: isNegative)
  }

  /// `193X` and `19XX` alone, or any other date with unspecified digits in its year.
  private func parseVague(
    _ parts: [WrittenPart], _ digits: DigitPattern.Digits, _ isNegative: Bool,
    _ core: ArraySlice<UInt8>
  ) throws(EDTFError) -> DatePart {
    let unspecified = digits.reversed().prefix { $0 == nil }.count
    let known = digits.dropLast(unspecified)
    guard parts.count == 1, 1...2 ~= unspecified, known.allSatisfy({ $0 != nil }) else {
      return try pattern(parts, digits, isNegative, core)
    }
    let years = DigitPattern(
      year: digits, isNegative: isNegative, month: nil, day: nil, calendar: calendar
    ).years
    guard let first = years.first, let last = years.last else {
      throw error("there is no such year", at: core.startIndex)
    }
    return try date(
      unspecified == 1 ? .decade : .century, core, from: (first, 1, 1), through: (last, 12, 31),
      hasExtendedYear: isNegative)
  }

  private func pattern(
    _ parts: [WrittenPart], _ year: DigitPattern.Digits, _ isNegative: Bool,
    _ core: ArraySlice<UInt8>
  ) throws(EDTFError) -> DatePart {
    let pattern = DigitPattern(
      year: year, isNegative: isNegative, month: parts.count > 1 ? parts[1].digits : nil,
      day: parts.count > 2 ? parts[2].digits : nil, calendar: calendar)
    guard let earliest = pattern.earliest, let latest = pattern.latest else {
      throw error("the calendar has no such day", at: core.startIndex)
    }
    return DatePart(
      precision: .pattern(pattern), earliest: earliest, latest: latest,
      hasExtendedYear: isNegative)
  }

  private func parseMonthAndDay(
    _ core: ArraySlice<UInt8>, _ parts: [WrittenPart], _ year: Int, hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    let dayPart = parts.count == 3 ? parts[2] : nil
    guard let code = number(parts[1].body, digits: 2) else {
      return try date(
        dayPart == nil ? .someMonthOfYear : .someDayOfYear, core, from: (year, 1, 1),
        through: (year, 12, 31), hasExtendedYear: hasExtendedYear)
    }
    if 1...12 ~= code { return try parseDay(core, dayPart, year, code, hasExtendedYear) }
    guard let season = Season(rawValue: code) else {
      throw error("there is no month \(string(parts[1].body))", at: parts[1].body.startIndex)
    }
    if let dayPart {
      throw error("a season has no days", at: dayPart.body.startIndex)
    }
    let last = season.months.upperBound
    let lastYear = last > 12 ? year + 1 : year
    let lastMonth = last > 12 ? last - 12 : last
    return try date(
      .season(season), core, from: (year, season.months.lowerBound, 1),
      through: (lastYear, lastMonth, calendar.daysInMonth(lastMonth, year: lastYear)),
      hasExtendedYear: hasExtendedYear)
  }

  private func parseDay(
    _ core: ArraySlice<UInt8>, _ part: WrittenPart?, _ year: Int, _ month: Int,
    _ hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    let days = calendar.daysInMonth(month, year: year)
    guard let part, let day = number(part.body, digits: 2) else {
      return try date(
        part == nil ? .month : .someDayOfMonth, core, from: (year, month, 1),
        through: (year, month, days), hasExtendedYear: hasExtendedYear)
    }
    guard 1...days ~= day else {
      throw error(
        "there is no day \(string(part.body)) in \(EnglishDate.month(month)) "
          + EnglishDate.year(year), at: part.body.startIndex)
    }
    return try date(
      .day, core, from: (year, month, day), through: (year, month, day),
      hasExtendedYear: hasExtendedYear)
  }

  // MARK: Pieces

  private func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// A number from 1, written without leading zeros, and small.
  private func positive(_ slice: ArraySlice<UInt8>) -> Int? {
    guard let first = slice.first, first != UInt8(ascii: "0"), slice.count <= 3 else { return nil }
    return number(slice, digits: slice.count)
  }

  private func date(
    _ precision: DatePart.Precision, _ core: ArraySlice<UInt8>, from first: (Int, Int, Int),
    through last: (Int, Int, Int), hasExtendedYear: Bool
  ) throws(EDTFError) -> DatePart {
    guard let date = datePart(precision, from: first, through: last, hasExtendedYear) else {
      throw error("the calendar has no such day", at: core.startIndex)
    }
    return date
  }
}
