import Casebook

/// Finds what a case holds by the ids that files use for it: the id it was imported under, or else its own reference.
struct CaseIndex {
  private(set) var claims: [String: Claim] = [:]
  private(set) var citations: [String: Citation] = [:]
  private(set) var annotations: [String: Annotation] = [:]
  private(set) var disputes: [String: Dispute] = [:]
  private(set) var conclusions: [String: Conclusion] = [:]
  /// Claims by what they say, those that stand first.
  private var byContent: [ClaimDraft: [Claim]] = [:]
  /// Annotations that stand and come from no file, by what they say.
  private(set) var annotationsByContent: [AnnotationContent: Annotation] = [:]
  /// Conclusions that stand and come from no file, by what they say.
  private(set) var conclusionsByContent: [ConclusionDraft: Conclusion] = [:]

  /// The index of `file`; of nothing when there is no such case yet. `exported` is the case as it was when the files
  /// were written from it. What the events at `takenBack` withdrew is not there, but for claims: those can stand again.
  init(_ file: Case?, exported: Case? = nil, takenBack: Set<Int64> = []) {
    guard let file else { return }
    let counts = { (isWithdrawn: Bool, changed: Stamp) in
      !isWithdrawn || !takenBack.contains(changed.position)
    }
    claims = Self.index(file.sortedClaims, .claim) { ($0.mark, $0.number, $0.status == .current) }
    citations = Self.index(
      file.sortedCitations.filter { counts($0.isWithdrawn, $0.changed) }, .citation
    ) {
      ($0.mark, $0.number, !$0.isWithdrawn)
    }
    annotations = Self.index(
      file.annotations.sorted.filter { counts($0.isWithdrawn, $0.changed) }, .annotation
    ) {
      ($0.mark, $0.number, !$0.isWithdrawn)
    }
    disputes = Self.index(
      file.sortedDisputes.filter { $0.resolved.map { counts(true, $0) } ?? true }, .dispute
    ) { ($0.mark, $0.number, $0.isOpen) }
    conclusions = Self.index(
      file.conclusions.values.filter { counts($0.isWithdrawn, $0.changed) }
        .sorted { $0.number < $1.number }, .conclusion
    ) {
      ($0.mark, $0.number, !$0.isWithdrawn)
    }
    let inOrder = file.sortedClaims
    byContent = Dictionary(
      grouping: inOrder.filter { $0.status == .current } + inOrder.filter { $0.status != .current },
      by: { ClaimDraft($0.content) })
    annotationsByContent = Dictionary(
      file.annotations.sorted.filter { !$0.isWithdrawn && $0.mark == nil }.map { ($0.content, $0) }
    ) { first, _ in first }
    conclusionsByContent = Dictionary(
      file.standingConclusions.filter { $0.mark == nil }.map { (ConclusionDraft($0.content), $0) }
    ) { first, _ in first }
    addExported(CaseIDs(exported ?? file), of: file)
  }

  /// Takes in the ids that an export gave to avoid those of other things.
  private mutating func addExported(_ ids: CaseIDs, of file: Case) {
    for (id, reference) in ids.all {
      let number = reference.number
      switch reference.kind {
      case .claim where claims[id] == nil: claims[id] = file.claims[number]
      case .citation where citations[id] == nil: citations[id] = file.citations[number]
      case .annotation where annotations[id] == nil: annotations[id] = file.annotations[number]
      case .dispute where disputes[id] == nil: disputes[id] = file.disputes[number]
      case .conclusion where conclusions[id] == nil: conclusions[id] = file.conclusions[number]
      default: break
      }
    }
  }

  /// The claim that says exactly what the draft says. Claims imported under an id in `ids` have an entry of their own.
  func claim(saying draft: ClaimDraft, exceptMarkedWith ids: Set<String>) -> Claim? {
    byContent[draft]?.first { claim in
      claim.mark.map { !ids.contains($0.id) } ?? true
    }
  }

  /// Of several under one id the last that stands is meant.
  private static func index<Item>(
    _ items: [Item], _ kind: ItemReference.Kind,
    _ traits: (Item) -> (mark: ImportMark?, number: Int, stands: Bool)
  ) -> [String: Item] {
    var index: [String: Item] = [:]
    for item in items {
      let (mark, number, _) = traits(item)
      if mark == nil { index["\(kind.rawValue)\(number)"] = item }
    }
    for item in items {
      guard let mark = traits(item).mark else { continue }
      if let earlier = index[mark.id], traits(earlier).mark != nil, traits(earlier).stands,
        !traits(item).stands
      {
        continue
      }
      index[mark.id] = item
    }
    return index
  }
}
