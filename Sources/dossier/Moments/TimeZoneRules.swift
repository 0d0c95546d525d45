import Calendar

/// A time zone: UTC, a fixed offset, or one of the tz database's.
struct TimeZoneRules: Hashable {
  /// How far a zone is from UTC, and since when.
  struct Period: Hashable {
    let start: Int64
    let offset: Int
  }

  /// Periods by their start in seconds since 1970, the first of which counts for all time before.
  private let periods: [Period]
  /// What counts after the last period, as a rule for every year; none when the last period lasts.
  private let rule: RecurringRule?

  /// Coordinated universal time.
  static let utc = TimeZoneRules(fixedOffset: 0)

  init(fixedOffset seconds: Int) {
    periods = [Period(start: .min, offset: seconds)]
    rule = nil
  }

  init(periods: [Period], rule: RecurringRule?) {
    self.periods = periods
    self.rule = rule
  }

  /// What clocks may be ahead of UTC, in seconds (RFC 8536, 3.2).
  static let offsets = -25 * 3600 + 1...26 * 3600 - 1

  /// Seconds that clocks of the zone are ahead of UTC at a moment.
  func offset(at instant: Instant) -> Int {
    let time = instant.microseconds / 1_000_000
    if let rule, time >= periods.last?.start ?? .min { return rule.offset(at: time) }
    return periods.last { $0.start <= time }?.offset ?? periods.first?.offset ?? 0
  }

  /// The moment that a wall clock of the zone shows.
  func instant(_ dateTime: DateTime) -> Instant {
    if dateTime.offsetSeconds != nil { return Instant(dateTime) }
    return settled { Instant(dateTime, defaultOffsetSeconds: $0) }
  }

  /// The last microsecond of a day.
  func endOfDay(_ date: CalendarDate) -> Instant {
    settled { Instant(endOf: date, offsetSeconds: $0) }
  }

  /// The day on the zone's calendar.
  func date(of instant: Instant) -> CalendarDate {
    instant.date(offsetSeconds: offset(at: instant))
  }

  /// Finds the moment whose own offset leads to it. Of two, when clocks are put back, the later,
  /// so that a day is never cut short; in the hour that is skipped, the moment of the change.
  private func settled(_ instant: (Int) -> Instant) -> Instant {
    let utc = instant(0)
    let candidates = [utc - .seconds(86_400), utc, utc + .seconds(86_400)]
      .map { instant(offset(at: $0)) }
    let matching = candidates.filter { instant(offset(at: $0)) == $0 }
    return matching.max() ?? candidates.max() ?? utc
  }
}
