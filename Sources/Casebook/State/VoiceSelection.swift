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
    if let issuedBy { parts.append("issued by \(issuedBy)") }
    return parts.joined(separator: "; ")
  }

  /// The voices heard, given the sources registered in the prefix that is read. Those of `unregistered`, whose own
  /// streams stand still before they are, speak all the same: their claims say whose they are. Issued by a date is what
  /// was issued by it whichever day its date means.
  ///
  /// - Returns: the voices, the sources left out because nobody said when they were issued, and those left out because
  ///   they may have been issued by the date or after it.
  /// - Throws: `Refusal` when a source asked for does not exist.
  public func resolved(
    among sources: [Slug: Source], unregistered: Set<Slug> = []
  ) throws(Refusal) -> (voices: Voices, undated: [Slug], doubtful: [Slug]) {
    for slug in only.union(without).subtracting(unregistered).sorted() where sources[slug] == nil {
      let known = sources.keys.sorted().map(\.text)
      throw Refusal(
        .unknownSource, "there is no source \"\(slug)\"",
        remedy: closestName(to: slug.text, among: known).map { "Did you mean \"\($0)\"?" }
          ?? (known.isEmpty
            ? "No source was registered at that moment."
            : "See them with: dossier source list"))
    }
    guard !isAll else { return (.all, [], []) }
    var heard = only.isEmpty ? unregistered.union(sources.keys) : only
    heard.subtract(without)
    var undated: [Slug] = []
    var doubtful: [Slug] = []
    if let issuedBy {
      for slug in heard.sorted() {
        switch sources[slug]?.content.isIssued(by: issuedBy) {
        case .yes?: continue
        case .no?: break
        case .perhaps?: doubtful.append(slug)
        case nil: undated.append(slug)
        }
        heard.remove(slug)
      }
    }
    return (Voices(sources: heard, includesAnalysts: only.isEmpty), undated, doubtful)
  }
}

private enum Answer { case yes, no, perhaps }

extension SourceContent {
  /// Whether it was issued by the last day that a date can mean; nil where nobody says when it was.
  fileprivate func isIssued(by limit: EDTF) -> Answer? {
    guard let date = dateOfIssue else { return nil }
    if date.days.endsNoLater(than: limit.days) { return .yes }
    // "About 1940" may be 1939.
    return limit.days.isBefore(date.widestDays) ? .no : .perhaps
  }
}
