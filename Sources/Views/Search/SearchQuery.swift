public import Casebook

/// What is looked for in a casebook.
public struct SearchQuery: Hashable, Sendable {
  /// Words; those of one term stand side by side, and every term must be there.
  public let terms: [String]
  /// Only these cases; nil for everything.
  public var cases: [Slug]?
  /// Only these sources and what they say; nil for everybody.
  public var sources: [Slug]?
  /// Only claims of this predicate; `fear.*` takes all that begin so.
  public var predicate: String?
  /// Only annotations with this tag.
  public var tag: String?
  /// Only what this person recorded.
  public var recordedBy: String?
  /// Only what was recorded after this position.
  public var after: Int64?
  /// Only what was recorded up to this position.
  public var until: Int64?
  /// Whether names are found as they are spelt only.
  public var isExact = false
  /// How many hits are given at most; nil for all.
  public var limit: Int?

  /// A search for these terms in everything.
  public init(_ terms: [String]) { self.terms = terms }

  /// For each term the keys of the names that it may be: those of one word separated by bars, words by spaces; empty for
  /// none. Words that must stand side by side are taken as they are written.
  var names: [String] {
    terms.map { term in
      guard !isExact, !term.contains(where: \.isWhitespace) else { return "" }
      let keys = TextKey.stretches(term).map { NameKeys.sought($0).sorted() }
      return keys.contains([]) ? "" : keys.map { $0.joined(separator: "|") }.joined(separator: " ")
    }
  }
}
