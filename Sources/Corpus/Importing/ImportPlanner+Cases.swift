import Casebook

// MARK: Cases and claims

extension ImportPlanner {
  mutating func planCase(_ entry: Entry<CaseContent>) {
    let slug = entry.content.slug
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    guard let old = before.cases[slug] else {
      script.add(OpenCase(entry.content, mark: mark), from: entry.origin)
      note(.recorded, .caseFile, entry.id, .file(slug), entry.origin)
      return
    }
    guard old.kind == entry.content.kind else {
      log.add(
        entry.origin.problem(
          "kind: the case was opened as a \(old.kind.rawValue), for ever; give this one another name",
          at: "kind"))
      return
    }
    if old.isClosed, takenBack.contains(old.lastPosition) {
      script.add(ReopenCase(slug, reason: reasonOfReturn), from: entry.origin)
    }
    let name = entry.content.name ?? old.name
    let verdict = Verdict(
      isSame: old.name == name, digest: mark.digest, mark: old.mark, hasDiverged: old.hasDiverged,
      sinceExport: SinceExport((exported?.cases[slug]).map(\.name), old.name))
    let reason = reason
    settle(verdict, .caseFile, entry.id, .file(slug), entry.origin) {
      RenameCase(slug, name: name ?? "", reason: reason, mark: mark)
    }
  }

  mutating func planClaims(_ entries: [ClaimEntry], of slug: Slug) {
    let index = index(of: slug)
    let ids = Set(entries.compactMap(\.id))
    for entry in entries {
      guard let number = planClaim(entry, slug, index, ids) else { continue }
      let reference = ItemReference(slug, .claim, number)
      if let id = entry.id { references[slug, default: [:]][id] = reference }
      for citation in entry.citations {
        planCitation(citation, on: .claim(number), owner: entry.id ?? reference.local, slug, index)
      }
    }
  }

  /// - Returns: the claim's number; nil when it is refused.
  private mutating func planClaim(
    _ entry: ClaimEntry, _ slug: Slug, _ index: CaseIndex, _ ids: Set<String>
  ) -> Int? {
    if let id = entry.id, let old = index.claims[id] {
      if isTakenBack(old) { return restore(old, as: entry, slug) }
      compare(entry, with: old, slug, id)
      return old.number
    }
    if let same = index.claim(saying: entry.draft, exceptMarkedWith: ids) {
      let reference = ItemReference(slug, .claim, same.number)
      adopted.insert(reference)
      if isTakenBack(same) { return restore(same, as: entry, slug) }
      let isWithdrawn = same.status == .withdrawn
      note(
        isWithdrawn ? .diverged : .unchanged, .claim, entry.id ?? reference.local,
        .item(reference), entry.origin, isWithdrawn ? "it is withdrawn" : nil)
      return same.number
    }
    return record(entry, slug)
  }

  private mutating func record(_ entry: ClaimEntry, _ slug: Slug) -> Int? {
    let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest) }
    let reference = script.add(RecordClaim(slug, entry.draft, mark: mark), from: entry.origin)
    guard case .item(let item)? = reference else { return nil }
    note(.recorded, .claim, entry.id ?? item.local, reference, entry.origin)
    return item.number
  }

  private func isTakenBack(_ claim: Claim) -> Bool {
    claim.status == .withdrawn && takenBack.contains(claim.changed.position)
  }

  private var reasonOfReturn: String { options.message ?? "imported again" }

  /// Lets a claim whose import was undone stand again, as the entry has it now. No claim is recorded twice.
  private mutating func restore(_ old: Claim, as entry: ClaimEntry, _ slug: Slug) -> Int? {
    // No claim passes from one source to another.
    guard entry.draft.source == old.content.source.text else { return record(entry, slug) }
    let reference = ItemReference(slug, .claim, old.number)
    script.add(ReinstateClaim(reference, reason: reasonOfReturn), from: entry.origin)
    let edit = ClaimEdit(from: ClaimDraft(old.content), to: entry.draft)
    if !edit.isEmpty {
      let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest) }
      script.add(
        CorrectClaim(
          reference, edit, kind: options.correctionKind ?? edit.likelyKind,
          reason: reasonOfReturn, mark: mark), from: entry.origin)
    }
    note(.recorded, .claim, entry.id ?? reference.local, .item(reference), entry.origin)
    return old.number
  }

  private mutating func compare(_ entry: ClaimEntry, with old: Claim, _ slug: Slug, _ id: String) {
    let reference = ItemReference(slug, .claim, old.number)
    guard old.status == .current else {
      note(.diverged, .claim, id, .item(reference), entry.origin, "it is withdrawn")
      return
    }
    let edit = ClaimEdit(from: ClaimDraft(old.content), to: entry.draft)
    let isSameSource = entry.draft.source == old.content.source.text
    let digest = entry.digest
    let verdict = Verdict(
      isSame: edit.isEmpty && isSameSource, digest: digest, mark: old.mark,
      hasDiverged: old.hasDiverged, sinceExport: sinceExport(old, of: slug))
    if verdict == .corrected, !isSameSource {
      log.add(
        entry.origin.problem(
          "\(reference) is a claim of \(old.content.source), for ever; give the claim of "
            + "\(entry.draft.source ?? "another source") an id of its own", at: "id"))
      return
    }
    let kind = options.correctionKind ?? edit.likelyKind
    let reason = reason
    settle(verdict, .claim, id, .item(reference), entry.origin) {
      CorrectClaim(
        reference, edit, kind: kind, reason: reason, mark: ImportMark(id: id, digest: digest))
    }
  }
}

extension ClaimEdit {
  /// The kind of mistake that a change of these fields mends.
  var likelyKind: CorrectionKind {
    guard qualifiers.isEmpty else { return .interpretation }
    let changed = Set(fields.keys)
    if changed == [.locator] { return .locator }
    return changed.isSubset(of: [.quote, .asWritten, .locator]) ? .transcription : .interpretation
  }
}

// MARK: Citations, annotations, disputes

extension ImportPlanner {
  mutating func planCitation(
    _ entry: CitationEntry, on target: CitationTarget, owner: String, _ slug: Slug,
    _ index: CaseIndex
  ) {
    let content = CitationContent(
      target: target, work: entry.work, locator: entry.locator, note: entry.note,
      role: entry.role)
    if let id = entry.id, let old = index.citations[id] {
      compare(entry, content, with: old, owner: owner, slug, id)
      return
    }
    let file = before.cases[slug]
    if let same = file?.citations(of: target).first(where: { $0.content == content }) {
      let reference = ItemReference(slug, .citation, same.number)
      adopted.insert(reference)
      if let id = entry.id { references[slug, default: [:]][id] = reference }
      note(.unchanged, .citation, entry.id ?? reference.local, .item(reference), entry.origin)
      return
    }
    guard stands(target, slug) else {
      note(
        .diverged, .citation, entry.id ?? "", nil, entry.origin,
        "\(slug)/\(target.local), which it is on, is withdrawn")
      return
    }
    let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest(on: owner)) }
    let reference = script.add(AddCitation(slug, content, mark: mark), from: entry.origin)
    guard case .item(let item)? = reference else { return }
    if let id = entry.id { references[slug, default: [:]][id] = item }
    note(.recorded, .citation, entry.id ?? item.local, reference, entry.origin)
  }

  private mutating func compare(
    _ entry: CitationEntry, _ content: CitationContent, with old: Citation, owner: String,
    _ slug: Slug, _ id: String
  ) {
    let reference = ItemReference(slug, .citation, old.number)
    references[slug, default: [:]][id] = reference
    guard !old.isWithdrawn else {
      note(.diverged, .citation, id, .item(reference), entry.origin, "it is withdrawn")
      return
    }
    let digest = entry.digest(on: owner)
    let verdict = Verdict(
      isSame: old.content == content, digest: digest, mark: old.mark,
      hasDiverged: old.hasDiverged, sinceExport: sinceExport(old, of: slug))
    if verdict == .corrected, old.content.target != content.target {
      log.add(
        entry.origin.problem(
          "\(reference) belongs to \(slug)/\(old.content.target.local), for ever; give this "
            + "citation an id of its own", at: "id"))
      return
    }
    let reason = reason
    settle(verdict, .citation, id, .item(reference), entry.origin) {
      CorrectCitation(
        reference, CorrectCitation.Edit(content), reason: reason,
        mark: ImportMark(id: id, digest: digest))
    }
  }

  /// Whether what a citation is on stands, what this import records included.
  private func stands(_ target: CitationTarget, _ slug: Slug) -> Bool {
    switch target {
    case .claim(let number): script.state.cases[slug]?.claims[number]?.status == .current
    case .annotation(let number):
      script.state.cases[slug]?.annotations[number]?.isWithdrawn == false
    }
  }

  /// Disputes and conclusions, then annotations, which may be about them.
  mutating func planRemarks(_ file: CaseFile) {
    let slug = file.file.content.slug
    let index = index(of: slug)
    for entry in file.disputes { planDispute(entry, slug, index) }
    for entry in file.conclusions { planConclusion(entry, slug, index) }
    for entry in file.identities { planIdentity(entry, of: slug) }
    // Each comes after what it is about. What is left is about something that was refused, which has been said.
    var waiting: [String: [Int]] = [:]
    var ready: [Int] = []
    for (place, entry) in file.annotations.enumerated() {
      if let target = entry.target, references[slug]?[target] == nil {
        waiting[target, default: []].append(place)
      } else {
        ready.append(place)
      }
    }
    while !ready.isEmpty {
      for place in ready { planAnnotation(file.annotations[place], slug, index) }
      let there = ready.flatMap { file.annotations[$0].ids }.filter {
        references[slug]?[$0] != nil
      }
      ready = there.flatMap { waiting.removeValue(forKey: $0) ?? [] }.sorted()
    }
  }

  private mutating func planAnnotation(
    _ entry: AnnotationEntry, _ slug: Slug, _ index: CaseIndex
  ) {
    let target =
      entry.target.flatMap { references[slug]?[$0] }.map(Reference.item) ?? .file(slug)
    let content = AnnotationContent(
      target: target, text: entry.text, motivation: entry.motivation, tags: entry.tags)
    guard let number = planAnnotation(entry, content, slug, index) else { return }
    let reference = ItemReference(slug, .annotation, number)
    if let id = entry.id { references[slug, default: [:]][id] = reference }
    for citation in entry.citations {
      planCitation(
        citation, on: .annotation(number), owner: entry.id ?? reference.local, slug, index)
    }
  }

  private mutating func planAnnotation(
    _ entry: AnnotationEntry, _ content: AnnotationContent, _ slug: Slug, _ index: CaseIndex
  ) -> Int? {
    if let id = entry.id, let old = index.annotations[id] {
      let reference = ItemReference(slug, .annotation, old.number)
      guard !old.isWithdrawn else {
        note(.diverged, .annotation, id, .item(reference), entry.origin, "it is withdrawn")
        return old.number
      }
      let mark = ImportMark(id: id, digest: entry.digest)
      let verdict = Verdict(
        isSame: old.content == content, digest: mark.digest, mark: old.mark,
        hasDiverged: old.hasDiverged, sinceExport: sinceExport(old, of: slug))
      if verdict == .corrected, old.content.target != content.target {
        log.add(
          entry.origin.problem(
            "\(reference) is about \(old.content.target), for ever; give this annotation an id of "
              + "its own", at: "on"))
        return nil
      }
      let reason = reason
      settle(verdict, .annotation, id, .item(reference), entry.origin) {
        ReviseAnnotation(
          reference, text: content.text, motivation: .some(content.motivation),
          tags: content.tags, reason: reason, mark: mark)
      }
      return old.number
    }
    if let same = index.annotationsByContent[content] {
      note(
        .unchanged, .annotation, entry.id ?? "a\(same.number)",
        .item(ItemReference(slug, .annotation, same.number)), entry.origin)
      return same.number
    }
    let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest) }
    let reference = script.add(AddAnnotation(content, mark: mark), from: entry.origin)
    guard case .item(let item)? = reference else { return nil }
    note(.recorded, .annotation, entry.id ?? item.local, reference, entry.origin)
    return item.number
  }

  private mutating func planDispute(_ entry: DisputeEntry, _ slug: Slug, _ index: CaseIndex) {
    // A claim that is not there was refused, which has been said.
    guard let claim = references[slug]?[entry.claim] else { return }
    var counter: ItemReference?
    if let id = entry.counter {
      guard let found = self.claim(id, slug) else {
        log.add(
          entry.origin.problem(
            "counter: there is no claim \"\(id)\"; write an id of this file or CASE/ID",
            at: "counter"))
        return
      }
      counter = found
    }
    let content = DisputeContent(claim: claim.number, grounds: entry.grounds, counter: counter)
    let open = before.cases[slug]?.openDisputes(of: claim.number)
    if let old = entry.id.flatMap({ index.disputes[$0] })
      ?? open?.first(where: { $0.content == content })
    {
      let reference = ItemReference(slug, .dispute, old.number)
      if let id = entry.id { references[slug, default: [:]][id] = reference }
      let why =
        !old.isOpen
        ? "it is resolved"
        : "a dispute is not corrected; resolve it and give the new one an id of its own"
      let isSame = old.isOpen && old.content == content
      note(
        isSame ? .unchanged : .diverged, .dispute, entry.id ?? reference.local,
        .item(reference), entry.origin, isSame ? nil : why)
      return
    }
    guard stands(.claim(claim.number), slug) else {
      note(
        .diverged, .dispute, entry.id ?? "", nil, entry.origin, "\(claim) is withdrawn")
      return
    }
    let mark = entry.id.map { ImportMark(id: $0, digest: entry.digest) }
    let command = DisputeClaim(claim, grounds: entry.grounds, counter: counter, mark: mark)
    let reference = script.add(command, from: entry.origin)
    guard case .item(let item)? = reference else { return }
    if let id = entry.id { references[slug, default: [:]][id] = item }
    note(.recorded, .dispute, entry.id ?? item.local, reference, entry.origin)
  }

  /// The claim that an id, or an id of another case, stands for.
  mutating func claim(_ id: String, _ slug: Slug) -> ItemReference? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return references[slug]?[id] }
    guard let other = try? Slug(parts[0]) else { return nil }
    if let found = references[other]?[parts[1]] { return found }
    return index(of: other).claims[parts[1]].map {
      ItemReference(other, .claim, $0.number)
    }
  }
}
