internal import Calendar

/// A time of a day, on a clock that is so far ahead of UTC, or on one of which that is not said.
///
/// Times with a zone are moments, whatever their clocks show. One without is local: it is what a clock shows on a day.
struct ClockTime: Hashable, Sendable {
  /// A minute, counted from 1 January 1970, and the second within it, which is 60 in a leap second.
  private struct Reading: Hashable, Comparable {
    let minute: Int
    let second: Int

    static func < (left: Reading, right: Reading) -> Bool {
      (left.minute, left.second) < (right.minute, right.second)
    }
  }

  private let shown: Reading
  private let offsetMinutes: Int?

  init(_ time: TimePart, on day: CalendarDate) {
    shown = Reading(
      minute: (day.dayNumber * 24 + time.hour) * 60 + time.minute, second: time.second)
    offsetMinutes = time.offsetMinutes
  }

  private var moment: Reading? {
    offsetMinutes.map { Reading(minute: shown.minute - $0, second: shown.second) }
  }

  /// Both as moments, or else as clocks show them.
  private func readings(with other: ClockTime) -> (Reading, Reading) {
    if let moment, let otherMoment = other.moment { return (moment, otherMoment) }
    return (shown, other.shown)
  }

  /// Whether both can be the same moment.
  func fits(_ other: ClockTime) -> Bool {
    let (left, right) = readings(with: other)
    return left == right
  }

  /// Whether it is the other one, and says no less than that.
  func isWithin(_ other: ClockTime) -> Bool {
    fits(other) && (offsetMinutes != nil || other.offsetMinutes == nil)
  }

  func isBefore(_ other: ClockTime) -> Bool {
    let (left, right) = readings(with: other)
    return left < right
  }
}
