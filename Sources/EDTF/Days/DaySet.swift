internal import Calendar

/// The days that a date can mean, gaps and all, however many they are.
///
/// Days are kept as stretches of years that have the same days: `156X-12-25` is one stretch of ten years with one day each,
/// `1560-03/..` two, the second of which has no end. No question lists days or years.
public struct DaySet: Sendable {
  /// Years, and the days that each has; `Int.min` and `Int.max` stand for open ends.
  struct Span: Sendable {
    let years: ClosedRange<Int>
    let days: YearDays
  }

  /// In order, none of them empty, no two with a year in common.
  let spans: [Span]
  /// The time of day, where the date names one; there is one day then.
  let time: ClockTime?

  init(_ spans: [Span], time: ClockTime? = nil) {
    self.spans = spans
    self.time = time
  }

  /// The days from one to another and all between them; open where there is none.
  init(from first: CalendarDate?, through last: CalendarDate?) {
    let years = (first?.year ?? .min)...(last?.year ?? .max)
    var start = (month: 1, day: 1)
    var end = (month: 12, day: 31)
    if let first { start = (first.month, first.day) }
    if let last { end = (last.month, last.day) }
    if years.lowerBound == years.upperBound {
      self.init([Span(years: years, days: YearDays(from: start, through: end))])
      return
    }
    // The first and the last year may be there in part, and apart from those between.
    let isWhole = (first: start == (1, 1), last: end == (12, 31))
    let between = (
      years.lowerBound + (isWhole.first ? 0 : 1), years.upperBound - (isWhole.last ? 0 : 1)
    )
    var spans: [Span] = []
    if !isWhole.first {
      let days = YearDays(from: start, through: (12, 31))
      spans.append(Span(years: years.lowerBound...years.lowerBound, days: days))
    }
    if between.0 <= between.1 { spans.append(Span(years: between.0...between.1, days: .all)) }
    if !isWhole.last {
      let days = YearDays(from: (1, 1), through: end)
      spans.append(Span(years: years.upperBound...years.upperBound, days: days))
    }
    self.init(spans)
  }

  /// The days that are in any of the sets.
  init(union sets: [DaySet]) { self.init(union: sets[...]) }

  /// In halves, so that many members are not each merged into all before them.
  private init(union sets: ArraySlice<DaySet>) {
    guard sets.count > 1 else {
      self = sets.first ?? DaySet([])
      return
    }
    let middle = (sets.startIndex + sets.endIndex) / 2
    self = DaySet(union: sets[..<middle]).combined(with: DaySet(union: sets[middle...])) {
      $0.union($1)
    }
  }
}

// MARK: - What can be asked

extension DaySet {
  /// Whether there is a day, or a time of day, that fits both.
  public func meets(_ other: DaySet) -> Bool {
    if let time, let otherTime = other.time { return time.fits(otherTime) }
    return !combined(with: other) { $0.intersection($1) }.spans.isEmpty
  }

  /// Whether every day of this set is in the other one. No whole day lies within a time of day.
  public func isWithin(_ other: DaySet) -> Bool {
    if let otherTime = other.time { return time?.isWithin(otherTime) ?? false }
    return combined(with: other) { $0.subtracting($1) }.spans.isEmpty
  }

  /// Whether every day of this set is in one of the others.
  public func isWithin(anyOf others: [DaySet]) -> Bool {
    others.contains(where: isWithin)
      || isWithin(DaySet(union: others.filter { $0.time == nil }))
  }

  /// Whether both hold the same days.
  public func isSame(as other: DaySet) -> Bool {
    isWithin(other) && other.isWithin(self)
  }

  /// Whether every day of this set comes before every day of the other; of two times of day, whether it comes first.
  public func isBefore(_ other: DaySet) -> Bool {
    if let time, let otherTime = other.time { return time.isBefore(otherTime) }
    return bounds.isBefore(other.bounds)
  }

  /// Whether no day of this set comes before the first of the other; nothing comes before an open side.
  public func startsNoEarlier(than other: DaySet) -> Bool {
    if let time, let otherTime = other.time { return !time.isBefore(otherTime) }
    return bounds.startsNoEarlier(than: other.bounds)
  }

  /// Whether no day of this set comes after the last of the other; nothing comes after an open side.
  public func endsNoLater(than other: DaySet) -> Bool {
    if let time, let otherTime = other.time { return !otherTime.isBefore(time) }
    return bounds.endsNoLater(than: other.bounds)
  }

  /// The first and the last day.
  public var bounds: DateBounds {
    DateBounds(earliest: earliest, latest: latest)
  }

  private var earliest: CalendarDate? {
    guard let span = spans.first, span.years.lowerBound != .min,
      let year = span.days.firstYear(of: span.years),
      let first = span.days.inYear(year, .gregorian).earliest
    else { return nil }
    return CalendarDate(year: year, month: first.month, day: first.day)
  }

  private var latest: CalendarDate? {
    guard let span = spans.last, span.years.upperBound != .max,
      let year = span.days.lastYear(of: span.years),
      let last = span.days.inYear(year, .gregorian).latest
    else { return nil }
    return CalendarDate(year: year, month: last.month, day: last.day)
  }
}
