/// A day and a time of day, with the offset from UTC if one was written.
public struct DateTime: Hashable, Sendable {
  /// Microseconds in a day.
  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The day on the wall calendar.
  public let date: CalendarDate
  /// Microseconds since midnight on the wall clock.
  public let microsecondOfDay: Int64
  /// Seconds that the wall clock is ahead of UTC; nil if none was written.
  public let offsetSeconds: Int?

  /// Reads ISO 8601's extended format: `2026-03-11T09:30`, `2026-03-11T09:30:15.123456+01:00`,
  /// `2026-03-11 09:30Z`.
  ///
  /// Seconds, their decimals (at most six) and the offset (`Z`, `±hh`, `±hh:mm` or `±hhmm`) may be
  /// left out; a space may stand for the `T`.
  ///
  /// - Parameter text: the date and time.
  /// - Throws: `CalendarError` if the text has another form or names no time.
  public init(parsing text: String) throws(CalendarError) {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "T" || $0 == "t" || $0 == " "
    }
    guard parts.count == 2 else {
      throw CalendarError(
        "“\(text)” is not a date and time such as 2026-03-11T09:30:00Z: it has no time")
    }
    guard let date = CalendarDate(String(parts[0])) else {
      throw CalendarError("“\(parts[0])” is not a day of the calendar as YYYY-MM-DD")
    }
    self.date = date
    var scanner = DigitScanner(parts[1])
    microsecondOfDay = try Self.readTime(&scanner, text)
    offsetSeconds = try Self.readOffset(&scanner, text)
    guard scanner.isAtEnd else { throw Self.malformed(text) }
  }

  private static func malformed(_ text: String) -> CalendarError {
    CalendarError("“\(text)” is not a date and time such as 2026-03-11T09:30:00Z")
  }

  private static func readTime(
    _ scanner: inout DigitScanner, _ text: String
  ) throws(CalendarError) -> Int64 {
    guard let hour = scanner.number(digits: 2), scanner.take(UInt8(ascii: ":")),
      let minute = scanner.number(digits: 2)
    else { throw malformed(text) }
    var second = 0
    var microsecond = 0
    if scanner.take(UInt8(ascii: ":")) {
      guard let digits = scanner.number(digits: 2) else { throw malformed(text) }
      second = digits
      if scanner.take(UInt8(ascii: ".")) {
        microsecond = try readFraction(&scanner, text)
      }
    }
    guard hour < 24, minute < 60, second < 60 else {
      throw CalendarError("“\(text)” names no time of day: hours go to 23, the rest to 59")
    }
    return Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
  }

  private static func readFraction(
    _ scanner: inout DigitScanner, _ text: String
  ) throws(CalendarError) -> Int {
    let digits = scanner.digitsAhead
    guard digits > 0 else { throw malformed(text) }
    guard digits <= 6, let value = scanner.number(digits: digits) else {
      throw CalendarError("“\(text)” has more than six decimals: times are kept to the microsecond")
    }
    return (digits..<6).reduce(value) { value, _ in value * 10 }
  }

  private static func readOffset(
    _ scanner: inout DigitScanner, _ text: String
  ) throws(CalendarError) -> Int? {
    if scanner.take(where: { $0 | 0x20 == UInt8(ascii: "z") }) != nil { return 0 }
    let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    guard let sign = scanner.take(where: signs.contains) else { return nil }
    guard let hours = scanner.number(digits: 2) else { throw malformed(text) }
    var minutes = 0
    if scanner.take(UInt8(ascii: ":")) || !scanner.isAtEnd {
      guard let digits = scanner.number(digits: 2) else { throw malformed(text) }
      minutes = digits
    }
    guard hours < 24, minutes < 60 else {
      throw CalendarError("“\(text)” names no offset from UTC: hours go to 23, minutes to 59")
    }
    return (hours * 60 + minutes) * (sign == signs[0] ? 60 : -60)
  }
}
