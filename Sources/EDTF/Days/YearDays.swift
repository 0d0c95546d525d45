internal import Calendar

/// Days of a year, whichever year it is: a bit for each day of each month.
struct YearDays: Hashable, Sendable {
  /// Four months each, 31 bits a month.
  private var first: UInt128 = 0
  private var middle: UInt128 = 0
  private var last: UInt128 = 0

  static let none = YearDays([])
  static let all = YearDays((1...12).map { ($0, .allDays) })
  private static let leapDay = YearDays([(2, 1 << 29)])

  /// The days with these bits in these months, as far as the months have them.
  init(_ days: [(month: Int, bits: UInt32)]) {
    for (month, bits) in days { self[month] |= bits & .days(1...Self.longest[month - 1]) }
  }

  private init(_ first: UInt128, _ middle: UInt128, _ last: UInt128) {
    self.first = first
    self.middle = middle
    self.last = last
  }

  private static let longest = (1...12).map { CalendarDate.daysInMonth($0, year: 0) }

  /// The bits of a month's days, from bit 1.
  private subscript(month: Int) -> UInt32 {
    get {
      let third = month <= 4 ? first : month <= 8 ? middle : last
      return UInt32(truncatingIfNeeded: third >> Self.shift(month)) << 1
    }
    set {
      let shift = Self.shift(month)
      let (clear, bits) = (~(UInt128(0x7FFF_FFFF) << shift), UInt128(newValue >> 1) << shift)
      switch month {
      case ...4: first = first & clear | bits
      case ...8: middle = middle & clear | bits
      default: last = last & clear | bits
      }
    }
  }

  private static func shift(_ month: Int) -> Int { (month - 1) % 4 * 31 }

  /// The days from one to another of the same year.
  init(from start: (month: Int, day: Int), through end: (month: Int, day: Int)) {
    self = .none
    guard start <= end else { return }
    self = YearDays((start.month...end.month).map { ($0, .allDays) })
    self[start.month] &= .days(start.day...31)
    self[end.month] &= .days(1...end.day)
  }

  // MARK: As sets

  var isEmpty: Bool { first | middle | last == 0 }

  func union(_ other: YearDays) -> YearDays {
    YearDays(first | other.first, middle | other.middle, last | other.last)
  }

  func intersection(_ other: YearDays) -> YearDays {
    YearDays(first & other.first, middle & other.middle, last & other.last)
  }

  func subtracting(_ other: YearDays) -> YearDays {
    YearDays(first & ~other.first, middle & ~other.middle, last & ~other.last)
  }

  // MARK: In the years of a calendar

  /// The days that there are in a year.
  func inYear(_ year: Int, _ calendar: CalendarSystem) -> YearDays {
    calendar.isLeapYear(year) ? self : subtracting(.leapDay)
  }

  /// The first of some years that has any of these days.
  func firstYear(of years: ClosedRange<Int>) -> Int? { year(years.lowerBound, years, step: 1) }

  /// The last of some years that has any of these days.
  func lastYear(of years: ClosedRange<Int>) -> Int? { year(years.upperBound, years, step: -1) }

  /// Only a 29 February has to be looked for; the next is eight years away at most.
  private func year(_ first: Int, _ years: ClosedRange<Int>, step: Int) -> Int? {
    if isEmpty { return nil }
    if !subtracting(.leapDay).isEmpty { return first }
    return (0...7).lazy.map { first + $0 * step }
      .first { years.contains($0) && CalendarDate.isLeapYear($0) }
  }

  /// The first of the days, as month and day.
  var earliest: (month: Int, day: Int)? {
    (1...12).first { self[$0] != 0 }.map { ($0, self[$0].trailingZeroBitCount) }
  }

  /// The last of the days, as month and day.
  var latest: (month: Int, day: Int)? {
    (1...12).last { self[$0] != 0 }.map { ($0, 31 - self[$0].leadingZeroBitCount) }
  }

  /// The days as stretches without gaps within each month.
  var stretches: [(month: Int, days: ClosedRange<Int>)] {
    (1...12).flatMap { month in self[month].stretches.map { (month: month, days: $0) } }
  }
}

extension UInt32 {
  /// The bits of the days that a month can have.
  static let allDays = UInt32.days(1...31)

  /// The bits of some days of a month, those beyond 31 left out.
  static func days(_ days: ClosedRange<Int>) -> UInt32 {
    let days = days.clamped(to: 0...32)
    return
      (UInt32(truncatingIfNeeded: (UInt64(2) << UInt64(days.upperBound)) - 1)
      & ~UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(days.lowerBound)) - 1)) & ~1
  }

  fileprivate var stretches: [ClosedRange<Int>] {
    var stretches: [ClosedRange<Int>] = []
    for day in 1...31 where self & (1 << UInt32(day)) != 0 {
      if let last = stretches.last, last.upperBound == day - 1 {
        stretches[stretches.count - 1] = last.lowerBound...day
      } else {
        stretches.append(day...day)
      }
    }
    return stretches
  }
}
