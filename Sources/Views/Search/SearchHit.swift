public import Calendar

/// Something that was found.
public struct SearchHit: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    case claim, annotation, source
  }

  /// A text of it, cut where what was looked for begins and ends.
  public struct Fragment: Hashable, Sendable {
    /// A stretch of the text.
    public struct Part: Hashable, Sendable {
      /// Its characters.
      public let text: String
      /// Whether they are what was looked for.
      public let isHit: Bool
    }

    /// The stretches in order; together they are the whole text.
    public let parts: [Part]

    /// Whether any of it is what was looked for.
    public var hasHit: Bool { parts.contains(where: \.isHit) }
    /// The whole text.
    public var text: String { parts.map(\.text).joined() }
  }

  /// What it is.
  public let kind: Kind
  /// The short name of the case or source it belongs to; nil for the casebook itself.
  public let home: String?
  /// Whether its home is a case.
  public let isInCase: Bool
  /// Its number within its home; 0 for a source.
  public let number: Int
  /// The source that speaks, or that was found; nil for an annotation.
  public let source: String?
  /// The predicate of a claim.
  public let predicate: String?
  /// Whether the claim says that it was not so.
  public let isNegative: Bool
  /// What an annotation is about.
  public let target: String?
  /// The tags of an annotation.
  public let tags: [String]
  /// A claim's value, an annotation's text, a source's title.
  public let text: Fragment
  /// A claim's quote.
  public let quote: Fragment?
  /// A claim's wording and qualifiers, a source's authors and publisher.
  public let more: Fragment?
  /// A claim's place in its source.
  public let locator: String?
  /// When it was recorded.
  public let recordedAt: Instant
  /// By whom.
  public let recordedBy: String
  /// Where in the log.
  public let position: Int64
  /// Whether it was found only by another spelling of a name.
  public let isApproximate: Bool
}
