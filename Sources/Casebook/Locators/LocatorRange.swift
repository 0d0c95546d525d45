/// Labels of one series that follow each other: `41`, `5–6`, `iv–vi`, `A41`, `12r–13v`.
struct LocatorRange: Hashable, Sendable {
  /// Labels are counted apart by what stands before their number: pages of a preface by small roman numerals, those of an
  /// annex by a letter.
  enum Series: Hashable, Sendable {
    case arabic, roman
    case lettered(String)
  }

  let series: Series
  let numbers: ClosedRange<Int>

  /// How many labels “ff.” takes in beyond the one before it; it says only that there are several.
  static let following = 5

  init(_ series: Series = .arabic, _ numbers: ClosedRange<Int>) {
    self.series = series
    self.numbers = numbers
  }

  /// The pages that a text names and nothing else: `41`, `iv`, `5–6`, `A41`; nil for any other text.
  init?(pages text: some StringProtocol) {
    let places = Locator("p. \(text)").places
    guard places.count == 1, places[0].words.isEmpty, places[0].units.count == 1,
      let ranges = places[0].units[.page], ranges.count == 1
    else { return nil }
    self = ranges[0]
  }

  var isSingle: Bool { numbers.count == 1 }

  /// The label after the last.
  var next: LocatorRange {
    LocatorRange(series, numbers.upperBound + 1...numbers.upperBound + 1)
  }

  func overlaps(_ other: LocatorRange) -> Bool {
    series == other.series && numbers.overlaps(other.numbers)
  }

  /// The labels of both and between them; nil when they are counted apart.
  func joined(with other: LocatorRange) -> LocatorRange? {
    guard series == other.series else { return nil }
    return LocatorRange(
      series,
      min(
        numbers.lowerBound, other.numbers.lowerBound)...max(
          numbers.upperBound, other.numbers.upperBound))
  }

  /// As a locator names pages: `p. 41`, `pp. 5–6`.
  var pageText: String {
    let first = label(numbers.lowerBound)
    return isSingle ? "p. \(first)" : "pp. \(first)–\(label(numbers.upperBound))"
  }

  private func label(_ number: Int) -> String {
    switch series {
    case .arabic: String(number)
    case .roman: RomanNumeral.text(number)
    case .lettered(let letters): letters.uppercased() + String(number)
    }
  }
}
