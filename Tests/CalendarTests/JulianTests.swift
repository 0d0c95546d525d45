import Calendar
import Testing

@Suite struct JulianTests {
  @Test(
    "A day of the Julian calendar is ten days behind, and one more from each March of a century that is no leap year",
    arguments: [
      ((1582, 10, 4), "1582-10-14"), ((1582, 10, 5), "1582-10-15"),
      ((1700, 2, 29), "1700-03-11"), ((1700, 2, 18), "1700-02-28"), ((1700, 3, 1), "1700-03-12"),
      ((1752, 9, 2), "1752-09-13"), ((1800, 2, 29), "1800-03-12"), ((1800, 3, 1), "1800-03-13"),
      ((1870, 4, 10), "1870-04-22"), ((1900, 2, 29), "1900-03-13"), ((1900, 3, 1), "1900-03-14"),
      ((1917, 10, 25), "1917-11-07"), ((2100, 2, 29), "2100-03-14"), ((1, 1, 3), "0001-01-01"),
      ((0, 2, 29), "0000-02-27"), ((-43, 3, 15), "-0043-03-13"), ((-4712, 1, 1), "-4713-11-24"),
    ])
  func days(_ written: (Int, Int, Int), _ day: String) {
    let date = CalendarDate(julianYear: written.0, month: written.1, day: written.2)
    #expect(date?.description == day)
  }

  @Test("Every fourth year is a leap year, and no day is there that is not")
  func leapYears() {
    #expect(CalendarSystem.julian.isLeapYear(1900) && !CalendarSystem.gregorian.isLeapYear(1900))
    #expect(CalendarSystem.julian.daysInMonth(2, year: 1900) == 29)
    #expect(CalendarSystem.gregorian.daysInMonth(2, year: 1900) == 28)
    for (year, month, day) in [
      (1901, 2, 29), (1900, 2, 30), (1900, 13, 1), (1900, 0, 1), (1900, 4, 31),
    ] {
      #expect(CalendarDate(julianYear: year, month: month, day: day) == nil)
    }
  }
}
