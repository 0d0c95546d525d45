/// How each thing that belongs to a case is taken back.
extension Compensation {
  func undoClaim(_ reference: ItemReference, _ reason: String) throws(Refusal) -> [any Command] {
    let current = try now.caseFile(reference.home).claim(reference)
    try requireUntouched(
      .item(reference), current, left: left?.cases[reference.home]?.claims[reference.number])
    guard let old = before.cases[reference.home]?.claims[reference.number] else {
      return current.status == .current ? [WithdrawClaim(reference, reason: reason)] : []
    }
    var commands: [any Command] = []
    let edit = ClaimEdit(from: ClaimDraft(current.content), to: ClaimDraft(old.content))
    if current.status == .withdrawn, !edit.isEmpty || old.status == .current {
      commands.append(ReinstateClaim(reference, reason: reason))
    }
    if !edit.isEmpty {
      commands.append(
        CorrectClaim(
          reference, edit, kind: .interpretation, reason: reason, mark: old.standingMark))
    }
    if old.status == .withdrawn, current.status == .current || !edit.isEmpty {
      commands.append(WithdrawClaim(reference, reason: reason))
    }
    return commands
  }

  func undoDispute(_ reference: ItemReference, _ reason: String) throws(Refusal) -> [any Command] {
    let dispute = try now.caseFile(reference.home).dispute(reference)
    guard let resolved = dispute.resolved else {
      return [ResolveDispute(reference, resolution: reason)]
    }
    try requireUntouched(.item(reference), resolved.position)
    return []
  }

  /// A resolved dispute is raised again under a new number, unless the request had raised it itself.
  func undoResolution(_ reference: ItemReference) -> [any Command] {
    guard let content = before.cases[reference.home]?.disputes[reference.number]?.content else {
      return []
    }
    return [
      DisputeClaim(
        ItemReference(reference.home, .claim, content.claim), grounds: content.grounds,
        counter: content.counter)
    ]
  }

  func undoCitation(_ reference: ItemReference, _ reason: String) throws(Refusal) -> [any Command] {
    let current = try now.caseFile(reference.home).citation(reference)
    try requireUntouched(
      .item(reference), current, left: left?.cases[reference.home]?.citations[reference.number])
    guard let old = before.cases[reference.home]?.citations[reference.number] else {
      return current.isWithdrawn ? [] : [WithdrawCitation(reference, reason: reason)]
    }
    let mark = old.standingMark
    if current.isWithdrawn { return [AddCitation(reference.home, old.content, mark: mark)] }
    if current.content.isIdentical(to: old.content) { return [] }
    return [
      CorrectCitation(reference, CorrectCitation.Edit(old.content), reason: reason, mark: mark)
    ]
  }

  func undoConclusion(
    _ reference: ItemReference, _ reason: String
  ) throws(Refusal) -> [any Command] {
    let current = try now.caseFile(reference.home).conclusion(reference)
    try requireUntouched(
      .item(reference), current, left: left?.cases[reference.home]?.conclusions[reference.number])
    guard let old = before.cases[reference.home]?.conclusions[reference.number] else {
      return current.isWithdrawn ? [] : [WithdrawConclusion(reference, reason: reason)]
    }
    let draft = ConclusionDraft(old.content)
    let mark = old.standingMark
    if current.isWithdrawn { return [DrawConclusion(reference.home, draft, mark: mark)] }
    if current.content.isIdentical(to: old.content) { return [] }
    return [ReviseConclusion(reference, ConclusionEdit(draft), reason: reason, mark: mark)]
  }

  func undoAnnotation(
    _ reference: ItemReference, _ stream: StreamAddress, _ reason: String
  ) throws(Refusal) -> [any Command] {
    guard let current = now.annotations(of: stream)?[reference.number] else { return [] }
    try requireUntouched(
      .item(reference), current, left: left?.annotations(of: stream)?[reference.number])
    guard let old = before.annotations(of: stream)?[reference.number] else {
      return current.isWithdrawn ? [] : [WithdrawAnnotation(reference, reason: reason)]
    }
    let (content, mark) = (old.content, old.standingMark)
    if current.isWithdrawn { return [AddAnnotation(content, mark: mark)] }
    if current.content.isIdentical(to: content) { return [] }
    return [
      ReviseAnnotation(
        reference, text: content.text, motivation: .some(content.motivation), tags: content.tags,
        reason: reason, mark: mark)
    ]
  }

  /// What was judged before counts again; two cases that nobody had judged cannot be told apart or together.
  func undoIdentity(_ slug: Slug, _ other: Slug, _ reason: String) throws(Refusal)
    -> [any Command]
  {
    guard let now = now.cases[slug]?.identities[other] else { return [] }
    guard facts.contains(where: { $0.position == now.recorded.position }) else {
      throw refusal(
        "\(slug) and \(other) were judged again since", "Look with: dossier history \(slug)")
    }
    let old = before.cases[slug]?.identities[other]?.content
    if let old, old.isIdentical(to: now.content) { return [] }
    return [
      JudgeIdentity(
        slug, other, old?.judgement ?? .unsure, grounds: old?.grounds ?? reason)
    ]
  }

  /// A case that the request itself opened is closed, so its name need not go back.
  func undoRenaming(_ slug: Slug, from name: String, _ reason: String) throws(Refusal)
    -> [any Command]
  {
    guard let old = before.cases[slug] else { return [] }
    guard isSameText(now.cases[slug]?.name, name) else {
      throw refusal(
        "\(slug) was renamed again since", "Look at it with: dossier history \(slug)")
    }
    guard let oldName = old.name else {
      throw refusal("\(slug) had no name before", "Give it another: dossier case rename \(slug)")
    }
    return isSameText(oldName, name)
      ? [] : [RenameCase(slug, name: oldName, reason: reason, mark: old.standingMark)]
  }

  /// Refuses when the case is no longer as the request's last word on it left it.
  func requireStatus(of slug: Slug) throws(Refusal) {
    let words = facts.compactMap { fact -> Bool? in
      guard fact.stream == StreamAddress(.caseFile, slug) else { return nil }
      return switch fact.event {
      case .caseClosed: true
      case .caseReopened: false
      default: nil
      }
    }
    guard let wasClosed = words.last, now.cases[slug]?.isClosed != wasClosed else { return }
    throw refusal(
      "\(slug) was \(wasClosed ? "reopened" : "closed") since",
      "Look at it with: dossier history \(slug)")
  }
}
