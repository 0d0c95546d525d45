/// What undoes a request: the commands whose events compensate those it appended. Nothing is removed.
public struct Compensation {
  /// The events of the request, in order.
  let facts: [Fact]
  /// The casebook before the request.
  let before: CasebookState
  /// The casebook now.
  let now: CasebookState

  /// Prepares to undo the request that appended `facts`; both states hold the cases those facts are about.
  public init(undoing facts: [Fact], before: CasebookState, now: CasebookState) {
    self.facts = facts
    self.before = before
    self.now = now
  }

  /// The commands that undo the request, last event first.
  ///
  /// - Throws: `Refusal` with `notUndoable` when something has changed since or cannot be undone.
  public func commands(reason: String) throws(Refusal) -> [any Command] {
    var commands: [any Command] = []
    var done: Set<Reference> = []
    for fact in facts.reversed() {
      let home = fact.stream.id
      switch fact.event {
      case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
        .claimWithdrawn(let number, _), .claimReinstated(let number, _):
        let reference = ItemReference(home, .claim, number)
        guard done.insert(.item(reference)).inserted else { continue }
        commands += try undoClaim(reference, reason)
      case .claimDisputed(let number, _, _):
        let reference = ItemReference(home, .dispute, number)
        guard now.cases[home]?.disputes[number]?.isOpen == true else { continue }
        commands.append(ResolveDispute(reference, resolution: reason))
      case .disputeResolved(let number, _):
        guard let content = now.cases[home]?.disputes[number]?.content else { continue }
        commands.append(
          DisputeClaim(
            ItemReference(home, .claim, content.claim), grounds: content.grounds,
            counter: content.counter))
      case .citationAdded(let number, _, _), .citationCorrected(let number, _),
        .citationWithdrawn(let number, _):
        let reference = ItemReference(home, .citation, number)
        guard done.insert(.item(reference)).inserted else { continue }
        commands += try undoCitation(reference, reason)
      case .annotationAdded(let number, _, _), .annotationRevised(let number, _),
        .annotationWithdrawn(let number, _):
        let slug = fact.stream.kind == .casebook ? Slug(known: "casebook") : home
        let reference = ItemReference(slug, .annotation, number)
        guard done.insert(.item(reference)).inserted else { continue }
        commands += try undoAnnotation(reference, fact.stream, reason)
      case .caseOpened:
        commands.append(CloseCase(home, reason: reason))
      case .caseRenamed:
        guard done.insert(.file(home)).inserted else { continue }
        guard let old = before.cases[home]?.name else {
          throw refusal(
            "\(home) had no name before", "Give it another: dossier case rename \(home)")
        }
        commands.append(RenameCase(home, name: old, reason: reason))
      case .caseClosed:
        commands.append(ReopenCase(home, reason: reason))
      case .caseReopened:
        commands.append(CloseCase(home, reason: reason))
      case .sourceAmended:
        guard done.insert(.file(home)).inserted, let old = before.sources[home] else { continue }
        commands.append(AmendSource(old.content, reason: reason))
      case .tabulationStated(let content, _):
        commands.append(WithdrawTabulation(content.id, reason: reason))
      case .tabulationCorrected(let id, let revision):
        guard let old = before.register?.tabulation(id)?.content else { continue }
        commands.append(
          CorrectTabulation(old, kind: revision.kind ?? .interpretation, reason: reason))
      case .predicateRevised(let id, _):
        guard let old = before.register?.predicate(id) else { continue }
        commands.append(RevisePredicate(old, reason: reason))
      case .casebookCreated, .predicateDefined, .tabulationWithdrawn, .eventVoided,
        .sourceRegistered, .copyRegistered, .sourceDerived, .sourceGraded:
        throw refusal(
          "@\(fact.position) (\(fact.event.type.rawValue)) has no opposite",
          "What it registered stays; record what should hold instead.")
      }
    }
    return commands
  }
}

// MARK: One thing at a time

extension Compensation {
  private func undoClaim(
    _ reference: ItemReference, _ reason: String
  ) throws(Refusal) -> [any Command] {
    let current = try now.caseFile(reference.home).claim(reference)
    try requireUntouched(.item(reference), current.changed)
    guard let old = before.cases[reference.home]?.claims[reference.number] else {
      return current.status == .current ? [WithdrawClaim(reference, reason: reason)] : []
    }
    var commands: [any Command] = []
    let edit = ClaimEdit(from: ClaimDraft(current.content), to: ClaimDraft(old.content))
    if current.status == .withdrawn, !edit.isEmpty || old.status == .current {
      commands.append(ReinstateClaim(reference, reason: reason))
    }
    if !edit.isEmpty {
      commands.append(CorrectClaim(reference, edit, kind: .interpretation, reason: reason))
    }
    if old.status == .withdrawn, current.status == .current || !edit.isEmpty {
      commands.append(WithdrawClaim(reference, reason: reason))
    }
    return commands
  }

  private func undoCitation(
    _ reference: ItemReference, _ reason: String
  ) throws(Refusal) -> [any Command] {
    let current = try now.caseFile(reference.home).citation(reference)
    try requireUntouched(.item(reference), current.changed)
    guard let old = before.cases[reference.home]?.citations[reference.number] else {
      return current.isWithdrawn ? [] : [WithdrawCitation(reference, reason: reason)]
    }
    if current.isWithdrawn { return [AddCitation(reference.home, old.content)] }
    var edit = CorrectCitation.Edit()
    edit.work = old.content.work
    edit.locator = .some(old.content.locator)
    edit.note = .some(old.content.note)
    edit.role = old.content.role
    return [CorrectCitation(reference, edit, reason: reason)]
  }

  private func undoAnnotation(
    _ reference: ItemReference, _ stream: StreamAddress, _ reason: String
  ) throws(Refusal) -> [any Command] {
    guard let current = annotations(of: stream, in: now)?[reference.number] else { return [] }
    try requireUntouched(.item(reference), current.changed)
    guard let old = annotations(of: stream, in: before)?[reference.number] else {
      return current.isWithdrawn ? [] : [WithdrawAnnotation(reference, reason: reason)]
    }
    if current.isWithdrawn { return [AddAnnotation(old.content)] }
    return [
      ReviseAnnotation(
        reference, text: old.content.text, motivation: .some(old.content.motivation),
        tags: old.content.tags, reason: reason)
    ]
  }

  private func annotations(of stream: StreamAddress, in state: CasebookState) -> Annotations? {
    switch stream.kind {
    case .casebook: state.register?.annotations
    case .source: state.sources[stream.id]?.annotations
    case .caseFile: state.cases[stream.id]?.annotations
    }
  }

  private func requireUntouched(_ reference: Reference, _ changed: Stamp) throws(Refusal) {
    guard facts.contains(where: { $0.position == changed.position }) else {
      throw refusal(
        "\(reference) was changed again since, at @\(changed.position)",
        "Look at it with: dossier history \(reference)")
    }
  }

  private func refusal(_ message: String, _ remedy: String) -> Refusal {
    Refusal(.notUndoable, message, remedy: remedy)
  }
}
