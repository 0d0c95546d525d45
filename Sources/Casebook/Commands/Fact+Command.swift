import StrictJSON

extension Fact {
  /// The command that would have led to the event on the state before it, so that what the log holds can be held against
  /// the guards of commands; nil for what no command leads to, and for what sets another event aside, whose rule is
  /// `Voids`.
  ///
  /// - Throws: `Refusal` when what a command must say is not in the event; `JSONError` when it changes what cannot be changed.
  public func command(on state: CasebookState) throws -> (any Command)? {
    let home = stream.id
    switch event {
    case .casebookCreated, .eventVoided: return nil
    case .predicateDefined(let predicate, let mark): return DefinePredicate(predicate, mark: mark)
    case .predicateRevised(let id, let revision):
      return RevisePredicate(
        try state.predicate(id).applying(revision.changes), reason: revision.reason,
        mark: revision.mark)
    case .tabulationStated(let content, let mark): return StateTabulation(content, mark: mark)
    case .tabulationCorrected(let id, let revision):
      let old = try state.requireRegister().existingTabulation(id).content
      return CorrectTabulation(
        try old.applying(revision.changes), kind: try revision.requiredKind(),
        reason: revision.reason, mark: revision.mark)
    case .tabulationWithdrawn(let id, let reason): return WithdrawTabulation(id, reason: reason)

    case .sourceRegistered(let content, let mark): return RegisterSource(content, mark: mark)
    case .sourceAmended(let revision):
      return AmendSource(
        try state.source(home).content.applying(revision.changes), reason: revision.reason,
        mark: revision.mark)
    case .copyRegistered(let copy, let mark): return RegisterCopy(home, copy, mark: mark)
    case .textAttached(let text): return AttachText(home, text)
    case .sourceDerived(let derivation, let mark):
      return DeriveSource(home, derivation, mark: mark)
    case .sourceGraded(let grade, let grounds): return GradeSource(home, grade, grounds: grounds)

    case .caseOpened(let content, let mark): return OpenCase(content, mark: mark)
    case .caseRenamed(let name, let reason, let mark):
      return RenameCase(home, name: name, reason: reason, mark: mark)
    case .caseClosed(let reason): return CloseCase(home, reason: reason)
    case .caseReopened(let reason): return ReopenCase(home, reason: reason)
    case .identityJudged(let content, let mark):
      return JudgeIdentity(
        home, content.other, content.judgement, grounds: content.grounds, mark: mark)
    default: return try commandOnItem(state)
    }
  }

  /// The same for what is numbered within its stream.
  private func commandOnItem(_ state: CasebookState) throws -> (any Command)? {
    let home = stream.kind == .casebook ? Slug.casebook : stream.id
    switch event {
    case .claimRecorded(_, let content, let mark):
      return RecordClaim(home, ClaimDraft(content), mark: mark)
    case .claimCorrected(let number, let revision):
      let reference = ItemReference(home, .claim, number)
      let old = try state.caseFile(home).claim(reference).content
      let edit = ClaimEdit(
        from: ClaimDraft(old), to: ClaimDraft(try old.applying(revision.changes)))
      return CorrectClaim(
        reference, edit, kind: try revision.requiredKind(), reason: revision.reason,
        mark: revision.mark)
    case .claimWithdrawn(let number, let reason):
      return WithdrawClaim(ItemReference(home, .claim, number), reason: reason)
    case .claimReinstated(let number, let reason):
      return ReinstateClaim(ItemReference(home, .claim, number), reason: reason)
    case .claimDisputed(_, let content, let mark):
      return DisputeClaim(
        ItemReference(home, .claim, content.claim), grounds: content.grounds,
        counter: content.counter, mark: mark)
    case .disputeResolved(let number, let resolution):
      return ResolveDispute(ItemReference(home, .dispute, number), resolution: resolution)

    case .conclusionDrawn(_, let content, let mark):
      return DrawConclusion(home, ConclusionDraft(content), mark: mark)
    case .conclusionRevised(let number, let revision):
      let reference = ItemReference(home, .conclusion, number)
      let content = try state.caseFile(home).conclusion(reference).content
        .applying(revision.changes)
      let draft = ConclusionDraft(content)
      return ReviseConclusion(
        reference, ConclusionEdit(draft), reason: revision.reason,
        named: draft.adopted.mentionedSlugs, mark: revision.mark)
    case .conclusionWithdrawn(let number, let reason):
      return WithdrawConclusion(ItemReference(home, .conclusion, number), reason: reason)

    case .citationAdded(_, let content, let mark): return AddCitation(home, content, mark: mark)
    case .citationCorrected(let number, let revision):
      let reference = ItemReference(home, .citation, number)
      let content = try state.caseFile(home).citation(reference).content
        .applying(revision.changes)
      return CorrectCitation(
        reference, .init(content), kind: try revision.requiredKind(), reason: revision.reason,
        mark: revision.mark)
    case .citationWithdrawn(let number, let reason):
      return WithdrawCitation(ItemReference(home, .citation, number), reason: reason)

    case .annotationAdded(_, let content, let mark): return AddAnnotation(content, mark: mark)
    case .annotationRevised(let number, let revision):
      let reference = ItemReference(home, .annotation, number)
      let old = try state.home(home).annotations.standing(reference).content
      let content = try old.applying(revision.changes)
      return ReviseAnnotation(
        reference, text: content.text, motivation: .some(content.motivation), tags: content.tags,
        reason: revision.reason, mark: revision.mark)
    case .annotationWithdrawn(let number, let reason):
      return WithdrawAnnotation(ItemReference(home, .annotation, number), reason: reason)
    default: return nil
    }
  }

  /// Whether the event adopts the value and the qualifiers that `decision` would: the text of a value may read as another
  /// type than it was stored with.
  public func adoptsTheSame(as decision: Decision) -> Bool {
    switch (event, decision.event) {
    case (.claimRecorded(_, let mine, _), .claimRecorded(_, let other, _)):
      mine.assertion == other.assertion && mine.qualifiers == other.qualifiers
    case (.conclusionDrawn(_, let mine, _), .conclusionDrawn(_, let other, _)):
      mine.assertion == other.assertion && mine.qualifiers == other.qualifiers
    default: true
    }
  }
}

extension Revision {
  /// What kind of mistake a correction mends, which every one says.
  fileprivate func requiredKind() throws(Refusal) -> CorrectionKind {
    guard let kind else {
      throw Refusal(.missingReason, "the correction does not say of what kind it is")
    }
    return kind
  }
}
