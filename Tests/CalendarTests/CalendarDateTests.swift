import Calendar
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 3, 1, 11_017), (2000, 2, 29, 11_016),
    (1937, 7, 16, -11_857), (1, 1, 1, -719_162), (0, 3, 1, -719_468), (-4713, 11, 24, -2_440_588),
    (9999, 12, 31, 2_932_896),
  ])
  func `days are counted from 1970`(year: Int, month: Int, day: Int, number: Int) throws {
    let date = try #require(CalendarDate(year: year, month: month, day: day))
    #expect(date.dayNumber == number)
    #expect(CalendarDate(dayNumber: number) == date)
  }

  @Test func `every day of nine centuries follows the one before it`() throws {
    var previous = try #require(CalendarDate(year: -400, month: 12, day: 31))
    for number in (previous.dayNumber + 1)...(previous.dayNumber + 330_000) {
      let date = CalendarDate(dayNumber: number)
      let isNext =
        date.dayNumber == number && previous < date
        && CalendarDate(year: date.year, month: date.month, day: date.day) == date
        && (date.day == previous.day + 1
          || (date.day == 1
            && previous.day == CalendarDate.daysInMonth(previous.month, year: previous.year)
            && (date.month == previous.month + 1
              || (date.month == 1 && previous.month == 12 && date.year == previous.year + 1))))
      try #require(isNext, "\(previous) \(date)")
      previous = date
    }
  }

  @Test(arguments: [
    (1985, 2, 29), (1900, 2, 29), (1985, 2, 30), (1985, 4, 31), (1985, 13, 1), (1985, 0, 1),
    (1985, 1, 0), (1985, 1, 32), (1985, -1, 1), (1_000_000_000_000, 1, 1),
    (-1_000_000_000_000, 1, 1), (Int.min, 1, 1),
  ])
  func `a day that the calendar lacks does not exist`(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test func `leap years follow the Gregorian rule`() {
    let leapYears = [2000, 1904, 1600, 0, -4, -400]
    let commonYears = [1900, 1985, -1, -100, 2100]
    #expect(leapYears.allSatisfy(CalendarDate.isLeapYear))
    #expect(!commonYears.contains(where: CalendarDate.isLeapYear))
  }

  @Test(arguments: [
    ("1970-01-01", Weekday.thursday), ("1937-07-16", .friday), ("2026-03-11", .wednesday),
    ("0000-02-29", .tuesday), ("-0001-12-31", .friday),
  ])
  func `a day has its day of the week`(text: String, weekday: Weekday) {
    #expect(CalendarDate(text)?.weekday == weekday)
  }

  @Test(arguments: [
    "1937-07-16", "0000-01-01", "0079-08-24", "-0044-03-15", "9999-12-31", "+10000-01-01",
    "-10000-01-01", "+170000002-12-31",
  ])
  func `a day is read as it is written`(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(arguments: [
    "", "1937", "1937-07", "1937-7-16", "1937-07-6", "37-07-16", "1937-07-16 ", " 1937-07-16",
    "1937/07/16", "19370716", "1937-07-16T", "+1937-07-16", "-0000-01-01", "10000-01-01",
    "+010000-01-01", "-00044-03-15", "1985-02-29", "١٩٣٧-07-16", "+9999999999999-01-01",
    "1937-07-16\u{0}", "-", "--1937-07-16",
  ])
  func `any other text is no day`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `days and months are added across their edges`() throws {
    let day = try #require(CalendarDate("1928-01-31"))
    #expect(day.adding(days: 29).description == "1928-02-29")
    #expect(day.adding(days: -31).description == "1927-12-31")
    #expect(day.adding(months: 1).description == "1928-02-29")
    #expect(day.adding(months: 13).description == "1929-02-28")
    #expect(day.adding(months: -1).description == "1927-12-31")
    #expect(day.adding(months: -13).description == "1926-12-31")
    #expect(day.days(until: day.adding(days: 366)) == 366)
    #expect(day.days(until: day.adding(days: -1)) == -1)
  }

  @Test func `reckoning stops at the first and the last supported day`() throws {
    let day = try #require(CalendarDate("1928-01-31"))
    #expect(day.adding(days: .max) == .last)
    #expect(day.adding(days: .min) == .first)
    #expect(day.adding(months: .max) == .last)
    #expect(day.adding(months: .min) == .first)
    #expect(CalendarDate.last.adding(days: 1) == .last)
    #expect(CalendarDate(dayNumber: CalendarDate.first.dayNumber) == .first)
    #expect(CalendarDate(dayNumber: CalendarDate.last.dayNumber) == .last)
  }
}
