/// Dates written in figures alone: `1985-4-1`, `16.7.1937`, `7/16/1937`.
enum NumericDate {
  /// The date as EDTF, not yet checked; nil if the order of day and month is anyone's guess.
  static func edtf(_ text: String) -> String? {
    guard let separator = text.first(where: { !$0.isASCIIDigit }),
      separator == "-" || separator == "." || separator == "/" || EDTF.dashes.contains(separator)
    else { return nil }
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    let shape = parts.map { $0.count == 4 ? "y" : 1...2 ~= $0.count ? "n" : "-" }.joined()
    switch shape {
    case "ynn":
      return join(parts[0], parts[1], parts[2])
    case "nny":
      return dayAndMonth(parts[0], parts[1], separator).map { join(parts[2], $0.month, $0.day) }
    // With a dash of its own this would be a span of years.
    case "yn" where !EDTF.dashes.contains(separator):
      return isNextYear(parts[1], after: parts[0], separator)
        ? nil : Int(parts[1]).flatMap { 1...12 ~= $0 ? join(parts[0], parts[1]) : nil }
    case "ny" where !EDTF.dashes.contains(separator):
      return join(parts[1], parts[0])
    default:
      return nil
    }
  }

  /// Whether `1934/5` or `1904/05` is a year that begins in one and ends in the next rather than May.
  private static func isNextYear(
    _ digits: Substring, after year: Substring, _ separator: Character
  ) -> Bool {
    guard separator == "/", let next = Int(digits), let first = Int(year) else { return false }
    return next == (first + 1) % (digits.count == 1 ? 10 : 100)
  }

  /// With full stops the day comes first, as in German and Russian; with anything else it has to be
  /// told by a number above 12.
  private static func dayAndMonth(
    _ first: Substring, _ second: Substring, _ separator: Character
  ) -> (day: Substring, month: Substring)? {
    guard let left = Int(first), let right = Int(second) else { return nil }
    if separator == "." || left > 12 || left == right { return (first, second) }
    return right > 12 ? (second, first) : nil
  }

  private static func join(_ parts: Substring...) -> String {
    parts.map { $0.count == 1 ? "0" + $0 : String($0) }.joined(separator: "-")
  }
}
