internal import Calendar

/// A date with unspecified digits, `156X-12-25` or `1984-1X`: the days that it can be.
struct DigitPattern: Hashable, Sendable {
  /// Digits, nil where there is an X.
  typealias Digits = [UInt8?]

  let year: Digits
  let isNegative: Bool
  let month: Digits?
  let day: Digits?
  let calendar: CalendarSystem

  /// The numbers that digits can be, in order.
  static func numbers(_ digits: Digits) -> [Int] {
    digits.reduce([0]) { numbers, digit in
      let choices = digit.map { [Int($0)] } ?? Array(0...9)
      return numbers.flatMap { number in choices.map { number * 10 + $0 } }
    }
  }

  /// The years that it can be, in order; there is no year -0000.
  var years: [Int] {
    let numbers = Self.numbers(year)
    return isNegative ? numbers.filter { $0 > 0 }.map { -$0 }.reversed() : numbers
  }

  var months: [Int] { month.map { Self.numbers($0).filter { 1...12 ~= $0 } } ?? Array(1...12) }

  /// The years as stretches without gaps, in order.
  var yearStretches: [ClosedRange<Int>] {
    years.reduce(into: []) { stretches, year in
      if let last = stretches.last, last.upperBound == year - 1 {
        stretches[stretches.count - 1] = last.lowerBound...year
      } else {
        stretches.append(year...year)
      }
    }
  }

  /// The bits of the days of a month that it can be.
  var dayBits: UInt32 {
    day.map { Self.numbers($0).reduce(0) { $0 | .days($1...$1) } } ?? .allDays
  }

  /// The smallest part of which a digit is known.
  var smallestKnown: DatePart.Component {
    func isKnown(_ digits: Digits?) -> Bool { digits?.contains { $0 != nil } ?? false }
    return isKnown(day) ? .day : isKnown(month) ? .month : .year
  }

  /// The first day that it can be; nil when there is none.
  var earliest: WrittenDay? { first(of: years, months) { $0 } }

  /// The last day that it can be.
  var latest: WrittenDay? { first(of: years.reversed(), months.reversed()) { $0.reversed() } }

  private func first(
    of years: [Int], _ months: [Int], _ order: ([Int]) -> [Int]
  ) -> WrittenDay? {
    for year in years {
      for month in months {
        let all = Array(1...calendar.daysInMonth(month, year: year))
        let known = day.map(Self.numbers)
        let days = known.map { known in all.filter(known.contains) } ?? all
        if let day = order(days).first {
          return WrittenDay(year: year, month: month, day: day)
        }
      }
    }
    return nil
  }
}

extension DigitPattern {
  /// In English: `25 December of some year from 1560 to 1569`, `some day from 10 to 19 April 1985`.
  var inWords: String {
    guard month != nil else { return yearWords }
    let isOneMonth = months.count == 1
    let monthWords = Self.words(months, "month", EnglishDate.month)
    let monthAndYear = monthWords + (isOneMonth && years.count == 1 ? " " : " of ") + yearWords
    guard let day else { return monthAndYear }
    let days = Self.numbers(day).filter { 1...longestMonth ~= $0 }
    let dayWords = Self.words(days, "day") { "\($0)" }
    if days.count == 31 { return "\(dayWords) in \(monthAndYear)" }
    if isOneMonth { return "\(dayWords) \(monthAndYear)" }
    return "\(days.count == 1 ? "day \(dayWords)" : dayWords) of \(monthAndYear)"
  }

  /// The days of the longest month that it can be in.
  private var longestMonth: Int {
    let hasLeapYear = years.contains(where: calendar.isLeapYear)
    return months.map { calendar.daysInMonth($0, year: hasLeapYear ? 0 : 1) }.max() ?? 0
  }

  private var yearWords: String {
    if years.count == 1 { return EnglishDate.year(years[0]) }
    if year.allSatisfy({ $0 == nil }) { return "some year" }
    return Self.words(years, "year", EnglishDate.year)
  }

  private static func words(_ numbers: [Int], _ unit: String, _ name: (Int) -> String) -> String {
    guard let first = numbers.first, let last = numbers.last, first != last else {
      return numbers.first.map(name) ?? ""
    }
    if (unit == "month" && numbers.count == 12) || (unit == "day" && numbers.count == 31) {
      return "some \(unit)"
    }
    let isStretch = last - first == numbers.count - 1
    return "some \(unit) \(isStretch ? "from" : "between") \(name(first)) "
      + "\(isStretch ? "to" : "and") \(name(last))"
  }
}
