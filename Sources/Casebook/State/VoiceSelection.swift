public import EDTF

/// Which voices a reader asked for.
public struct VoiceSelection: Hashable, Sendable {
  /// Only these sources, and no analyst; empty for no such wish.
  public var only: Set<Slug>
  /// Not these sources.
  public var without: Set<Slug>
  /// Only sources issued by this date.
  public var issuedBy: EDTF?

  /// Everybody.
  public static let all = VoiceSelection()

  /// The voices asked for.
  public init(only: Set<Slug> = [], without: Set<Slug> = [], issuedBy: EDTF? = nil) {
    self.only = only
    self.without = without
    self.issuedBy = issuedBy
  }

  /// True when everybody is heard.
  public var isAll: Bool { only.isEmpty && without.isEmpty && issuedBy == nil }

  /// The filter as a basis names it; nil when everybody is heard.
  public var description: String? {
    guard !isAll else { return nil }
    var parts: [String] = []
    if !only.isEmpty { parts.append("source " + only.sorted().map(\.text).joined(separator: ", ")) }
    if !without.isEmpty {
      parts.append("without " + without.sorted().map(\.text).joined(separator: ", "))
    }
    if let issuedBy { parts.append("issued by \(issuedBy.text)") }
    return parts.joined(separator: "; ")
  }

  /// The voices heard, given the sources registered in the prefix that is read. Those of `unregistered`, whose own
  /// streams stand still before they are, speak all the same: their claims say whose they are.
  ///
  /// - Returns: the voices, and the sources left out because nobody said when they were issued.
  /// - Throws: `Refusal` when a source asked for does not exist.
  public func resolved(
    among sources: [Slug: Source], unregistered: Set<Slug> = []
  ) throws(Refusal) -> (voices: Voices, undated: [Slug]) {
    for slug in only.union(without).subtracting(unregistered).sorted() where sources[slug] == nil {
      let known = sources.keys.sorted().map(\.text)
      throw Refusal(
        .unknownSource, "there is no source \"\(slug)\"",
        remedy: closestName(to: slug.text, among: known).map { "Did you mean \"\($0)\"?" }
          ?? (known.isEmpty
            ? "No source was registered at that moment."
            : "See them with: dossier source list"))
    }
    guard !isAll else { return (.all, []) }
    var heard = only.isEmpty ? unregistered.union(sources.keys) : only
    heard.subtract(without)
    var undated: [Slug] = []
    if let issuedBy {
      for slug in heard.sorted() {
        guard let issued = sources[slug]?.content.issued, let day = issued.bounds.earliest else {
          undated.append(slug)
          heard.remove(slug)
          continue
        }
        if let limit = issuedBy.bounds.latest, day > limit { heard.remove(slug) }
      }
    }
    return (Voices(sources: heard, includesAnalysts: only.isEmpty), undated)
  }
}
