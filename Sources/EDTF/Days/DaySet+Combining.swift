extension DaySet {
  /// What becomes of two sets when `combine` makes one of their days in every year.
  func combined(
    with other: DaySet, _ combine: (YearDays, YearDays) -> YearDays
  ) -> DaySet {
    var (left, right) = (SpanReader(spans), SpanReader(other.spans))
    var result: [Span] = []
    var year = Int.min
    while true {
      let (days, last) = left.days(from: year)
      let (otherDays, otherLast) = right.days(from: year)
      let end = min(last, otherLast)
      result.append(combine(days, otherDays), in: year...end)
      guard end < .max else { return DaySet(result) }
      year = end + 1
    }
  }
}

/// Reads the spans of a set from the first year to the last.
private struct SpanReader {
  private let spans: [DaySet.Span]
  private var index = 0

  init(_ spans: [DaySet.Span]) { self.spans = spans }

  /// The days of a year that is not before the one asked for last, and the last year in which they are the same.
  mutating func days(from year: Int) -> (days: YearDays, last: Int) {
    while index < spans.count, spans[index].years.upperBound < year { index += 1 }
    guard index < spans.count else { return (.none, .max) }
    let span = spans[index]
    return span.years.lowerBound <= year
      ? (span.days, span.years.upperBound) : (.none, span.years.lowerBound - 1)
  }
}

extension [DaySet.Span] {
  /// Adds days of later years, if there are any, to the last span where its years have the same.
  fileprivate mutating func append(_ days: YearDays, in years: ClosedRange<Int>) {
    guard days.firstYear(of: years) != nil else { return }
    if let last, last.days == days, last.years.upperBound == years.lowerBound - 1 {
      self[count - 1] = DaySet.Span(
        years: last.years.lowerBound...years.upperBound, days: days)
    } else {
      append(DaySet.Span(years: years, days: days))
    }
  }
}
