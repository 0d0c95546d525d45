/// One word of a name, or what stands for one: an initial, an abbreviation.
public struct NameWord: Hashable, Sendable {
  /// The word in lower case, as it is spelt.
  let spelling: String
  /// Whether it is a part that stands for a whole: “J.”, “Yu.”, “Wm.”, or one letter.
  let isInitial: Bool
  /// The spelling with letter case, marks and signs aside, in every way that is usual: “mueller” and “muller” for Müller.
  public let plainReadings: [String]

  /// A word.
  ///
  /// - Parameters:
  ///   - spelling: the word; a mark such as a period is no part of it.
  ///   - isShortened: whether a period follows.
  public init(_ spelling: some StringProtocol, isShortened: Bool = false) {
    self.spelling = spelling.lowercased()
    plainReadings = PlainReading.all(of: self.spelling)
    isInitial = (plainReadings.first?.count ?? 0) <= (isShortened ? 4 : 1)
  }

  /// What it can be if it is a Russian, Ukrainian or Belarusian name.
  public var slavicReadings: Set<String> { SlavicReading.all(of: spelling) }

  /// Whether the word itself shows that it is such a name.
  public var speaksSlavic: Bool { SlavicEvidence.isIn(spelling, plainReadings) }

  /// Whether it is spelt like the other, or, if the names may be Slavic, can be read like it.
  func isSame(as other: NameWord, slavic: Bool) -> Bool {
    if spelling == other.spelling { return true }
    if plainReadings.contains(where: other.plainReadings.contains) { return true }
    return slavic && !slavicReadings.isDisjoint(with: other.slavicReadings)
  }

  /// Whether one of the two is an initial or abbreviation of the other.
  func isShortened(to other: NameWord, slavic: Bool) -> Bool {
    if isInitial == other.isInitial { return false }
    guard isInitial else { return other.isShortened(to: self, slavic: slavic) }
    if let whole = Self.abbreviations[plainReadings.first ?? ""] {
      return other.plainReadings.contains(whole)
    }
    if plainReadings.contains(where: { part in
      other.plainReadings.contains { $0.hasPrefix(part) }
    }) {
      return true
    }
    guard slavic else { return false }
    let whole = other.slavicReadings
    return slavicReadings.contains { part in !part.isEmpty && whole.contains { $0.hasPrefix(part) }
    }
  }

  /// English given names that are shortened to other letters than their first.
  private static let abbreviations = [
    "wm": "william", "jas": "james", "chas": "charles", "thos": "thomas", "jno": "john",
    "robt": "robert", "saml": "samuel", "danl": "daniel", "richd": "richard", "hy": "henry",
  ]
}
