internal import Calendar

extension Expression {
  /// The days that it can mean, of an interval and of a set in braces too: those in it, or those that "about" reaches
  /// where it is widened.
  func days(in calendar: CalendarSystem, isWidened: Bool) -> DaySet {
    switch self {
    case .date(let date):
      return date.days(in: calendar, isWidened)
    case .dateTime(let date, let time):
      let days = date.days(in: calendar, isWidened)
      return DaySet(days.spans, time: days.bounds.earliest.map { ClockTime(time, on: $0) })
    case .interval(let start, let end):
      return DaySet(from: start.date, through: end.date, calendar, isWidened)
    case .set(_, let members):
      return DaySet(
        union: members.map { member in
          switch member {
          case .single(let date): date.days(in: calendar, isWidened)
          case .range(let first, let last):
            DaySet(from: first, through: last, calendar, isWidened)
          }
        })
    }
  }
}

extension DaySet {
  fileprivate init(
    from first: DatePart?, through last: DatePart?, _ calendar: CalendarSystem, _ isWidened: Bool
  ) {
    self.init(
      from: first?.days(in: calendar, isWidened).bounds.earliest,
      through: last?.days(in: calendar, isWidened).bounds.latest)
  }

  /// Some days of each of some years, as a calendar names them.
  init(_ days: YearDays, of years: ClosedRange<Int>, _ calendar: CalendarSystem) {
    switch calendar {
    case .gregorian:
      self.init(days.firstYear(of: years) == nil ? [] : [Span(years: years, days: days)])
    case .julian where days == .all:
      self.init(
        from: CalendarDate(julianYear: years.lowerBound, month: 1, day: 1),
        through: CalendarDate(julianYear: years.upperBound, month: 12, day: 31))
    case .julian:
      // How far the calendars are apart changes from century to century.
      self.init(
        union: years.flatMap { year in
          days.inYear(year, .julian).stretches.map { month, days in
            DaySet(
              from: CalendarDate(julianYear: year, month: month, day: days.lowerBound),
              through: CalendarDate(julianYear: year, month: month, day: days.upperBound))
          }
        })
    }
  }
}

extension DatePart {
  fileprivate func days(in calendar: CalendarSystem, _ isWidened: Bool) -> DaySet {
    if isWidened, let approximated {
      return pattern.widened(approximated, calendar).days(in: calendar)
    }
    if case .pattern = precision { return pattern.days(in: calendar) }
    return DaySet(from: earliest.date(in: calendar), through: latest.date(in: calendar))
  }

  private var pattern: DayPattern {
    let years = [earliest.year...latest.year]
    return switch precision {
    case .year, .decade, .century, .estimate, .someMonthOfYear, .someDayOfYear:
      DayPattern(years: years, months: 1...12)
    case .season(let season):
      DayPattern(years: [earliest.year...earliest.year], months: season.months)
    case .month, .someDayOfMonth:
      DayPattern(years: years, months: [earliest.month])
    case .day:
      DayPattern(
        years: years, months: [earliest.month], days: .days(earliest.day...earliest.day))
    case .pattern(let pattern):
      DayPattern(years: pattern.yearStretches, months: pattern.months, days: pattern.dayBits)
    }
  }

  /// The part whose neighbours "about" includes: the smallest that is marked; nil where none is.
  private var approximated: Component? {
    guard let qualifier else {
      return partQualifiers.filter { $0.value.isApproximate }.keys.max { $0.rawValue < $1.rawValue }
    }
    guard qualifier.isApproximate else { return nil }
    return switch precision {
    case .year, .decade, .century, .estimate, .someMonthOfYear, .someDayOfYear: .year
    case .season, .month, .someDayOfMonth: .month
    case .day: .day
    case .pattern(let pattern): pattern.smallestKnown
    }
  }
}
