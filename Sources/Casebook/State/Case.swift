/// A case as the events up to now leave it.
public struct Case: Hashable, Sendable {
  /// Its short name.
  public let slug: Slug
  /// What it is about.
  public let kind: CaseKind
  /// What the analysts call it; nil when they have not said, or are not heard.
  public internal(set) var name: String?
  /// Whether it has been closed.
  public internal(set) var isClosed = false
  /// When it was opened.
  public let opened: Stamp
  /// The position of the last event applied.
  public internal(set) var lastPosition: Int64
  /// The number of events in its stream, voided ones and those of other voices included.
  public internal(set) var version: Int64
  /// The mark of the import that opened or last renamed it.
  public internal(set) var mark: ImportMark?
  /// True when the last naming was not made by an import.
  public internal(set) var hasDiverged = false

  /// Whether it is one with other cases, by the last judgement of each.
  public internal(set) var identities: [Slug: Recorded<IdentityContent>] = [:]

  /// Claims by number, withdrawn ones included.
  public internal(set) var claims: [Int: Claim] = [:]
  /// Citations by number, withdrawn ones included.
  public internal(set) var citations: [Int: Citation] = [:]
  /// Disputes by number, resolved ones included.
  public internal(set) var disputes: [Int: Dispute] = [:]
  /// Conclusions by number, withdrawn ones included.
  public internal(set) var conclusions: [Int: Conclusion] = [:]
  /// Annotations, withdrawn ones included.
  public internal(set) var annotations = Annotations()

  /// The citations of each claim and annotation.
  var citationsOfTarget = Hanging<CitationTarget>()
  /// The disputes of each claim.
  var disputesOfClaim = Hanging<Int>()
  /// Claims by what they say; nil until they are looked for so.
  var claimsByContent: ClaimsByContent?

  /// The numbers given out.
  var claimNumbers = Numbering()
  var citationNumbers = Numbering()
  var disputeNumbers = Numbering()
  var conclusionNumbers = Numbering()

  init(_ content: CaseContent, mark: ImportMark?, stamp: Stamp, version: Int64) {
    slug = content.slug
    kind = content.kind
    name = content.name
    opened = stamp
    lastPosition = stamp.position
    self.version = version
    self.mark = mark
  }
}

// MARK: Reading

extension Case {
  /// Claims in the order of recording, withdrawn ones included.
  public var sortedClaims: [Claim] { claims.values.sorted { $0.number < $1.number } }

  /// Citations in the order of recording, withdrawn ones included.
  public var sortedCitations: [Citation] { citations.values.sorted { $0.number < $1.number } }

  /// Disputes in the order of recording, resolved ones included.
  public var sortedDisputes: [Dispute] { disputes.values.sorted { $0.number < $1.number } }

  /// Judgements of whether it is one with other cases, in the order of those.
  public var sortedIdentities: [Recorded<IdentityContent>] {
    identities.values.sorted { $0.content.other < $1.content.other }
  }

  /// Conclusions that stand, in the order of recording.
  public var standingConclusions: [Conclusion] {
    conclusions.values.filter { !$0.isWithdrawn }.sorted { $0.number < $1.number }
  }

  /// The sources with at least one claim that stands, in alphabetical order.
  public var sources: [Slug] {
    Set(claims.values.filter { $0.status == .current }.map(\.content.source)).sorted()
  }

  /// What to call the case: the analysts' name, else the first primary name a source gives, else the slug.
  public var title: String {
    if let name { return name }
    let named = sortedClaims.lazy.filter {
      $0.status == .current && $0.content.predicate == "name.primary" && !$0.content.isNegative
    }
    return named.compactMap { $0.content.assertion.value?.display }.first ?? slug.text
  }
}
