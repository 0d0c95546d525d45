/// A calendar in which a page names days.
public enum CalendarSystem: String, Hashable, Sendable, CaseIterable {
  /// The calendar of today (New Style), reckoned back before 1582 too.
  case gregorian
  /// The calendar before it (Old Style), in Russia until January 1918.
  case julian

  /// Whether the year has a 29 February.
  public func isLeapYear(_ year: Int) -> Bool {
    switch self {
    case .gregorian: CalendarDate.isLeapYear(year)
    case .julian: year % 4 == 0
    }
  }

  /// How many days a month (1 to 12) has in a year.
  public func daysInMonth(_ month: Int, year: Int) -> Int {
    month == 2 ? (isLeapYear(year) ? 29 : 28) : CalendarDate.daysInMonth(month, year: year)
  }
}

extension CalendarDate {
  /// The day that the Julian calendar names so, or nil if it has none such: 10 April 1870 is 22 April.
  ///
  /// Years are reckoned from January, whenever they began where the page was written.
  public init?(julianYear year: Int, month: Int, day: Int) {
    guard Self.supportedYears.contains(year), 1...12 ~= month, day >= 1,
      day <= CalendarSystem.julian.daysInMonth(month, year: year)
    else { return nil }
    // As `dayNumber`, but with every fourth year a leap year; 1 March 0 is 28 February of the Gregorian year 0.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    self.init(dayNumber: shifted * 365 + shifted.floorDivided(by: 4) + dayOfYear - 719_470)
  }
}
