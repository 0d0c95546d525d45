/// One date of an expression, to whatever precision it was written.
struct DatePart: Sendable {
  enum Precision: Hashable, Sendable {
    case year
    /// `193X`.
    case decade
    /// `19XX`.
    case century
    /// `1950S2`: a year of which so many digits are significant.
    case estimate(Int)
    case season(Season)
    case month
    case day
    /// `2004-XX`.
    case someMonthOfYear
    /// `1985-04-XX`.
    case someDayOfMonth
    /// `1985-XX-XX`.
    case someDayOfYear
    /// `156X-12-25`: digits are unspecified anywhere else.
    case pattern(DigitPattern)
  }

  /// The parts that a mark can qualify.
  enum Component: Int, Hashable, Sendable, CaseIterable {
    case year, month, day
  }

  let precision: Precision
  /// The first day by the numbers that its page gives it.
  let earliest: WrittenDay
  /// The last day by the numbers that its page gives it.
  let latest: WrittenDay
  /// Whether the year was written with `Y` or a minus sign, which level 0 does not know.
  let hasExtendedYear: Bool
  /// Whether the year was written with an exponent, which only level 2 knows.
  var hasExponent = false
  /// The mark after the whole date.
  var qualifier: Qualifier?
  /// What marks elsewhere say of the parts; empty for a mark after the whole.
  var partQualifiers: [Component: Qualifier] = [:]

  var level: Int {
    if hasExponent || !partQualifiers.isEmpty { return 2 }
    switch precision {
    case .year, .month, .day: return hasExtendedYear || qualifier != nil ? 1 : 0
    case .estimate, .pattern: return 2
    case .season(let season): return season.isGrouping ? 2 : 1
    case .decade, .century, .someMonthOfYear, .someDayOfMonth, .someDayOfYear: return 1
    }
  }

  /// All that marks say.
  var qualifiers: [Qualifier] { (qualifier.map { [$0] } ?? []) + partQualifiers.values }

  var hasUnspecifiedDigits: Bool {
    switch precision {
    case .decade, .century, .someMonthOfYear, .someDayOfMonth, .someDayOfYear, .pattern: true
    case .year, .estimate, .season, .month, .day: false
    }
  }
}

/// What a mark at a date says about it.
enum Qualifier: UInt8, Sendable, CaseIterable {
  case uncertain = 0x3F  // ?
  case approximate = 0x7E  // ~
  case both = 0x25  // %

  var isUncertain: Bool { self != .approximate }
  var isApproximate: Bool { self != .uncertain }

  /// What two marks say together.
  func joined(with other: Qualifier?) -> Qualifier {
    other == nil || other == self ? self : .both
  }
}
