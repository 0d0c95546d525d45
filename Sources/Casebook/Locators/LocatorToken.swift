/// The pieces of a locator.
enum LocatorToken: Hashable, Sendable {
  /// A label as it is written, and what it counts.
  struct Label: Hashable, Sendable {
    let text: String
    let series: LocatorRange.Series
    let number: Int

    /// Whether it can stand behind a comma as one more of the unit before: not a label of another series, which begins
    /// something else.
    func canContinue(_ unit: LocatorUnit) -> Bool { series != .roman || unit == .page }
  }

  case word(String)
  case number(Label)
  case dash, comma, slash, and
  /// “f.” behind a number, or “ff.” (true).
  case following(isSeveral: Bool)
  /// The front or the back (true) of a folio.
  case side(isBack: Bool)

  /// Whether the next number may be one more of the same unit.
  var isListing: Bool { self == .comma || self == .and }

  /// The unit that it names.
  var unit: LocatorUnit? {
    if case .word(let word) = self { LocatorUnit(word) } else { nil }
  }

  static func all(in text: Substring) -> [LocatorToken] {
    var tokens: [LocatorToken] = []
    // Brackets only say that a label was worked out.
    var rest = text.filter { $0 != "[" && $0 != "]" }[...]
    while let first = rest.first {
      if first.isWhole {
        let digits = rest.prefix(while: \.isWhole)
        rest = rest.dropFirst(digits.count)
        guard let number = Int(digits) else {
          tokens.append(.word(String(digits)))
          continue
        }
        tokens.append(.number(Label(text: String(digits), series: .arabic, number: number)))
        tokens += suffix(of: &rest)
      } else if first.isLetter || "§¶№".contains(first) {
        let word = word(of: &rest)
        tokens.append(token(word, &rest, before: tokens.last))
      } else {
        rest.removeFirst()
        switch first {
        case "-", "–", "—", "‐", "‑", "‒", "−": if tokens.last != .dash { tokens.append(.dash) }
        case ",": tokens.append(.comma)
        case "/": tokens.append(.slash)
        case "&", "+": tokens.append(.and)
        default: break
        }
      }
    }
    return tokens
  }

  /// What may stand right behind a number: “41f.”, “41ff.”, “12r”, “41n3”, “41a”.
  private static func suffix(of rest: inout Substring) -> [LocatorToken] {
    let letters = String(rest.prefix(while: \.isLetter))
    guard !letters.isEmpty else { return [] }
    rest = rest.dropFirst(letters.count)
    if let known = behind[letters.lowercased()] { return [known] }
    if LocatorUnit(letters) != nil { return [.word(letters)] }
    // A label such as 41a lies on the page 41.
    return letters.count == 1 ? [] : [.word(letters)]
  }

  private static func word(of rest: inout Substring) -> String {
    // A sign is a word of its own: “¶2”.
    let letters =
      rest.first?.isLetter ?? false
      ? rest.prefix(while: \.isLetter) : rest.prefix { "§¶№".contains($0) }
    rest = rest.dropFirst(letters.count)
    return String(letters)
  }

  private static func token(
    _ word: String, _ rest: inout Substring, before last: LocatorToken?
  ) -> LocatorToken {
    let isBehindNumber = if case .number = last { true } else { false }
    if isBehindNumber, let known = behind[word.lowercased()],
      !(rest.drop { ". ".contains($0) }.first?.isWhole ?? false)
    {
      return known
    }
    if conjunctions.contains(word.lowercased()) { return .and }
    if isBehindNumber, prepositions.contains(word.lowercased()) { return .dash }
    // “A41” is a page of an annex, and “p41” page 41.
    if word.count <= 2, word == word.uppercased(), LocatorUnit(word) == nil,
      rest.first?.isWhole ?? false
    {
      let digits = rest.prefix(while: \.isWhole)
      if let number = Int(digits) {
        rest = rest.dropFirst(digits.count)
        return .number(
          Label(text: word + digits, series: .lettered(word.lowercased()), number: number))
      }
    }
    if let number = RomanNumeral.value(word), !isUnitBefore(rest, word) {
      return .number(Label(text: word.lowercased(), series: .roman, number: number))
    }
    return .word(word)
  }

  /// “c”, “l” and “v” are numerals, and words of units when a number follows.
  private static func isUnitBefore(_ rest: Substring, _ word: String) -> Bool {
    guard LocatorUnit(word) != nil else { return false }
    let next = rest.drop { ". ".contains($0) }.first
    return next?.isWhole ?? false
  }

  private static let behind: [String: LocatorToken] = [
    "f": .following(isSeveral: false), "ff": .following(isSeveral: true),
    "sq": .following(isSeveral: false), "sqq": .following(isSeveral: true),
    "сл": .following(isSeveral: true), "след": .following(isSeveral: true),
    "r": .side(isBack: false), "v": .side(isBack: true), "об": .side(isBack: true),
    "recto": .side(isBack: false), "verso": .side(isBack: true),
  ]

  private static let conjunctions: Set<String> = ["and", "und", "et", "и", "u"]
  private static let prepositions: Set<String> = ["to", "bis", "à", "по", "до"]
}

extension Character {
  fileprivate var isWhole: Bool { isASCII && isNumber }
}
