internal import Calendar

/// English for the parts of a date.
enum EnglishDate {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The name of a month from 1 to 12.
  static func month(_ number: Int) -> String {
    months[number - 1]
  }

  /// A day of today's calendar.
  static func day(_ date: CalendarDate) -> String {
    "\(date.day) \(month(date.month)) \(year(date.year))"
  }

  /// A year, astronomical as in ISO 8601: 0 is 1 BC, -43 is 44 BC.
  static func year(_ year: Int) -> String {
    switch year {
    case ...0: "\(1 - year) BC"
    case 1..<1000: "AD \(year)"
    default: "\(year)"
    }
  }
}
