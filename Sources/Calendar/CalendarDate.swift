/// A day of the proleptic Gregorian calendar, with astronomical years (0 is 1 BCE) as in ISO 8601.
public struct CalendarDate: Hashable, Sendable {
  /// The years that can be reckoned with: twelve digits either way.
  public static let supportedYears = -999_999_999_999...999_999_999_999

  /// The year, 0 for 1 BCE.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int

  /// A day, or nil if the calendar has none such.
  public init?(year: Int, month: Int, day: Int) {
    guard Self.supportedYears.contains(year), 1...12 ~= month,
      day >= 1, day <= Self.daysInMonth(month, year: year)
    else { return nil }
    self.init(known: year, month, day)
  }

  /// Takes parts that are known to name a day.
  private init(known year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Whether the year has a 29 February.
  public static func isLeapYear(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days a month (1 to 12) has in a year.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day of the week.
  public var weekday: Weekday {
    // Day 0, 1 January 1970, was a Thursday.
    Weekday.allCases[(dayNumber + 3).modulo(7)]
  }
}

// MARK: - Reckoning

extension CalendarDate {
  /// Days since 1 January 1970.
  ///
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that
  /// the leap day is the last, and are counted in cycles of 400 years or 146,097 days.
  public var dayNumber: Int {
    let shifted = month > 2 ? year : year - 1
    let cycle = shifted.floorDivided(by: 400)
    let yearOfCycle = shifted - cycle * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
    return cycle * 146_097 + dayOfCycle - 719_468
  }

  /// The day that many days after 1 January 1970; days beyond the supported years give the first or
  /// last that is supported.
  public init(dayNumber: Int) {
    let days = min(max(dayNumber, Self.first.dayNumber), Self.last.dayNumber) + 719_468
    let cycle = days.floorDivided(by: 146_097)
    let dayOfCycle = days - cycle * 146_097
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      known: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// The first day of the supported years.
  public static let first = CalendarDate(known: supportedYears.lowerBound, 1, 1)

  /// The last day of the supported years.
  public static let last = CalendarDate(known: supportedYears.upperBound, 12, 31)

  /// The day that many days later, or earlier if negative.
  public func adding(days: Int) -> CalendarDate {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    return CalendarDate(dayNumber: overflow ? (days < 0 ? .min : .max) : sum)
  }

  /// The same day that many months later, or the last of that month if it is shorter.
  public func adding(months: Int) -> CalendarDate {
    let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    let index = overflow ? (months < 0 ? .min : .max) : sum
    let newYear = index.floorDivided(by: 12)
    guard Self.supportedYears.contains(newYear) else { return months < 0 ? Self.first : Self.last }
    let newMonth = index.modulo(12) + 1
    return CalendarDate(
      known: newYear, newMonth, min(day, Self.daysInMonth(newMonth, year: newYear)))
  }

  /// The number of days from this day to another, negative if that is earlier.
  public func days(until other: CalendarDate) -> Int {
    other.dayNumber - dayNumber
  }
}

extension CalendarDate: Comparable {
  /// Whether one day comes before another.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

// MARK: - Text

extension CalendarDate: LosslessStringConvertible {
  /// The day as `YYYY-MM-DD`; years before 0 have a sign, years beyond 9999 a sign and all digits.
  public var description: String {
    let digits = year.magnitude.padded(to: 4)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(digits)-\(month.magnitude.padded(to: 2))-\(day.magnitude.padded(to: 2))"
  }

  /// Reads a day as `description` writes it; nil if the text has another form or names no day.
  public init?(_ description: String) {
    var scanner = DigitScanner(description)
    let sign = scanner.take { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let yearDigits = scanner.digitsAhead
    guard yearDigits == 4 || (sign != nil && 5...12 ~= yearDigits),
      let magnitude = scanner.number(digits: yearDigits),
      scanner.take(UInt8(ascii: "-")), let month = scanner.number(digits: 2),
      scanner.take(UInt8(ascii: "-")), let day = scanner.number(digits: 2), scanner.isAtEnd
    else { return nil }
    let isNegative = sign == UInt8(ascii: "-")
    // One text a day: no +1954, no -0000, no +010000.
    guard sign == nil || (isNegative ? magnitude > 0 : magnitude > 9999) else { return nil }
    guard magnitude.magnitude.padded(to: 4).utf8.count == yearDigits else { return nil }
    self.init(year: isNegative ? -magnitude : magnitude, month: month, day: day)
  }
}
