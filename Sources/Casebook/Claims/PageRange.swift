/// Pages as a locator names them: `p. 41`, `pp. [5–6]`, `pp. 22–[23]`, `pp. i–[ii]`.
struct PageRange: Hashable, Sendable {
  /// Pages of a preface are counted apart from those of the text.
  let isRoman: Bool
  let numbers: ClosedRange<Int>

  func overlaps(_ other: PageRange) -> Bool {
    isRoman == other.isRoman && numbers.overlaps(other.numbers)
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
