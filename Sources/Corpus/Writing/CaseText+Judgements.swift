import Casebook

// MARK: Conclusions and identities

extension CaseText {
  /// The conclusions shown, each with what its file calls the claims that it rests on.
  var conclusions: [(conclusion: Conclusion, grounds: [String])] {
    guard only == nil else { return [] }
    return file.standingConclusions.compactMap { conclusion in
      guard ids[.conclusion, conclusion.number] != nil else { return nil }
      let grounds = conclusion.content.grounds.compactMap { counters[$0] ?? ids[$0] }
      return grounds.count == conclusion.content.grounds.count ? (conclusion, grounds) : nil
    }
  }

  func write(_ conclusion: Conclusion, on grounds: [String], to lines: inout YAMLLines) {
    let draft = ConclusionDraft(conclusion.content)
    lines.item { lines in
      lines.field("id", ids[.conclusion, conclusion.number])
      lines.field("predicate", draft.adopted.predicate)
      write(draft.adopted, to: &lines)
      lines.list("on", grounds)
      lines.field("basis", draft.basis)
      lines.field("likelihood", draft.likelihood?.rawValue)
      lines.field("confidence", draft.confidence?.rawValue)
    }
  }

  /// The value or state, that it was not this, and the qualifiers.
  func write(_ draft: ClaimDraft, to lines: inout YAMLLines) {
    lines.field("value", draft.value)
    if draft.state != .value { lines.field("state", draft.state.rawValue) }
    if draft.isNegative { lines.field("not", "true") }
    lines.members(
      "with", draft.qualifiers.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
  }

  func write(_ identity: IdentityContent, to lines: inout YAMLLines) {
    lines.item { lines in
      lines.field("other", identity.other.text)
      lines.field("judgement", identity.judgement.rawValue)
      lines.field("grounds", identity.grounds)
    }
  }
}
