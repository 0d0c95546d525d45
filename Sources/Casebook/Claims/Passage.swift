/// A place in a source that a reader asks for, such as `p. 41`, `II, p. 5`, `12` or `¶ 2`, to be found in locators.
public struct Passage: Hashable, Sendable {
  private let text: String
  private let pages: [PageRange]
  /// What stands before the pages: a chapter, a sketch.
  private let words: [Substring]

  /// The passage that `text` names. A number alone is a page.
  public init(_ text: String) {
    self.text = text
    let named = PageRange.all(in: text)
    pages = named.isEmpty ? PageRange.all(in: "p. \(text)") : named
    words =
      named.isEmpty ? [] : Array(Self.words(text[...]).prefix { $0 != "p" && $0 != "pp" })
  }

  /// Whether a locator names it. Pages are found inside ranges, bracketed or not; anything else is found as it is written,
  /// not followed by a further digit, so that ¶ 1 is not ¶ 12.
  public func isNamed(by locator: String) -> Bool {
    guard !pages.isEmpty else { return contains(locator) }
    let known = Self.words(locator[...])
    return words.allSatisfy(known.contains)
      && PageRange.all(in: locator).contains { range in pages.contains { $0.overlaps(range) } }
  }

  private func contains(_ locator: String) -> Bool {
    var rest = locator[...]
    while let range = rest.firstRange(of: text) {
      let next = range.upperBound < rest.endIndex ? rest[range.upperBound] : " "
      if !next.isNumber || !(text.last?.isNumber ?? false) { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }

  private static func words(_ text: Substring) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber && $0 != "¶" }
  }
}
