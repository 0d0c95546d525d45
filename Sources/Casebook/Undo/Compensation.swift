/// What undoes a request: the commands whose events compensate those it appended. Nothing is removed.
public struct Compensation {
  /// The events of the request, in order.
  let facts: [Fact]
  /// The casebook before the request.
  let before: CasebookState
  /// The casebook as the request left it; nil when it is not known, and then all that was changed since counts.
  let left: CasebookState?
  /// The casebook now.
  let now: CasebookState

  /// Prepares to undo the request that appended `facts`; all states hold the cases those facts are about.
  public init(
    undoing facts: [Fact], before: CasebookState, left: CasebookState? = nil, now: CasebookState
  ) {
    self.facts = facts
    self.before = before
    self.left = left
    self.now = now
  }

  /// The commands that undo the request, last event first.
  ///
  /// - Throws: `Refusal` with `notUndoable` when something has changed since, cannot be undone or left nothing to undo.
  public func commands(reason: String) throws(Refusal) -> [any Command] {
    var commands: [any Command] = []
    var done: Set<String> = []
    for fact in facts.reversed() {
      // What can change many times is taken back in one step, from what it is now to what it was.
      if let subject = fact.revisedSubject, !done.insert(subject).inserted { continue }
      commands += try undo(fact, reason)
    }
    guard !commands.isEmpty else {
      throw refusal("the request left nothing behind to undo", "Nothing needs to be done.")
    }
    return commands
  }

  private func undo(_ fact: Fact, _ reason: String) throws(Refusal) -> [any Command] {
    let home = fact.stream.id
    switch fact.event {
    case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
      .claimWithdrawn(let number, _), .claimReinstated(let number, _):
      return try undoClaim(ItemReference(home, .claim, number), reason)
    case .claimDisputed(let number, _, _):
      return try undoDispute(ItemReference(home, .dispute, number), reason)
    case .disputeResolved(let number, _):
      return undoResolution(ItemReference(home, .dispute, number))
    case .conclusionDrawn(let number, _, _), .conclusionRevised(let number, _),
      .conclusionWithdrawn(let number, _):
      return try undoConclusion(ItemReference(home, .conclusion, number), reason)
    case .citationAdded(let number, _, _), .citationCorrected(let number, _),
      .citationWithdrawn(let number, _):
      return try undoCitation(ItemReference(home, .citation, number), reason)
    case .annotationAdded(let number, _, _), .annotationRevised(let number, _),
      .annotationWithdrawn(let number, _):
      let slug = fact.stream.kind == .casebook ? Slug.casebook : home
      return try undoAnnotation(ItemReference(slug, .annotation, number), fact.stream, reason)

    case .caseOpened:
      if let file = now.cases[home] { try requireUntouched(.file(home), file.lastPosition) }
      return [CloseCase(home, reason: reason)]
    case .caseRenamed(let name, _, _):
      return try undoRenaming(home, from: name, reason)
    case .caseClosed:
      try requireStatus(of: home)
      return [ReopenCase(home, reason: reason)]
    case .caseReopened:
      try requireStatus(of: home)
      return [CloseCase(home, reason: reason)]
    case .identityJudged(let content, _):
      return try undoIdentity(home, content.other, reason)

    case .sourceAmended:
      let old = before.sources[home]
      return try original(
        "source \(home)", before: old?.content, now: now.sources[home]?.content
      ).map { [AmendSource($0, reason: reason, mark: old?.standingMark)] } ?? []
    case .predicateRevised(let id, _):
      let old = before.register?.entry(id)
      return try original(
        "predicate \(id)", before: old?.predicate, now: now.register?.predicate(id)
      ).map { [RevisePredicate($0, reason: reason, mark: old?.standingMark)] } ?? []
    case .tabulationStated(let content, _):
      _ = try original(
        "tabulation/\(content.id)", before: content,
        now: now.register?.tabulation(content.id)?.content)
      return [WithdrawTabulation(content.id, reason: reason)]
    case .tabulationCorrected(let id, let revision):
      let old = before.register?.tabulation(id)
      return try original(
        "tabulation/\(id)", before: old?.content, now: now.register?.tabulation(id)?.content
      ).map {
        [
          CorrectTabulation(
            $0, kind: revision.kind ?? .interpretation, reason: reason, mark: old?.standingMark)
        ]
      } ?? []

    case .accessGranted(let content):
      return try undoAccess(of: content.role)
    case .accessRevoked(let role):
      return try undoAccess(of: role)

    case .casebookCreated, .predicateDefined, .tabulationWithdrawn, .eventVoided,
      .sourceRegistered, .copyRegistered, .textAttached, .sourceDerived, .sourceGraded:
      throw refusal(
        "@\(fact.position) (\(fact.event.type.rawValue)) has no opposite",
        "What it registered stays; record what should hold instead.")
    }
  }
}

// MARK: What must hold

extension Compensation {
  /// Refuses when the last change was made by an event that is not the request's.
  func requireUntouched(_ reference: Reference, _ position: Int64) throws(Refusal) {
    guard facts.contains(where: { $0.position == position }) else {
      throw refusal(
        "\(reference) was changed again since, at @\(position)",
        "Look at it with: dossier history \(reference.home.map(\.text) ?? reference.description)")
    }
  }

  /// The same, unless whoever made the request changed it since and it is again as the request left it: so one goes back
  /// step by step. What somebody else has come back to is theirs to say.
  func requireUntouched<Item: Undoable>(
    _ reference: Reference, _ current: Item, left: Item?
  ) throws(Refusal) {
    let isOwn = facts.contains { isSameText($0.recordedBy, current.changed.by) }
    if isOwn, left?.isAs(current) == true { return }
    try requireUntouched(reference, current.changed.position)
  }

  /// What to go back to; nil when the request as a whole changed nothing.
  ///
  /// - Throws: `Refusal` when what there is now is not what the request left.
  private func original<Content: Amendable>(
    _ subject: String, before: Content?, now: Content?
  ) throws(Refusal) -> Content? {
    guard let before, let now else { return nil }
    var left = before
    for fact in facts where fact.revisedSubject == subject {
      guard let changes = fact.revision?.changes else { continue }
      do { left = try left.applying(changes) } catch {
        throw refusal("@\(fact.position) cannot be read: \(error)", "Record what should hold.")
      }
    }
    guard left.isIdentical(to: now) else {
      throw refusal("\(subject) was changed again since", "Change it by hand if it is still wrong.")
    }
    return before.isIdentical(to: now) ? nil : before
  }

  func refusal(_ message: String, _ remedy: String) -> Refusal {
    Refusal(.notUndoable, message, remedy: remedy)
  }
}

extension Fact {
  /// What the event changes and other events may change too, by a name of its own; nil for events that are undone one
  /// by one.
  fileprivate var revisedSubject: String? {
    switch event {
    case .claimRecorded, .claimCorrected, .claimWithdrawn, .claimReinstated, .citationAdded,
      .citationCorrected, .citationWithdrawn, .annotationAdded, .annotationRevised,
      .annotationWithdrawn, .conclusionDrawn, .conclusionRevised, .conclusionWithdrawn:
      reference.description
    case .caseRenamed: "name of \(stream.id)"
    case .accessGranted(let content): "access of \(content.role)"
    case .accessRevoked(let role): "access of \(role)"
    case .identityJudged(let content, _):
      "identity of " + [stream.id, content.other].sorted().map(\.text).joined(separator: " and ")
    case .sourceAmended: "source \(stream.id)"
    case .predicateRevised(let id, _): "predicate \(id)"
    case .tabulationCorrected(let id, _): "tabulation/\(id)"
    default: nil
    }
  }

  fileprivate var revision: Revision? {
    switch event {
    case .sourceAmended(let revision), .predicateRevised(_, let revision),
      .tabulationCorrected(_, let revision):
      revision
    default: nil
    }
  }
}
