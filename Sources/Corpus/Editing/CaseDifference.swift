import Casebook

/// Turns the difference between a case and its edited text into commands.
struct CaseDifference {
  private let document: CaseDocument
  private let reason: String?
  private let kind: CorrectionKind?
  private let log: ProblemLog

  private var script: CommandScript
  private var recorded = 0
  private var corrected = 0
  private var withdrawn = 0

  /// What the ids of the edited text stand for.
  private var references: [String: ItemReference] = [:]
  /// What the edited text still holds.
  private var kept: Set<ItemReference> = []
  private let known: [String: ItemReference]

  init(
    _ document: CaseDocument, _ state: CasebookState, head: Int64, reason: String?,
    kind: CorrectionKind?, _ log: ProblemLog
  ) {
    self.document = document
    self.reason = reason ?? "(no reason given yet)"
    self.kind = kind
    self.log = log
    known = document.ids.all
    script = CommandScript(state, head: head, log)
  }

  private var file: Case { document.file }
  private var slug: Slug { document.file.slug }

  var changes: CaseChanges {
    CaseChanges(
      commands: script.commands, recorded: recorded, corrected: corrected, withdrawn: withdrawn)
  }

  mutating func compare(_ edited: CaseFile) {
    compareCase(edited.file)
    for entry in edited.claims { compareClaim(entry) }
    for entry in edited.disputes { compareDispute(entry) }
    for entry in edited.conclusions { compareConclusion(entry) }
    compareIdentities(edited.identities)
    var waiting = edited.annotations
    while !waiting.isEmpty {
      let references = references
      let isReady = { (entry: AnnotationEntry) in
        entry.target.map { references[$0] != nil } ?? true
      }
      let ready = waiting.filter(isReady)
      guard !ready.isEmpty else { break }
      waiting.removeAll(where: isReady)
      for entry in ready { compareAnnotation(entry) }
    }
    guard log.isEmpty else { return }
    withdrawRemoved()
  }

  private mutating func change(_ command: any Command, _ origin: Origin) {
    script.add(command, from: origin)
    corrected += 1
  }

  private mutating func record(_ command: any Command, _ id: String?, _ origin: Origin) -> Int? {
    guard case .item(let item)? = script.add(command, from: origin) else { return nil }
    recorded += 1
    if let id { references[id] = item }
    return item.number
  }

  /// Notes when an entry has the id of something of another kind.
  private func isFree(_ id: String?, for kind: ItemReference.Kind, _ origin: Origin) -> Bool {
    guard let id, let reference = known[id], reference.kind != kind else { return true }
    log.add(origin.problem("the id \"\(id)\" is taken by \(reference)", at: "id"))
    return false
  }

  /// The thing an entry with this id is about; nil for a new one.
  private mutating func existing(_ id: String?) -> ItemReference? {
    guard let id, let reference = known[id] else { return nil }
    references[id] = reference
    kept.insert(reference)
    return reference
  }
}

// MARK: Entries

extension CaseDifference {
  private mutating func compareCase(_ entry: Entry<CaseContent>) {
    let content = entry.content
    guard content.slug == slug else {
      log.add(entry.origin.problem("the short name is \(slug), for ever", at: "case"))
      return
    }
    guard content.kind == file.kind else {
      log.add(
        entry.origin.problem("the kind is \(file.kind.rawValue), for ever", at: "kind"))
      return
    }
    guard content.name != file.name else { return }
    guard let name = content.name else {
      log.add(entry.origin.problem("a name can be changed but not taken away"))
      return
    }
    change(RenameCase(slug, name: name, reason: reason), entry.origin)
  }

  private mutating func compareClaim(_ entry: ClaimEntry) {
    guard isFree(entry.id, for: .claim, entry.origin) else { return }
    let number: Int
    if let reference = existing(entry.id) {
      guard let old = file.claims[reference.number] else { return }
      number = old.number
      guard entry.draft.source == old.content.source.text else {
        log.add(
          entry.origin.problem(
            "\(reference) is a claim of \(old.content.source), for ever; take the id away to record "
              + "it anew", at: "id"))
        return
      }
      let edit = ClaimEdit(from: ClaimDraft(old.content), to: entry.draft)
      if !edit.isEmpty {
        change(
          CorrectClaim(reference, edit, kind: kind ?? edit.likelyKind, reason: reason),
          entry.origin)
      }
    } else {
      if let only = document.source, entry.draft.source != only.text {
        log.add(
          entry.origin.problem("only claims of \(only) are edited here; edit the whole case"))
        return
      }
      guard let new = record(RecordClaim(slug, entry.draft), entry.id, entry.origin) else { return }
      number = new
    }
    for citation in entry.citations { compareCitation(citation, on: .claim(number)) }
  }

  private mutating func compareCitation(_ entry: CitationEntry, on target: CitationTarget) {
    let content = CitationContent(
      target: target, work: entry.work, locator: entry.locator, note: entry.note,
      role: entry.role)
    guard isFree(entry.id, for: .citation, entry.origin) else { return }
    guard let reference = existing(entry.id) else {
      _ = record(AddCitation(slug, content), entry.id, entry.origin)
      return
    }
    guard let old = file.citations[reference.number], old.content != content else { return }
    guard old.content.target == target else {
      log.add(
        entry.origin.problem(
          "\(reference) belongs to \(old.content.target.local), for ever; take the id away to add it "
            + "here anew", at: "id"))
      return
    }
    change(
      CorrectCitation(reference, CorrectCitation.Edit(content), reason: reason), entry.origin)
  }

  private mutating func compareAnnotation(_ entry: AnnotationEntry) {
    let target = entry.target.flatMap { references[$0] }.map(Reference.item) ?? .file(slug)
    let content = AnnotationContent(
      target: target, text: entry.text, motivation: entry.motivation, tags: entry.tags)
    guard isFree(entry.id, for: .annotation, entry.origin) else { return }
    let number: Int
    if let reference = existing(entry.id) {
      guard let old = file.annotations[reference.number] else { return }
      number = old.number
      guard old.content.target == target else {
        log.add(
          entry.origin.problem(
            "\(reference) is about \(old.content.target), for ever; take the id away to write it "
              + "anew", at: "on"))
        return
      }
      if old.content != content {
        change(
          ReviseAnnotation(
            reference, text: content.text, motivation: .some(content.motivation),
            tags: content.tags, reason: reason), entry.origin)
      }
    } else {
      guard let new = record(AddAnnotation(content), entry.id, entry.origin) else { return }
      number = new
    }
    for citation in entry.citations { compareCitation(citation, on: .annotation(number)) }
  }

  private mutating func compareDispute(_ entry: DisputeEntry) {
    guard let claim = references[entry.claim] else { return }
    let counter = entry.counter.flatMap(namedClaim)
    if let id = entry.counter, counter == nil {
      log.add(entry.origin.problem("counter: there is no claim \"\(id)\"", at: "counter"))
      return
    }
    guard isFree(entry.id, for: .dispute, entry.origin) else { return }
    guard let reference = existing(entry.id) else {
      _ = record(
        DisputeClaim(claim, grounds: entry.grounds, counter: counter), entry.id, entry.origin)
      return
    }
    let content = DisputeContent(claim: claim.number, grounds: entry.grounds, counter: counter)
    guard let old = file.disputes[reference.number], old.content != content else { return }
    log.add(
      entry.origin.problem(
        "a dispute is not corrected; take the entry out to resolve it, or the id away to raise it "
          + "anew"))
  }

  private mutating func compareConclusion(_ entry: ConclusionEntry) {
    guard isFree(entry.id, for: .conclusion, entry.origin) else { return }
    var grounds: [ItemReference] = []
    for id in entry.grounds {
      guard let claim = namedClaim(id) else { return log.add(entry.origin.noClaim(id)) }
      grounds.append(claim)
    }
    let draft = entry.draft(on: grounds)
    guard let reference = existing(entry.id) else {
      _ = record(DrawConclusion(slug, draft), entry.id, entry.origin)
      return
    }
    guard let old = file.conclusions[reference.number], ConclusionDraft(old.content) != draft
    else { return }
    guard old.content.predicate == entry.adopted.predicate else {
      return log.add(entry.origin.anotherPredicate(reference, old.content.predicate))
    }
    change(
      ReviseConclusion(reference, ConclusionEdit(draft), reason: reason, named: old.namedCases),
      entry.origin)
  }

  private mutating func compareIdentities(_ entries: [IdentityEntry]) {
    for entry in entries {
      let content = entry.content
      let old = file.identities[content.other]?.content
      guard old != content else { continue }
      let command = JudgeIdentity(
        slug, content.other, content.judgement, grounds: content.grounds)
      if old == nil {
        if script.add(command, from: entry.origin) != nil { recorded += 1 }
      } else {
        change(command, entry.origin)
      }
    }
    guard document.source == nil else { return }
    let present = Set(entries.map(\.content.other))
    for old in file.sortedIdentities where !present.contains(old.content.other) {
      log.add(
        Problem(
          file: document.name,
          message:
            "the judgement of \(slug) and \(old.content.other) is changed, not taken away: put "
            + "it back, and say unsure if it is"))
    }
  }

  private func namedClaim(_ id: String) -> ItemReference? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return references[id] }
    guard let other = try? Slug(parts[0]), let file = script.state.cases[other] else { return nil }
    let found = CaseIDs(file).all[parts[1]] ?? (try? ItemReference(id))
    return found.flatMap { $0.kind == .claim && file.claims[$0.number] != nil ? $0 : nil }
  }
}

// MARK: What was taken out

extension CaseDifference {
  /// What hangs on a claim goes before it.
  private mutating func withdrawRemoved() {
    let shown = CaseShown(document)
    let removed = known.values.filter { !kept.contains($0) && shown.contains($0) }
    let order: [ItemReference.Kind] = [.conclusion, .dispute, .citation, .annotation, .claim]
    for kind in order {
      for reference in removed.filter({ $0.kind == kind }).sorted(by: { $0.number < $1.number }) {
        switch kind {
        case .dispute: script.add(ResolveDispute(reference, resolution: reason), from: nil)
        case .citation: script.add(WithdrawCitation(reference, reason: reason), from: nil)
        case .annotation: script.add(WithdrawAnnotation(reference, reason: reason), from: nil)
        case .claim: script.add(WithdrawClaim(reference, reason: reason), from: nil)
        case .conclusion: script.add(WithdrawConclusion(reference, reason: reason), from: nil)
        }
        withdrawn += 1
      }
    }
  }
}
