/// What an EDTF text consists of.
indirect enum Expression: Sendable {
  case date(DatePart)
  case dateTime(DatePart, TimePart)
  case interval(start: IntervalEnd, end: IntervalEnd)
  case set(SetKind, [SetMember])
}

/// One side of an interval.
enum IntervalEnd: Sendable {
  case date(DatePart)
  /// `..`: the interval has no end on this side, or none that matters.
  case open
  /// Left empty: there is an end, and it is not known.
  case unknown

  var date: DatePart? {
    if case .date(let date) = self { date } else { nil }
  }
}

/// Whether a set means one of its members or all of them.
enum SetKind: Sendable {
  case oneOf
  case allOf
}

/// A date in a set, or a stretch of consecutive years, months or days, open where a side is nil.
enum SetMember: Sendable {
  case single(DatePart)
  case range(from: DatePart?, to: DatePart?)

  var dates: [DatePart] {
    switch self {
    case .single(let date): [date]
    case .range(let first, let last): [first, last].compactMap(\.self)
    }
  }
}

/// A time of day.
struct TimePart: Sendable {
  /// `hh:mm:ss`.
  let clock: String
  let hour: Int
  let minute: Int
  let second: Int
  /// Empty, `Z`, or the offset from UTC.
  let zone: String
  /// The minutes that the zone is ahead of UTC; nil where none is written.
  let offsetMinutes: Int?
}

extension Expression {
  /// Every date named in it, in order.
  var dates: [DatePart] {
    switch self {
    case .date(let date), .dateTime(let date, _): [date]
    case .interval(let start, let end): [start.date, end.date].compactMap(\.self)
    case .set(_, let members): members.flatMap(\.dates)
    }
  }

  var level: Int {
    switch self {
    case .date(let date), .dateTime(let date, _):
      date.level
    case .interval(.date(let start), .date(let end)):
      // Unspecified digits in an interval are a matter of level 2.
      max(
        start.level, end.level, start.hasUnspecifiedDigits || end.hasUnspecifiedDigits ? 2 : 0)
    case .interval(let start, let end):
      [start, end].compactMap(\.date).map { $0.hasUnspecifiedDigits ? 2 : $0.level }
        .reduce(1, max)
    case .set:
      2
    }
  }
}
