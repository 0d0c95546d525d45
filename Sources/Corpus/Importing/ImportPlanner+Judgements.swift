import Casebook

// MARK: Conclusions and identities

extension ImportPlanner {
  mutating func planConclusion(_ entry: ConclusionEntry, _ slug: Slug, _ index: CaseIndex) {
    var grounds: [ItemReference] = []
    for id in entry.grounds {
      guard let claim = claim(id, slug) else {
        log.add(entry.origin.noClaim(id))
        return
      }
      grounds.append(claim)
    }
    let draft = entry.draft(on: grounds)
    if let id = entry.id, let old = index.conclusions[id] {
      compare(entry, draft, with: old, slug, id)
      return
    }
    if let same = index.conclusionsByContent[draft] {
      let reference = ItemReference(slug, .conclusion, same.number)
      if let id = entry.id { references[slug, default: [:]][id] = reference }
      note(.unchanged, .conclusion, entry.id ?? reference.local, .item(reference), entry.origin)
      return
    }
    let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest) }
    let reference = script.add(DrawConclusion(slug, draft, mark: mark), from: entry.origin)
    guard case .item(let item)? = reference else { return }
    if let id = entry.id { references[slug, default: [:]][id] = item }
    note(.recorded, .conclusion, entry.id ?? item.local, reference, entry.origin)
  }

  private mutating func compare(
    _ entry: ConclusionEntry, _ draft: ConclusionDraft, with old: Conclusion, _ slug: Slug,
    _ id: String
  ) {
    let reference = ItemReference(slug, .conclusion, old.number)
    references[slug, default: [:]][id] = reference
    guard !old.isWithdrawn else {
      note(.diverged, .conclusion, id, .item(reference), entry.origin, "it is withdrawn")
      return
    }
    let mark = ImportMark(id: id, digest: entry.digest)
    let verdict = Verdict(
      isSame: ConclusionDraft(old.content) == draft, digest: mark.digest, mark: old.mark,
      hasDiverged: old.hasDiverged, sinceExport: sinceExport(old, of: slug))
    if verdict == .corrected, old.content.predicate != entry.adopted.predicate {
      log.add(entry.origin.anotherPredicate(reference, old.content.predicate))
      return
    }
    let reason = reason
    settle(verdict, .conclusion, id, .item(reference), entry.origin) {
      ReviseConclusion(
        reference, ConclusionEdit(draft), reason: reason, named: old.namedCases, mark: mark)
    }
  }

  /// A judgement stands on both of its cases, and perhaps in both of their files: where they differ, the one that was
  /// changed counts.
  mutating func planIdentity(_ entry: IdentityEntry, of slug: Slug) {
    let content = entry.content
    let old = before.cases[slug]?.identities[content.other]
    let now = script.state.cases[slug]?.identities[content.other]
    let id = "\(slug) and \(content.other)"
    if now?.content == content || old?.content == content {
      note(.unchanged, .identity, id, .file(slug), entry.origin)
      return
    }
    let mark = ImportMark(id: content.other.text, digest: entry.digest)
    let command = JudgeIdentity(
      slug, content.other, content.judgement, grounds: content.grounds, mark: mark)
    guard let old else {
      guard script.add(command, from: entry.origin) != nil else { return }
      note(.recorded, .identity, id, .file(slug), entry.origin)
      return
    }
    let then = exported?.cases[slug]?.identities[content.other]
    let verdict = Verdict(
      isSame: false, digest: mark.digest, mark: old.mark, hasDiverged: old.mark == nil,
      sinceExport: SinceExport(then?.content, old.content))
    settle(verdict, .identity, id, .file(slug), entry.origin) { command }
  }

  private func sinceExport(_ conclusion: Conclusion, of slug: Slug) -> SinceExport {
    let then = exported?.cases[slug]?.conclusions[conclusion.number]
    return SinceExport(then?.isWithdrawn == false ? then?.content : nil, conclusion.content)
  }

  /// Notes what was imported and is no longer in the files, or withdraws it.
  mutating func planMissingConclusion(_ old: Conclusion, _ id: String, of slug: Slug) {
    let reference = ItemReference(slug, .conclusion, old.number)
    let isForeign =
      (old.mark == nil || old.hasDiverged) && sinceExport(old, of: slug) != .unchanged
    let reason = reason
    settleMissing(.conclusion, id, .item(reference), hasDiverged: isForeign) {
      WithdrawConclusion(reference, reason: reason)
    }
  }

  /// Notes judgements that were imported and are no longer in the file. One is changed by another, never taken away.
  mutating func planMissingIdentities(of old: Case, _ entries: [IdentityEntry]) {
    let present = Set(entries.map(\.content.other))
    for identity in old.sortedIdentities
    where identity.mark != nil && !present.contains(identity.content.other) {
      note(
        .missing, .identity, "\(old.slug) and \(identity.content.other)", .file(old.slug), nil,
        "a judgement stays until another replaces it")
    }
  }
}

extension Origin {
  /// That an id stands for no claim.
  func noClaim(_ id: String) -> Problem {
    problem(
      "on: there is no claim \"\(id)\"; write an id of this file or CASE/ID", at: "on")
  }

  /// That a conclusion would be about something else.
  func anotherPredicate(_ reference: ItemReference, _ predicate: String) -> Problem {
    problem(
      "\(reference) is about \(predicate), for ever; give the conclusion about another predicate an "
        + "id of its own", at: "id")
  }
}
