import Casebook

/// A case in the form of its file.
struct CaseText {
  /// The case.
  let file: Case
  /// The vocabulary and the sources, for the order of claims and voices.
  let state: CasebookState
  /// The ids of what it holds.
  let ids: CaseIDs
  /// The only voice to write; nil writes all.
  var only: Slug?
  /// The ids of claims that disputes hold against its own and that it does not show, written `CASE/ID`.
  var counters: [ItemReference: String] = [:]

  init(_ file: Case, in state: CasebookState, only: Slug? = nil) {
    self.file = file
    self.state = state
    self.only = only
    ids = CaseIDs(file)
  }

  var text: String {
    var lines = YAMLLines()
    lines.field("case", file.slug.text)
    lines.field("kind", file.kind.rawValue)
    lines.field("name", file.name)
    let voices = voices
    if !voices.isEmpty {
      lines.nested("voices") { lines in
        for voice in voices { write(voice, to: &lines) }
      }
    }
    let annotations = annotations
    if !annotations.isEmpty {
      lines.nested("annotations") { lines in
        for annotation in annotations { write(annotation, to: &lines) }
      }
    }
    let disputes = disputes
    if !disputes.isEmpty {
      lines.nested("disputes") { lines in
        for dispute in disputes { write(dispute, to: &lines) }
      }
    }
    let conclusions = conclusions
    if !conclusions.isEmpty {
      lines.nested("conclusions") { lines in
        for (conclusion, grounds) in conclusions { write(conclusion, on: grounds, to: &lines) }
      }
    }
    if only == nil, !file.identities.isEmpty {
      lines.nested("identities") { lines in
        for identity in file.sortedIdentities { write(identity.content, to: &lines) }
      }
    }
    return lines.text
  }

  /// How many annotations, disputes and conclusions stand but hang on something that does not, so that the form has no place for
  /// them.
  var leftOut: Int {
    file.annotations.sorted.count { !$0.isWithdrawn && ids[.annotation, $0.number] == nil }
      + file.sortedDisputes.count { $0.isOpen && ids[.dispute, $0.number] == nil }
      + file.standingConclusions.count - conclusions.count
  }
}

// MARK: Voices

extension CaseText {
  private struct Voice {
    let source: Slug
    let claims: [Claim]
    /// The locator that most of its claims share.
    let locator: String?
  }

  /// Voices in the order in which their sources were registered; claims in the order of the vocabulary.
  private var voices: [Voice] {
    let current = file.sortedClaims.filter { $0.status == .current }
    let bySource = Dictionary(grouping: current, by: \.content.source)
    return bySource.keys.sorted(by: isEarlier).filter { only == nil || $0 == only }.map { source in
      let claims = (bySource[source] ?? []).sorted { left, right in
        (rank(left), left.number) < (rank(right), right.number)
      }
      return Voice(source: source, claims: claims, locator: Self.shared(claims))
    }
  }

  private func isEarlier(_ left: Slug, _ right: Slug) -> Bool {
    let places = [left, right].map { state.sources[$0]?.registered.position ?? .max }
    return places[0] == places[1] ? left < right : places[0] < places[1]
  }

  private func rank(_ claim: Claim) -> Int {
    state.register?.rank(of: claim.content.predicate) ?? .max
  }

  private static func shared(_ claims: [Claim]) -> String? {
    var counts: [(locator: String, count: Int)] = []
    for claim in claims {
      if let index = counts.firstIndex(where: { $0.locator == claim.content.locator }) {
        counts[index].count += 1
      } else {
        counts.append((claim.content.locator, 1))
      }
    }
    let most = counts.map(\.count).max() ?? 0
    guard most > 1 || claims.count == 1 else { return nil }
    return counts.first { $0.count == most }?.locator
  }

  private func write(_ voice: Voice, to lines: inout YAMLLines) {
    lines.item { lines in
      lines.field("source", voice.source.text)
      lines.field("locator", voice.locator)
      lines.nested("claims") { lines in
        for claim in voice.claims { write(claim, default: voice.locator, to: &lines) }
      }
    }
  }

  private func write(_ claim: Claim, default locator: String?, to lines: inout YAMLLines) {
    let draft = ClaimDraft(claim.content)
    lines.item { lines in
      lines.field("id", ids[.claim, claim.number])
      lines.field("predicate", draft.predicate)
      write(draft, to: &lines)
      lines.field("as-written", draft.asWritten)
      lines.field("hedge", draft.hedge)
      if let who = draft.saidBy {
        lines.field(draft.stance.rawValue, who)
      } else if draft.stance != .asserts {
        lines.field("stance", draft.stance.rawValue)
      }
      if draft.locator != locator { lines.field("locator", draft.locator) }
      lines.field("quote", draft.quote)
      write(file.citations(of: .claim(claim.number)), to: &lines)
    }
  }

  private func write(_ citations: [Citation], to lines: inout YAMLLines) {
    guard !citations.isEmpty else { return }
    lines.nested("citations") { lines in
      for citation in citations {
        lines.item([
          (key: "id", value: ids[.citation, citation.number]),
          (key: "work", value: citation.content.work.text),
          (key: "locator", value: citation.content.locator),
          (key: "note", value: citation.content.note),
          (key: "as", value: citation.content.role.rawValue),
        ])
      }
    }
  }
}

// MARK: Analysts

extension CaseText {
  private var annotations: [Annotation] {
    let shown = CaseShown(file, only: only)
    return file.annotations.sorted.filter { annotation in
      ids[.annotation, annotation.number] != nil && shown.contains(annotation.content.target)
    }
  }

  private var disputes: [Dispute] {
    let shown = CaseShown(file, only: only)
    return file.sortedDisputes.filter { dispute in
      ids[.dispute, dispute.number] != nil
        && shown.contains(ItemReference(file.slug, .dispute, dispute.number))
    }
  }

  private func write(_ annotation: Annotation, to lines: inout YAMLLines) {
    lines.item { lines in
      lines.field("id", ids[.annotation, annotation.number])
      if case .item(let item) = annotation.content.target {
        lines.field("on", ids[item])
      } else {
        lines.field("on", "case")
      }
      lines.field("text", annotation.content.text)
      lines.field("motivation", annotation.content.motivation?.rawValue)
      lines.list("tags", annotation.content.tags)
      write(file.citations(of: .annotation(annotation.number)), to: &lines)
    }
  }

  private func write(_ dispute: Dispute, to lines: inout YAMLLines) {
    lines.item { lines in
      lines.field("id", ids[.dispute, dispute.number])
      lines.field("claim", ids[.claim, dispute.content.claim])
      lines.field("grounds", dispute.content.grounds)
      lines.field("counter", dispute.content.counter.flatMap { counters[$0] ?? ids[$0] })
    }
  }
}
