/// A moment, to the microsecond, on PostgreSQL's and everyone's scale without leap seconds.
public struct Instant: Hashable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64

  /// A moment that many microseconds after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// A moment by calendar and clock; what no 64 bits can hold gives the first or last moment.
  ///
  /// - Parameters:
  ///   - date: the day on the wall calendar.
  ///   - microsecondOfDay: microseconds since its midnight.
  ///   - offsetSeconds: seconds that the wall clock is ahead of UTC.
  public init(date: CalendarDate, microsecondOfDay: Int64 = 0, offsetSeconds: Int = 0) {
    let (midnight, isFar) = Int64(date.dayNumber)
      .multipliedReportingOverflow(by: DateTime.microsecondsPerDay)
    let withinDay = microsecondOfDay - Int64(offsetSeconds) * 1_000_000
    let (sum, overflows) = midnight.addingReportingOverflow(withinDay)
    microseconds = isFar || overflows ? (date.year < 1970 ? .min : .max) : sum
  }

  /// The last microsecond of a day, by a clock that many seconds ahead of UTC.
  public init(endOf date: CalendarDate, offsetSeconds: Int = 0) {
    self.init(
      date: date, microsecondOfDay: DateTime.microsecondsPerDay - 1, offsetSeconds: offsetSeconds)
  }

  /// The moment that a wall clock shows.
  ///
  /// - Parameters:
  ///   - dateTime: what it shows.
  ///   - offsetSeconds: seconds that it is ahead of UTC, used where the time names no offset.
  public init(_ dateTime: DateTime, defaultOffsetSeconds offsetSeconds: Int = 0) {
    self.init(
      date: dateTime.date, microsecondOfDay: dateTime.microsecondOfDay,
      offsetSeconds: dateTime.offsetSeconds ?? offsetSeconds)
  }

  /// Reads an ISO 8601 date and time with its offset from UTC, as `DateTime` does.
  ///
  /// - Parameter text: such as `2026-03-11T09:30:00.123456Z` or `2026-03-11T10:30+01:00`.
  /// - Throws: `CalendarError` if the text has another form, names no time or no offset.
  public init(parsing text: String) throws(CalendarError) {
    let dateTime = try DateTime(parsing: text)
    guard dateTime.offsetSeconds != nil else {
      throw CalendarError("“\(text)” does not say how far it is from UTC: add Z or such as +01:00")
    }
    self.init(dateTime)
  }

  /// The day on the calendar of a clock that many seconds ahead of UTC.
  public func date(offsetSeconds: Int = 0) -> CalendarDate {
    parts(offsetSeconds: offsetSeconds).date
  }

  private func parts(offsetSeconds: Int) -> (date: CalendarDate, microsecondOfDay: Int64) {
    // Day and rest apart, so that an offset cannot overflow the first or last moment.
    let shifted =
      microseconds.modulo(DateTime.microsecondsPerDay) + Int64(offsetSeconds) * 1_000_000
    let day =
      microseconds.floorDivided(by: DateTime.microsecondsPerDay)
      + shifted.floorDivided(by: DateTime.microsecondsPerDay)
    return (CalendarDate(dayNumber: Int(day)), shifted.modulo(DateTime.microsecondsPerDay))
  }
}

extension Instant: Comparable {
  /// Whether one moment comes before another.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }
}

// MARK: - Reckoning

extension Instant {
  /// The moment that much later, to the microsecond; beyond 64 bits, the last there is.
  public static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(clamping: Int128(instant.microseconds) + microseconds(in: duration))
  }

  /// The moment that much earlier, to the microsecond; beyond 64 bits, the first there is.
  public static func - (instant: Instant, duration: Duration) -> Instant {
    Instant(clamping: Int128(instant.microseconds) - microseconds(in: duration))
  }

  private init(clamping microseconds: Int128) {
    self.init(microseconds: Int64(clamping: microseconds))
  }

  private static func microseconds(in duration: Duration) -> Int128 {
    let (seconds, attoseconds) = duration.components
    return Int128(seconds) * 1_000_000 + Int128(attoseconds / 1_000_000_000_000)
  }

  /// The time from one moment to another, negative if that is earlier.
  public func duration(to other: Instant) -> Duration {
    .microseconds(other.microseconds) - .microseconds(microseconds)
  }
}

// MARK: - Text

extension Instant: LosslessStringConvertible {
  /// The moment in UTC, always with six decimals: `2026-03-11T09:30:00.123456Z`.
  public var description: String {
    text(offsetSeconds: 0)
  }

  /// Reads what `init(parsing:)` reads; nil if it would throw.
  public init?(_ description: String) {
    guard let instant = try? Instant(parsing: description) else { return nil }
    self = instant
  }

  /// The moment by a clock that many seconds ahead of UTC: `2026-03-11T10:30:00.123456+01:00`.
  ///
  /// ISO 8601 writes offsets in whole minutes; seconds beyond them are left out of the offset
  /// and of the time shown.
  public func text(offsetSeconds: Int) -> String {
    let offsetMinutes = offsetSeconds / 60
    let (date, microsecondOfDay) = parts(offsetSeconds: offsetMinutes * 60)
    let seconds = microsecondOfDay / 1_000_000
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { $0.padded(to: 2) }.joined(separator: ":")
    let decimals = (microsecondOfDay % 1_000_000).padded(to: 6)
    return "\(date)T\(time).\(decimals)\(Self.offsetText(minutes: offsetMinutes))"
  }

  private static func offsetText(minutes: Int) -> String {
    guard minutes != 0 else { return "Z" }
    let magnitude = minutes.magnitude
    let sign = minutes < 0 ? "-" : "+"
    return "\(sign)\((magnitude / 60).padded(to: 2)):\((magnitude % 60).padded(to: 2))"
  }
}
