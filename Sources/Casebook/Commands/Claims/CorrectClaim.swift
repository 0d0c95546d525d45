public import StrictJSON

/// Mends our record of what a source says. That the *source* is wrong is a dispute, not a correction.
public struct CorrectClaim: Command {
  let reference: ItemReference
  let edit: ClaimEdit
  let kind: CorrectionKind
  let reason: String?
  let mark: ImportMark?

  /// Corrects the claim `reference` as `edit` says.
  public init(
    _ reference: ItemReference, _ edit: ClaimEdit, kind: CorrectionKind, reason: String?,
    mark: ImportMark? = nil
  ) {
    self.reference = reference
    self.edit = edit
    self.kind = kind
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "claim.correct"), ("ref", .reference(reference)), ("edit", edit.json),
      ("kind", .string(kind.rawValue)), ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> {
    let texts = (Array(edit.fields.values) + Array(edit.qualifiers.values)).compactMap { $0 }
    return Set(texts.compactMap { try? Slug($0) }).union([reference.home])
  }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let claim = try file.claim(reference)
    try claim.refuseIfWithdrawn(reference)
    let reason = try Text.reason(reason, correcting: reference)
    let draft = try edit.applied(to: ClaimDraft(claim.content))
    let content = try draft.content(
      in: state, keeping: UneditedParts(content: claim.content, edit: edit))
    let changes = claim.content.changes(to: content)
    guard !changes.isEmpty || mark != nil && mark != claim.mark else {
      throw Refusal(
        .nothingChanged, "\(reference) already says that",
        remedy: "Name a field to change, such as --locator or a new value.")
    }
    try file.refuseLinkToItself(content)
    try file.refuseSameClaim(content, as: claim.number)
    return [
      .onCase(
        reference.home,
        .claimCorrected(
          claim.number, Revision(kind: kind, reason: reason, changes: changes, mark: mark)),
        voice: content.source, reference: .item(reference))
    ]
  }
}
