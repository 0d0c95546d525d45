import Calendar
import EventLog
import Glibc
import StrictJSON
import Terminal

/// Reads what people write for a moment: a date, a time, a position, or words.
struct When {
  private let offsetSeconds: Int
  private let now: Instant

  /// - Parameters:
  ///   - timeZone: the offset of dates from UTC, such as `+02:00`; nil for UTC.
  ///   - now: the present.
  init(timeZone: String?, now: Instant = .now) throws {
    self.now = now
    guard let timeZone, timeZone.uppercased() != "UTC", timeZone != "Z" else {
      offsetSeconds = 0
      return
    }
    do {
      offsetSeconds = try DateTime(parsing: "2000-01-01T00:00\(timeZone)").offsetSeconds ?? 0
    } catch {
      throw Failure(.usage, "\"\(timeZone)\" is not a time zone. Write it as +02:00 or UTC")
    }
  }

  /// The prefix that `text` means. What words resolve to is said on standard error.
  func read(_ text: String, _ terminal: Terminal) throws -> AsOf {
    if text.hasPrefix("@") {
      guard let position = Int64(text.dropFirst()), position >= 0 else {
        throw Failure(.usage, "\"\(text)\" is not a position. Write @ and a number, such as @412")
      }
      return .position(position)
    }
    if let date = CalendarDate(text) {
      return .instant(Instant(endOf: date, offsetSeconds: offsetSeconds))
    }
    if let time = try? DateTime(parsing: text) {
      return .instant(Instant(time, defaultOffsetSeconds: offsetSeconds))
    }
    guard let instant = words(text.lowercased()) else {
      throw Failure(
        .usage,
        "\"\(text)\" is not a moment. Write 2026-03-01, 2026-03-01T12:00Z, @412, yesterday, tuesday "
          + "or \"2 weeks ago\"")
    }
    terminal.note("\(text) is \(instant)")
    return .instant(instant)
  }

  private func words(_ text: String) -> Instant? {
    let today = now.date(offsetSeconds: offsetSeconds)
    switch text {
    case "now": return now
    case "today": return Instant(endOf: today, offsetSeconds: offsetSeconds)
    case "yesterday": return endOfDay(today.adding(days: -1))
    default: break
    }
    if let weekday = Weekday.allCases.first(where: { "\($0)" == text }) {
      var day = today.adding(days: -1)
      while day.weekday != weekday { day = day.adding(days: -1) }
      return endOfDay(day)
    }
    let parts = text.split(separator: " ")
    guard parts.count == 3, parts[2] == "ago", let count = Int(parts[0]), count >= 0,
      count < 100_000
    else { return nil }
    let unit = parts[1].hasSuffix("s") ? parts[1].dropLast() : parts[1]
    let minute: Int64 = 60_000_000
    switch unit {
    case "minute": return Instant(microseconds: now.microseconds - Int64(count) * minute)
    case "hour": return Instant(microseconds: now.microseconds - Int64(count) * 60 * minute)
    case "day": return endOfDay(today.adding(days: -count))
    case "week": return endOfDay(today.adding(days: -7 * count))
    case "month": return endOfDay(today.adding(months: -count))
    case "year": return endOfDay(today.adding(months: -12 * count))
    default: return nil
    }
  }

  private func endOfDay(_ date: CalendarDate) -> Instant {
    Instant(endOf: date, offsetSeconds: offsetSeconds)
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
