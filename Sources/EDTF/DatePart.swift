internal import Calendar

/// One date of an expression, to whatever precision it was written.
struct DatePart: Sendable {
  enum Precision: Hashable, Sendable {
    case year
    /// `193X`.
    case decade
    /// `19XX`.
    case century
    case season(Season)
    case month
    case day
    /// `2004-XX`.
    case someMonthOfYear
    /// `1985-04-XX`.
    case someDayOfMonth
    /// `1985-XX-XX`.
    case someDayOfYear
  }

  let precision: Precision
  let earliest: CalendarDate
  let latest: CalendarDate
  /// Whether the year was written with `Y` or a minus sign, which level 0 does not know.
  let hasExtendedYear: Bool
  var qualifier: Qualifier?

  var bounds: DateBounds {
    DateBounds(earliest: earliest, latest: latest)
  }

  var level: Int {
    switch precision {
    case .year, .month, .day: hasExtendedYear || qualifier != nil ? 1 : 0
    default: 1
    }
  }

  var hasUnspecifiedDigits: Bool {
    switch precision {
    case .decade, .century, .someMonthOfYear, .someDayOfMonth, .someDayOfYear: true
    case .year, .season, .month, .day: false
    }
  }
}

/// What a mark after a date says about it.
enum Qualifier: UInt8, Sendable {
  case uncertain = 0x3F  // ?
  case approximate = 0x7E  // ~
  case both = 0x25  // %

  var isUncertain: Bool { self != .approximate }
  var isApproximate: Bool { self != .uncertain }
}
