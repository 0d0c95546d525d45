/// Whose events a fold takes in.
public struct Voices: Hashable, Sendable {
  /// The sources heard; nil hears all of them.
  public let sources: Set<Slug>?
  /// Whether analysts are heard.
  public let includesAnalysts: Bool

  /// Everybody.
  public static let all = Voices(sources: nil, includesAnalysts: true)

  /// The `sources` (nil for all), with or without the analysts.
  public init(sources: Set<Slug>?, includesAnalysts: Bool) {
    self.sources = sources
    self.includesAnalysts = includesAnalysts
  }

  /// True when somebody is left out, so that an event may speak of something that was not heard.
  public var isNarrowed: Bool { sources != nil || !includesAnalysts }

  /// Whether the source is heard.
  public func includes(_ source: Slug) -> Bool { sources?.contains(source) ?? true }
}
