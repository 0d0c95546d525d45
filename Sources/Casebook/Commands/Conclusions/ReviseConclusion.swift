public import StrictJSON

/// What a revision changes in a conclusion; nil leaves a part as it is, an inner nil takes it away.
public struct ConclusionEdit: Hashable, Sendable {
  /// Another state and value, or that it was not this; nothing else of the draft counts.
  public var adopted: ClaimDraft?
  /// Other qualifiers.
  public var qualifiers: [String: String]?
  /// Other claims that it rests on.
  public var grounds: [ItemReference]?
  /// Another basis.
  public var basis: String?
  /// Another likelihood.
  public var likelihood: Likelihood??
  /// Another confidence.
  public var confidence: Confidence??

  /// An edit of nothing.
  public init() {}

  /// An edit that leads to `draft`.
  public init(_ draft: ConclusionDraft) {
    adopted = draft.adopted
    qualifiers = draft.adopted.qualifiers
    grounds = draft.grounds
    basis = draft.basis
    likelihood = .some(draft.likelihood)
    confidence = .some(draft.confidence)
  }

  var json: JSON {
    .members(
      ("adopted", adopted?.json),
      (
        "qualifiers",
        qualifiers.map { qualifiers in
          .object(
            JSONObject(qualifiers.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
      ),
      ("on", grounds.map { .array($0.map(JSON.reference)) }), ("basis", .text(basis)),
      ("likelihood", likelihood.map { $0.map { .string($0.rawValue) } ?? .null }),
      ("confidence", confidence.map { $0.map { .string($0.rawValue) } ?? .null }))
  }

  func applied(to old: ConclusionDraft) -> ConclusionDraft {
    var draft = old
    if let adopted {
      draft.adopted.state = adopted.state
      draft.adopted.value = adopted.value
      draft.adopted.isNegative = adopted.isNegative
    }
    if let qualifiers { draft.adopted.qualifiers = qualifiers }
    if let grounds { draft.grounds = grounds }
    if let basis { draft.basis = basis }
    if let likelihood { draft.likelihood = likelihood }
    if let confidence { draft.confidence = confidence }
    return draft
  }
}

/// Changes a conclusion, or lets it stand when the claims it rests on moved. The earlier one stays in the history.
public struct ReviseConclusion: Command {
  let reference: ItemReference
  let edit: ConclusionEdit
  let reason: String?
  let mark: ImportMark?
  let named: Set<Slug>

  /// Revises the conclusion `reference` as `edit` says. `named` are the cases that it names already: what is not changed
  /// is read again beside what is.
  public init(
    _ reference: ItemReference, _ edit: ConclusionEdit, reason: String?, named: Set<Slug> = [],
    mark: ImportMark? = nil
  ) {
    self.reference = reference
    self.edit = edit
    self.reason = reason
    self.named = named
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "conclusion.revise"), ("ref", .reference(reference)), ("edit", edit.json),
      ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> {
    let texts = [edit.adopted?.value].compactMap { $0 } + (edit.qualifiers ?? [:]).values
    return named.union(texts.compactMap { try? Slug($0) })
      .union((edit.grounds ?? []).map(\.home)).union([reference.home])
  }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let conclusion = try file.conclusion(reference)
    try conclusion.refuseIfWithdrawn(reference)
    let reason = try Text.reason(reason)
    let draft = edit.applied(to: ConclusionDraft(conclusion.content))
    let content = try draft.content(on: reference.home, in: state)
    let changes = conclusion.content.changes(to: content)
    let isStale = !conclusion.movedGrounds(in: file, and: state.cases).isEmpty
    guard !changes.isEmpty || isStale || mark != nil && mark != conclusion.mark else {
      throw Refusal(
        .nothingChanged, "\(reference) already says that, and its ground has not moved",
        remedy: "Give another value, or name what to change, such as --on or --likelihood.")
    }
    let revision = Revision(reason: reason, changes: changes, mark: mark)
    return [
      .onCase(
        reference.home, .conclusionRevised(conclusion.number, revision),
        reference: .item(reference))
    ]
  }
}

extension Conclusion {
  func refuseIfWithdrawn(_ reference: ItemReference) throws(Refusal) {
    guard !isWithdrawn else {
      throw Refusal(
        .alreadyWithdrawn, "\(reference) is withdrawn",
        remedy: "Draw it anew with: dossier conclude \(reference.home) \(content.predicate) …")
    }
  }
}
