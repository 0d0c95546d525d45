/// What became of a quote when it was held against the text of its source.
public enum QuoteFinding: Hashable, Sendable {
  /// Its locator names no place that the text tells; the text's own places look like these.
  case unplaced([String])
  /// It stands where its locator says.
  case found(QuotePlace)
  /// It stands elsewhere, and not where its locator says.
  case moved([QuotePlace])
  /// It stands nowhere; these words are the nearest.
  case changed(QuotePlace)
  /// Nothing in the text is like it.
  case missing

  /// Its name in documents.
  public var name: String {
    switch self {
    case .unplaced: "unplaced"
    case .found: "found"
    case .moved: "moved"
    case .changed: "changed"
    case .missing: "missing"
    }
  }

  /// Where it was found, or what is nearest.
  public var places: [QuotePlace] {
    switch self {
    case .found(let place), .changed(let place): [place]
    case .moved(let places): places
    case .unplaced, .missing: []
    }
  }
}

/// Words of a text and where they stand.
public struct QuotePlace: Hashable, Sendable {
  /// The place, as locators name it; nil where the text has no marks.
  public let place: String?
  /// The words as the text has them, white space made even.
  public let words: String
}
