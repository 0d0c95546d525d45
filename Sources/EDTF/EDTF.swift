public import Calendar

/// A date as historians need it: exact, vague, open at one end, or one of several.
///
/// Reads the Extended Date/Time Format (Library of Congress, 4 February 2019; ISO 8601-2:2019,
/// annex A), levels 0, 1 and 2, and nothing that it excludes. The text is kept as given.
///
/// A date that its page gives in the Julian calendar keeps the numbers that the page has, and that calendar; the days that
/// it means are those of today's calendar, as with all others.
public struct EDTF: Hashable, Sendable {
  /// The expression as written, without its calendar.
  public let text: String
  /// The calendar in which it is written.
  public let calendar: CalendarSystem
  let expression: Expression

  /// What is written after a date in the Julian calendar.
  static let oldStyle = " O.S."

  /// Reads an expression, in the Julian calendar when it ends with `O.S.` (Old Style).
  ///
  /// - Parameter text: such as `1937-07-16`, `1928~`, `193X`, `1923/1925`, `[1927,1928]` or `1870-04-10 O.S.`.
  /// - Throws: `EDTFError`, which says what is wrong where and may suggest what was meant.
  public init(_ text: String) throws(EDTFError) {
    do {
      try self.init(strictly: text)
    } catch {
      throw error.explained(text)
    }
  }

  /// Reads an expression in a calendar that is named apart from it.
  ///
  /// - Throws: `EDTFError`, which says what is wrong where.
  public init(_ text: String, in calendar: CalendarSystem) throws(EDTFError) {
    self.text = text
    self.calendar = calendar
    self.expression = try EDTFParser(text, calendar).parse()
  }

  /// Reads an expression without looking for what else may have been meant.
  init(strictly text: String) throws(EDTFError) {
    if text.hasSuffix(Self.oldStyle) {
      try self.init(String(text.dropLast(Self.oldStyle.count)), in: .julian)
    } else {
      try self.init(text, in: .gregorian)
    }
  }

  /// Two expressions are equal when they are written alike; compare what they mean with
  /// `relation(to:)`.
  public static func == (left: EDTF, right: EDTF) -> Bool {
    left.text == right.text && left.calendar == right.calendar
  }

  /// Feeds the text to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(calendar)
  }
}

// MARK: - What it says

extension EDTF {
  /// The conformance level (0, 1 or 2) that has all the features used.
  public var level: Int {
    expression.level
  }

  /// The days that it can mean.
  ///
  /// Doubt (`?`) and approximation (`~`) do not widen them. Of an interval and of any set they are the days that are in
  /// it. A date and time has the day as written, whatever the offset. Spring is March to May, summer June to August,
  /// autumn September to November; "the winter of 1920" may mean either end of the year, so it reaches from January 1920
  /// to February 1921.
  public var days: DaySet {
    expression.days(in: calendar, isWidened: false)
  }

  /// The days that it can mean when "about" reaches as far as `Approximation` says.
  public var widestDays: DaySet {
    expression.days(in: calendar, isWidened: true)
  }

  /// The first and last day that it can mean.
  public var bounds: DateBounds {
    days.bounds
  }

  /// Whether any date in it is marked as doubtful (`?` or `%`).
  public var isUncertain: Bool {
    expression.dates.contains { $0.qualifiers.contains(where: \.isUncertain) }
  }

  /// Whether any date in it is marked as approximate (`~` or `%`).
  public var isApproximate: Bool {
    expression.dates.contains { $0.qualifiers.contains(where: \.isApproximate) }
  }
}

extension EDTF: CustomStringConvertible {
  /// The expression as written, with its calendar if that is the Julian: `1870-04-10 O.S.`.
  public var description: String {
    calendar == .julian ? text + Self.oldStyle : text
  }
}
