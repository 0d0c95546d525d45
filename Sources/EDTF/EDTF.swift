/// A date as historians need it: exact, vague, open at one end, or one of several.
///
/// Reads the Extended Date/Time Format (Library of Congress, 4 February 2019; ISO 8601-2:2019,
/// annex A), levels 0, 1 and 2, and nothing that it excludes. The text is kept as given.
public struct EDTF: Hashable, Sendable {
  /// The expression as written.
  public let text: String
  let expression: Expression

  /// Reads an expression.
  ///
  /// - Parameter text: such as `1937-07-16`, `1928~`, `193X`, `1923/1925` or `[1927,1928]`.
  /// - Throws: `EDTFError`, which says what is wrong where and may suggest what was meant.
  public init(_ text: String) throws(EDTFError) {
    do {
      try self.init(strictly: text)
    } catch {
      throw error.suggesting(EDTF.suggestion(for: text))
    }
  }

  /// Reads an expression without looking for what else may have been meant.
  init(strictly text: String) throws(EDTFError) {
    self.text = text
    self.expression = try EDTFParser(text).parse()
  }

  /// Two expressions are equal when they are written alike; compare what they mean with
  /// `relation(to:)`.
  public static func == (left: EDTF, right: EDTF) -> Bool {
    left.text == right.text
  }

  /// Feeds the text to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}

// MARK: - What it says

extension EDTF {
  /// The conformance level (0, 1 or 2) that has all the features used.
  public var level: Int {
    expression.level
  }

  /// The first and last day that it can mean.
  ///
  /// Doubt (`?`) and approximation (`~`) do not widen the bounds: how far "about" reaches is for a
  /// reader to judge. A set has the bounds of its members, a date and time those of its day as
  /// written, whatever the offset. Spring is March to May, summer June to August, autumn September
  /// to November; "the winter of 1920" may mean either end of the year, so it reaches from January
  /// 1920 to February 1921.
  public var bounds: DateBounds {
    expression.bounds
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
  /// The expression as written.
  public var description: String {
    text
  }
}
