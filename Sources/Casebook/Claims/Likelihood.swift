/// How likely something is, in the terms of ICD 203 (Analytic Standards, 2015), from the least likely on. It says nothing
/// of how sound the judgement is: that is `Confidence`, and the two are never told as one.
public enum Likelihood: String, Hashable, Sendable, CaseIterable {
  case almostNoChance = "almost-no-chance"
  case veryUnlikely = "very-unlikely"
  case unlikely
  case roughlyEven = "roughly-even"
  case likely
  case veryLikely = "very-likely"
  case almostCertain = "almost-certain"

  /// Reads a term: the id, the words of the standard, or the second term that the standard gives for the same.
  public init?(words: String) {
    let id = words.lowercased().split { $0 == " " || $0 == "-" }.joined(separator: "-")
    guard let found = Self(rawValue: id) ?? Self.otherTerms[id] else { return nil }
    self = found
  }

  /// The standard's words.
  public var inWords: String {
    self == .roughlyEven ? "roughly even chance" : rawValue.replacing("-", with: " ")
  }

  /// What the standard takes the words to mean, in per cent.
  public var percent: ClosedRange<Int> {
    switch self {
    case .almostNoChance: 1...5
    case .veryUnlikely: 5...20
    case .unlikely: 20...45
    case .roughlyEven: 45...55
    case .likely: 55...80
    case .veryLikely: 80...95
    case .almostCertain: 95...99
    }
  }

  private static let otherTerms: [String: Likelihood] = [
    "remote": .almostNoChance, "highly-improbable": .veryUnlikely, "improbable": .unlikely,
    "roughly-even-chance": .roughlyEven, "roughly-even-odds": .roughlyEven,
    "probable": .likely, "highly-probable": .veryLikely, "almost-certainly": .almostCertain,
    "nearly-certain": .almostCertain,
  ]
}

/// How sound an analyst holds the basis of a judgement to be, in the terms of ICD 203.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
  case low, moderate, high
}
