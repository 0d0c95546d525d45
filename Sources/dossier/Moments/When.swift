import Calendar
import EventLog
import Glibc
import StrictJSON
import Terminal

/// Reads what people write for a moment: a date, a time, a position, or words.
struct When {
  private let zone: TimeZoneRules
  private let now: Instant

  /// The forms there are, for messages.
  private static let forms =
    "Write a date (2026-03-01), a time (2026-03-01T12:00Z), a position (@412), or words such as "
    + "yesterday, tuesday or \"2 weeks ago\""

  /// - Parameters:
  ///   - zone: the zone in which days begin and end, and times without an offset are meant.
  ///   - now: the present.
  init(in zone: TimeZoneRules, now: Instant = .now) {
    self.zone = zone
    self.now = now
  }

  /// The prefix that `text` means. What words resolve to is said on standard error.
  func read(_ text: String, _ terminal: Terminal) throws -> AsOf {
    let (asOf, isRelative) = try read(text)
    if isRelative, case .instant(let instant) = asOf { terminal.note("\(text) is \(instant)") }
    return asOf
  }

  /// The prefix that `text` means, and whether it was found by counting from the present.
  func read(_ text: String) throws -> (asOf: AsOf, isRelative: Bool) {
    if text.hasPrefix("@") {
      guard let position = Int64(text.dropFirst()), position >= 0 else {
        throw Failure(.usage, "\"\(text)\" is not a position. Write @ and a number, such as @412")
      }
      return (.position(position), false)
    }
    if let date = CalendarDate(text) { return (.instant(zone.endOfDay(date)), false) }
    if text.first?.isNumber == true, text.contains("-") || text.contains(":") {
      return (.instant(try time(text)), false)
    }
    return (.instant(try words(text)), true)
  }

  private func time(_ text: String) throws -> Instant {
    if !text.contains(":") {
      throw Failure(.usage, "\"\(text)\" is not a day of the calendar. \(Self.forms)")
    }
    if !text.contains("-") {
      throw Failure(.usage, "\"\(text)\" names no day. \(Self.forms)")
    }
    do {
      return zone.instant(try DateTime(parsing: text))
    } catch {
      throw Failure(.usage, "\(error). \(Self.forms)")
    }
  }

  // MARK: Words

  private func words(_ text: String) throws -> Instant {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    if words == ["now"] { return now }
    let today = zone.date(of: now)
    if words.count == 1, let days = Self.daysAgo[words[0]] {
      return zone.endOfDay(today.adding(days: -days))
    }
    let named = words.first == "last" ? Array(words.dropFirst()) : words
    if named.count == 1, let weekday = Weekday.allCases.first(where: { "\($0)" == named[0] }) {
      return zone.endOfDay(Self.last(weekday, before: today))
    }
    if words.count == 3, words[2] == "ago",
      let count = ["a", "an"].contains(words[0]) ? 1 : Int(words[0]), 0...100_000 ~= count,
      let instant = earlier(by: count, words[1], today)
    {
      return instant
    }
    let known = ["now"] + Self.daysAgo.keys.sorted() + Weekday.allCases.map { "\($0)" }
    let hint = closest(to: text, among: known).map { "Did you mean \"\($0)\"?" } ?? Self.forms
    throw Failure(.usage, "\"\(text)\" is not a moment. \(hint)")
  }

  private static let daysAgo = ["today": 0, "yesterday": 1]

  /// The latest such day before today: on a Tuesday, "tuesday" is a week ago.
  private static func last(_ weekday: Weekday, before today: CalendarDate) -> CalendarDate {
    today.adding(days: -((today.weekday.rawValue - weekday.rawValue + 6) % 7 + 1))
  }

  /// Days and longer reach to the end of the day, hours and minutes to the moment.
  private func earlier(by count: Int, _ unit: String, _ today: CalendarDate) -> Instant? {
    switch unit.hasSuffix("s") ? String(unit.dropLast()) : unit {
    case "minute": now - .seconds(60 * count)
    case "hour": now - .seconds(3600 * count)
    case "day": zone.endOfDay(today.adding(days: -count))
    case "week": zone.endOfDay(today.adding(days: -7 * count))
    case "month": zone.endOfDay(today.adding(months: -count))
    case "year": zone.endOfDay(today.adding(months: -12 * count))
    default: nil
    }
  }
}

extension Instant {
  /// The present, by this machine's clock.
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}
