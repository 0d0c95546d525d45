/// Pages as a locator names them: `p. 41`, `pp. [5–6]`, `pp. 22–[23]`, `pp. i–[ii]`.
struct PageRange: Hashable, Sendable {
  /// Pages of a preface are counted apart from those of the text.
  let isRoman: Bool
  let numbers: ClosedRange<Int>

  var isSingle: Bool { numbers.count == 1 }

  /// The page after the last.
  var next: PageRange {
    PageRange(isRoman: isRoman, numbers: numbers.upperBound + 1...numbers.upperBound + 1)
  }

  /// As a locator names it: `p. 41`, `pp. 5–6`.
  var text: String {
    let first = numeral(numbers.lowerBound)
    return isSingle ? "p. \(first)" : "pp. \(first)–\(numeral(numbers.upperBound))"
  }

  private func numeral(_ number: Int) -> String {
    guard isRoman else { return String(number) }
    var rest = number
    var text = ""
    for (value, letters) in Self.romanNumerals {
      while rest >= value {
        text += letters
        rest -= value
      }
    }
    return text
  }

  private static let romanNumerals = [
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
  ]

  /// The pages of both and between them; nil when they are counted apart.
  func joined(with other: PageRange) -> PageRange? {
    guard isRoman == other.isRoman else { return nil }
    return PageRange(
      isRoman: isRoman,
      numbers: min(
        numbers.lowerBound, other.numbers.lowerBound)...max(
          numbers.upperBound, other.numbers.upperBound))
  }

  func overlaps(_ other: PageRange) -> Bool {
    isRoman == other.isRoman && numbers.overlaps(other.numbers)
  }

  init(isRoman: Bool, numbers: ClosedRange<Int>) {
    self.isRoman = isRoman
    self.numbers = numbers
  }

  /// The pages that a text names and nothing else: `41`, `iv`, `5–6`.
  init?(whole text: some StringProtocol) {
    var rest = Substring(text)
    guard let range = Self.range(at: &rest), rest.isEmpty else { return nil }
    self = range
  }

  /// All pages that follow a `p.` or `pp.`, commas between them.
  static func all(in text: String) -> [PageRange] {
    // Brackets only say that a page was worked out.
    var rest = text.filter { $0 != "[" && $0 != "]" }[...]
    var found: [PageRange] = []
    var previous: Character = " "
    while let first = rest.popFirst() {
      defer { previous = first }
      guard first == "p", !previous.isLetter else { continue }
      if rest.first == "p" { rest.removeFirst() }
      guard rest.first == "." else { continue }
      rest.removeFirst()
      repeat {
        rest = rest.drop { $0 == " " || $0 == "," }
        guard let range = range(at: &rest) else { break }
        found.append(range)
      } while rest.first == ","
    }
    return found
  }

  private static func range(at text: inout Substring) -> PageRange? {
    var ahead = text
    guard let lower = numeral(at: &ahead) else { return nil }
    text = ahead
    guard let dash = ahead.popFirst(), dash == "–" || dash == "-",
      let upper = numeral(at: &ahead), upper.isRoman == lower.isRoman
    else { return PageRange(isRoman: lower.isRoman, numbers: lower.value...lower.value) }
    text = ahead
    let last = upper.value < lower.value ? completed(upper, after: lower.value) : upper.value
    return PageRange(isRoman: lower.isRoman, numbers: lower.value...max(last, lower.value))
  }

  private typealias Numeral = (value: Int, length: Int, isRoman: Bool)

  private static func numeral(at text: inout Substring) -> Numeral? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let letters = text.prefix(while: \.isLetter)
    guard let value = Int(digits) ?? roman(letters) else { return nil }
    let length = max(digits.count, letters.count)
    text = text.dropFirst(length)
    return (value, length, digits.isEmpty)
  }

  private static func roman(_ letters: Substring) -> Int? {
    let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]
    let digits = letters.compactMap { values[$0] }
    guard !letters.isEmpty, digits.count == letters.count else { return nil }
    return zip(digits, digits.dropFirst() + [0]).reduce(0) { $0 + ($1.0 < $1.1 ? -$1.0 : $1.0) }
  }

  /// 216–34 is short for 216–234.
  private static func completed(_ upper: Numeral, after lower: Int) -> Int {
    var scale = 1
    for _ in 0..<upper.length { scale *= 10 }
    return lower / scale * scale + upper.value
  }
}
