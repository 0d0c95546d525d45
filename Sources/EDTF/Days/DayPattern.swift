internal import Calendar

/// Days that are the same in all of some years, before they are reckoned in a calendar.
struct DayPattern {
  /// Stretches of years, in order and apart.
  var years: [ClosedRange<Int>]
  /// The bits of the days of each month, counted from January of the year: 13 is January of the next.
  var months: [Int: UInt32]

  init(years: [ClosedRange<Int>], months: some Sequence<Int>, days: UInt32 = .allDays) {
    self.years = years
    self.months = Dictionary(uniqueKeysWithValues: months.map { ($0, days) })
  }

  /// The days of a calendar that it stands for.
  func days(in calendar: CalendarSystem) -> DaySet {
    let byYear = Dictionary(grouping: months) { ($0.key - 1).floorDivided(by: 12) }
    return DaySet(
      union: byYear.flatMap { offset, months in
        let days = YearDays(months.map { ($0.key - offset * 12, $0.value) })
        return years.map { years in
          DaySet(
            days, of: (years.lowerBound + offset)...(years.upperBound + offset), calendar)
        }
      })
  }

  /// The same as far as "about" reaches when it is said of years, of months or of days.
  func widened(_ component: DatePart.Component, _ calendar: CalendarSystem) -> DayPattern {
    var wide = self
    switch component {
    case .year:
      let reach = Approximation.years
      wide.years = years.map { ($0.lowerBound - reach)...($0.upperBound + reach) }.joined()
    case .month:
      wide.months = [:]
      for (month, bits) in months {
        for shift in -Approximation.months...Approximation.months {
          wide.months[month + shift, default: 0] |= bits
        }
      }
    case .day:
      for (month, bits) in months { wide.widenDays(bits, month, calendar) }
    }
    return wide
  }

  /// Adds the days around some of a month. In several years at once February ends with the 28th, which may add a day.
  private mutating func widenDays(_ bits: UInt32, _ month: Int, _ calendar: CalendarSystem) {
    let lengths = (month - 1...month).map { month in
      let year = years.count == 1 && years[0].count == 1 ? years[0].lowerBound : 1
      return calendar.daysInMonth(
        (month - 1).modulo(12) + 1, year: year + (month - 1).floorDivided(by: 12))
    }
    for day in 1...lengths[1] where bits & .days(day...day) != 0 {
      for near in (day - Approximation.days)...(day + Approximation.days) {
        let (month, day) =
          near < 1
          ? (month - 1, lengths[0] + near)
          : near > lengths[1] ? (month + 1, near - lengths[1]) : (month, near)
        months[month, default: 0] |= .days(day...day)
      }
    }
  }
}

extension [ClosedRange<Int>] {
  /// Stretches in order as fewer ones that are apart.
  fileprivate func joined() -> [ClosedRange<Int>] {
    reduce(into: []) { joined, next in
      if let last = joined.last, last.upperBound >= next.lowerBound - 1 {
        joined[joined.count - 1] = last.lowerBound...Swift.max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
    }
  }
}
