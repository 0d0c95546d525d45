internal import Calendar

/// A day by the numbers that its page gives it, in whatever calendar that is.
struct WrittenDay: Hashable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  init(_ date: CalendarDate) {
    self.init(year: date.year, month: date.month, day: date.day)
  }

  /// The day itself; nil if the calendar has none such.
  func date(in calendar: CalendarSystem) -> CalendarDate? {
    switch calendar {
    case .gregorian: CalendarDate(year: year, month: month, day: day)
    case .julian: CalendarDate(julianYear: year, month: month, day: day)
    }
  }
}

extension WrittenDay: Comparable {
  static func < (left: WrittenDay, right: WrittenDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}
