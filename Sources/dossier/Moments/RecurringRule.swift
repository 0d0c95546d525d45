import Calendar

/// The rule by which a zone's clocks are changed every year from now on, in the notation of POSIX's
/// `TZ` (`CET-1CEST,M3.5.0,M10.5.0/3`), as the tz database's files end with it (RFC 8536, 3.3).
struct RecurringRule: Hashable {
  /// A day of the year and a time of it.
  struct Change: Hashable {
    let month: Int
    let week: Int
    let weekday: Int
    let secondOfDay: Int

    /// Seconds since 1970 on the wall clock.
    func time(in year: Int) -> Int64? {
      guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
      let ahead = (weekday - first.weekday.rawValue % 7 + 7) % 7
      var day = 1 + ahead + (week - 1) * 7
      while day > CalendarDate.daysInMonth(month, year: year) { day -= 7 }
      return Int64(first.dayNumber + day - 1) * 86_400 + Int64(secondOfDay)
    }
  }

  let standardOffset: Int
  let summer: Summer?

  struct Summer: Hashable {
    let offset: Int
    let start: Change
    let end: Change
  }

  /// Seconds ahead of UTC at a time in seconds since 1970.
  func offset(at time: Int64) -> Int {
    guard let summer else { return standardOffset }
    let day = Instant(microseconds: time * 1_000_000).date(offsetSeconds: standardOffset)
    guard let start = summer.start.time(in: day.year), let end = summer.end.time(in: day.year)
    else { return standardOffset }
    let begins = start - Int64(standardOffset)
    let ends = end - Int64(summer.offset)
    let isSummer = begins < ends ? begins <= time && time < ends : begins <= time || time < ends
    return isSummer ? summer.offset : standardOffset
  }

  /// Reads the notation; nil when it has another form than the tz database uses.
  init?(_ text: String) {
    var scanner = Scanner(text)
    guard scanner.name(), let west = scanner.duration(),
      TimeZoneRules.offsets.contains(-west)
    else { return nil }
    standardOffset = -west
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    let summerOffset: Int
    if scanner.next == "," {
      summerOffset = standardOffset + 3600
    } else if let west = scanner.duration(), TimeZoneRules.offsets.contains(-west) {
      summerOffset = -west
    } else {
      return nil
    }
    guard let start = scanner.change(), let end = scanner.change(), scanner.isAtEnd else {
      return nil
    }
    summer = Summer(offset: summerOffset, start: start, end: end)
  }

  private struct Scanner {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var next: Character? { rest.first }

    mutating func take(_ character: Character) -> Bool {
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }

    /// An abbreviation: letters, or anything between angle brackets.
    mutating func name() -> Bool {
      if take("<") {
        guard let end = rest.firstIndex(of: ">") else { return false }
        rest = rest[rest.index(after: end)...]
        return true
      }
      let letters = rest.prefix(while: \.isLetter)
      rest = rest[letters.endIndex...]
      return letters.count >= 3
    }

    /// A number of three digits at most: no rule needs more.
    mutating func number() -> Int? {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest[digits.endIndex...]
      return digits.count <= 3 ? Int(digits) : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func duration() -> Int? {
      let sign = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(":") {
        guard let part = number() else { return nil }
        seconds += part * unit
      }
      return sign * seconds
    }

    /// `,Mm.w.d[/time]`.
    mutating func change() -> Change? {
      guard take(","), take("M"), let month = number(), take("."), let week = number(), take("."),
        let weekday = number(), (1...12).contains(month), (1...5).contains(week),
        (0...6).contains(weekday)
      else { return nil }
      var second = 7200
      if take("/") {
        guard let time = duration() else { return nil }
        second = time
      }
      return Change(month: month, week: week, weekday: weekday, secondOfDay: second)
    }
  }
}
