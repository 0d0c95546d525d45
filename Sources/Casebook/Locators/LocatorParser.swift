/// Reads one place of a locator, token by token.
struct LocatorParser {
  private var tokens: [LocatorToken]
  private var index = 0
  private var place = Locator.Place()

  static func place(in text: Substring) -> Locator.Place {
    var parser = LocatorParser(tokens: LocatorToken.all(in: text))
    parser.read()
    return parser.place
  }

  private init(tokens: [LocatorToken]) { self.tokens = tokens }

  private mutating func read() {
    while let token = current {
      index += 1
      switch token {
      case .word(let word):
        if let unit = LocatorUnit(word), readRanges(of: unit) { continue }
        place.words.append(word.lowercased())
      case .number:
        index -= 1
        readBare()
      case .dash, .comma, .slash, .and, .following, .side: continue
      }
    }
  }

  private var current: LocatorToken? { index < tokens.count ? tokens[index] : nil }

  /// Numbers that no unit stands before: pages, also where something on the page is named, as in “41n3”. Beside another
  /// unit they are words, such as the part in “II, p. 5”.
  private mutating func readBare() {
    let hasPlace =
      !place.words.isEmpty || !place.units.isEmpty
      || tokens[index...].contains { $0.unit.map { !$0.isWithinPage } ?? false }
    if !hasPlace, readRanges(of: .page) { return }
    if case .number(let label) = tokens[index] { place.words.append(label.text) }
    index += 1
  }

  /// The labels behind the word of a unit; false when there is none, so that the word is one like others.
  private mutating func readRanges(of unit: LocatorUnit) -> Bool {
    var found = false
    while let range = readRange(of: unit) {
      place.units[unit, default: []] += range
      found = true
      guard let next = tokens[index...].firstIndex(where: { !$0.isListing }), next > index,
        case .number(let label) = tokens[next], label.canContinue(unit)
      else { break }
      index = next
    }
    return found
  }

  private mutating func readRange(of unit: LocatorUnit) -> [LocatorRange]? {
    guard let first = readLabel(of: unit) else { return nil }
    switch current {
    case .following(let isSeveral):
      index += 1
      let last = first.numbers.upperBound + (isSeveral ? LocatorRange.following : 1)
      return [LocatorRange(first.series, first.numbers.lowerBound...last)]
    case .dash, .slash:
      index += 1
      guard let last = readLabel(of: unit) else { return [first] }
      return Self.range(from: first, to: last)
    default: return [first]
    }
  }

  private static func range(from first: LocatorRange, to last: LocatorRange) -> [LocatorRange] {
    guard first.series == last.series else {
      // “xii–3”: to the end of the preface, and from the first page on.
      guard first.series == .roman, last.series == .arabic else { return [first, last] }
      return [
        LocatorRange(.roman, first.numbers.lowerBound...max(first.numbers.lowerBound, 999)),
        LocatorRange(.arabic, min(1, last.numbers.upperBound)...last.numbers.upperBound),
      ]
    }
    let lower = first.numbers.lowerBound
    var upper = last.numbers.upperBound
    if upper < lower { upper = completed(upper, after: lower) }
    return [LocatorRange(first.series, lower...max(upper, lower))]
  }

  /// 216–34 is short for 216–234.
  private static func completed(_ upper: Int, after lower: Int) -> Int {
    var scale = 1
    while scale <= upper { scale *= 10 }
    return lower / scale * scale + upper
  }

  /// One label. A folio has two sides, which are counted: 12r before 12v.
  private mutating func readLabel(of unit: LocatorUnit) -> LocatorRange? {
    guard case .number(let label) = current else { return nil }
    index += 1
    let number = label.number
    guard unit == .folio, label.series == .arabic else {
      return LocatorRange(label.series, number...number)
    }
    if case .side(let isBack) = current {
      index += 1
      return LocatorRange(.arabic, number * 2 + (isBack ? 1 : 0)...number * 2 + (isBack ? 1 : 0))
    }
    return LocatorRange(.arabic, number * 2...number * 2 + 1)
  }
}
