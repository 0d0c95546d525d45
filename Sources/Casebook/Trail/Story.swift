import StrictJSON

/// What one event changed, in the terms of a trail.
struct Story {
  let reference: Reference
  private(set) var predicate: String?
  private(set) var before: [TrailEntry.Field] = []
  private(set) var after: [TrailEntry.Field] = []
  private(set) var locator: String?
  private(set) var reason: String?
  private(set) var correction: CorrectionKind?
  private(set) var claim: ClaimContent?

  init(_ fact: Fact, before old: CasebookState, after new: CasebookState) {
    reference = fact.reference
    let slug = fact.stream.id
    switch fact.event {
    case .casebookCreated(let content): after = FieldTexts.all(content.fields)
    case .predicateDefined(let predicate, _):
      self.predicate = predicate.id
      after = FieldTexts.all(predicate.fields)
    case .predicateRevised(let id, let revision):
      predicate = id
      compare(old.register?.predicate(id), new.register?.predicate(id), revision)
    case .tabulationStated(let content, _):
      locator = content.locator
      after = FieldTexts.all(content.fields)
    case .tabulationCorrected(let id, let revision):
      let content = new.register?.tabulation(id)?.content
      locator = content?.locator
      compare(old.register?.tabulation(id)?.content, content, revision)
    case .tabulationWithdrawn(let id, let why):
      take(old.register?.tabulation(id)?.content, why)
    case .accessGranted(let content):
      before = Self.access(of: content.role, in: old)
      after = FieldTexts.all(content.fields)
    case .accessRevoked(let role):
      before = Self.access(of: role, in: old)
      if before.isEmpty { before = [.init(name: "role", text: role)] }
    case .eventVoided(_, let why), .caseClosed(let why), .caseReopened(let why): reason = why

    case .sourceRegistered(let content, _): after = FieldTexts.all(content.fields)
    case .sourceAmended(let revision):
      compare(old.sources[slug]?.content, new.sources[slug]?.content, revision)
    case .copyRegistered(let copy, _): after = FieldTexts.all(copy.fields)
    case .textAttached(let text): after = FieldTexts.all(text.fields)
    case .sourceDerived(let derivation, _):
      after = FieldTexts.all(derivation.fields, leavingOut: ["grounds"])
      reason = derivation.grounds
      locator = derivation.locator
    case .sourceGraded(let grade, let grounds):
      before =
        (old.sources[slug]?.grade).map { [.init(name: "grade", text: $0.content.rawValue)] } ?? []
      after = [.init(name: "grade", text: grade.rawValue)]
      reason = grounds

    case .caseOpened(let content, _):
      after = FieldTexts.all(content.fields, leavingOut: ["slug"])
    case .caseRenamed(let name, let why, _):
      before = (old.cases[slug]?.name).map { [.init(name: "name", text: $0)] } ?? []
      after = [.init(name: "name", text: name)]
      reason = why
    case .identityJudged(let content, _):
      before =
        (old.cases[slug]?.identities[content.other]?.content).map {
          FieldTexts.all($0.fields, leavingOut: ["other", "grounds"])
        } ?? []
      after = FieldTexts.all(content.fields, leavingOut: ["grounds"])
      reason = content.grounds
    case .claimRecorded(_, let content, _):
      describe(content)
      after = Self.fields(content)
    case .claimCorrected(let number, let revision):
      let content = new.cases[slug]?.claims[number]?.content
      describe(content)
      compare(old.cases[slug]?.claims[number]?.content, content, revision)
    case .claimWithdrawn(let number, let why):
      let content = old.cases[slug]?.claims[number]?.content
      describe(content)
      before = content.map(Self.fields) ?? []
      reason = why
    case .claimReinstated(let number, let why):
      let content = new.cases[slug]?.claims[number]?.content
      describe(content)
      after = content.map(Self.fields) ?? []
      reason = why
    case .claimDisputed(_, let content, _):
      predicate = new.cases[slug]?.claims[content.claim]?.content.predicate
      after = FieldTexts.all(content.fields, leavingOut: ["grounds"])
      reason = content.grounds
    case .disputeResolved(let number, let resolution):
      before = (old.cases[slug]?.disputes[number]?.content).map { FieldTexts.all($0.fields) } ?? []
      reason = resolution

    case .conclusionDrawn(_, let content, _):
      predicate = content.predicate
      after = Self.fields(content)
      reason = content.basis
    case .conclusionRevised(let number, let revision):
      let content = new.cases[slug]?.conclusions[number]?.content
      predicate = content?.predicate
      compare(old.cases[slug]?.conclusions[number]?.content, content, revision)
    case .conclusionWithdrawn(let number, let why):
      let content = old.cases[slug]?.conclusions[number]?.content
      predicate = content?.predicate
      before = content.map(Self.fields) ?? []
      reason = why

    case .citationAdded(_, let content, _):
      after = FieldTexts.all(content.fields)
      locator = content.locator
    case .citationCorrected(let number, let revision):
      let content = new.cases[slug]?.citations[number]?.content
      locator = content?.locator
      compare(old.cases[slug]?.citations[number]?.content, content, revision)
    case .citationWithdrawn(let number, let why):
      take(old.cases[slug]?.citations[number]?.content, why)

    case .annotationAdded(_, let content, _): after = FieldTexts.all(content.fields)
    case .annotationRevised(let number, let revision):
      compare(
        old.annotations(of: fact.stream)?[number]?.content,
        new.annotations(of: fact.stream)?[number]?.content, revision)
    case .annotationWithdrawn(let number, let why):
      take(old.annotations(of: fact.stream)?[number]?.content, why)
    }
  }

  /// The access that a role had; empty where the log does not tell.
  private static func access(of role: String, in state: CasebookState) -> [TrailEntry.Field] {
    (state.register?.access(of: role)?.content).map { FieldTexts.all($0.fields) } ?? []
  }

  private mutating func describe(_ content: ClaimContent?) {
    claim = content
    predicate = content?.predicate
    locator = content?.locator
  }

  private mutating func compare<Content: Amendable>(
    _ old: Content?, _ new: Content?, _ revision: Revision
  ) {
    reason = revision.reason
    correction = revision.kind
    guard let old, let new else { return }
    (before, after) = FieldTexts.differences(from: old.fields, to: new.fields)
  }

  private mutating func take<Content: Amendable>(_ content: Content?, _ why: String) {
    before = content.map { FieldTexts.all($0.fields) } ?? []
    reason = why
  }

  /// A conclusion's fields; the predicate is told beside them.
  private static func fields(_ content: ConclusionContent) -> [TrailEntry.Field] {
    var hidden: Set<String> = ["predicate", "basis"]
    if content.assertion.state == .value { hidden.insert("state") }
    if !content.isNegative { hidden.insert("polarity") }
    return FieldTexts.all(content.fields, leavingOut: hidden)
  }

  /// A claim's fields; the predicate and the locator are told beside them.
  private static func fields(_ content: ClaimContent) -> [TrailEntry.Field] {
    var hidden: Set<String> = ["predicate", "locator", "source"]
    if content.assertion.state == .value { hidden.insert("state") }
    if !content.isNegative { hidden.insert("polarity") }
    if content.attribution == .asserted { hidden.insert("attribution") }
    return FieldTexts.all(content.fields, leavingOut: hidden)
  }
}
