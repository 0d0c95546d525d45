public import StrictJSON

/// Mends our record of what a claim or an annotation cites.
public struct CorrectCitation: Command {
  /// What changes; nil leaves a field as it is, an inner nil takes it away.
  public struct Edit: Hashable, Sendable {
    /// Another work.
    public var work: Slug?
    /// Another place in it.
    public var locator: String??
    /// Another note number.
    public var note: String??
    /// Another use of the work.
    public var role: CitationContent.Role?

    /// An edit of nothing.
    public init() {}

    /// An edit that leads to `content`, but for its target, which never changes.
    public init(_ content: CitationContent) {
      work = content.work
      locator = .some(content.locator)
      note = .some(content.note)
      role = content.role
    }
  }

  let reference: ItemReference
  let edit: Edit
  let kind: CorrectionKind
  let reason: String?
  let mark: ImportMark?

  /// Corrects the citation `reference` as `edit` says.
  public init(
    _ reference: ItemReference, _ edit: Edit, kind: CorrectionKind = .citation, reason: String?,
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
      ("command", "citation.correct"), ("ref", .reference(reference)),
      ("work", .text(edit.work?.text)),
      ("locator", edit.locator.map { $0.map(JSON.string) ?? .null }),
      ("note", edit.note.map { $0.map(JSON.string) ?? .null }),
      ("as", .text(edit.role?.rawValue)), ("kind", .string(kind.rawValue)),
      ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let citation = try file.citation(reference)
    try citation.refuseIfWithdrawn(reference)
    let reason = try Text.reason(reason)
    var content = citation.content
    if let work = edit.work { content.work = work }
    if let locator = edit.locator { content.locator = locator }
    if let note = edit.note { content.note = note }
    if let role = edit.role { content.role = role }
    content = try content.checked(in: state)
    let changes = citation.content.changes(to: content)
    guard !changes.isEmpty || mark != nil && mark != citation.mark else {
      throw Refusal(
        .nothingChanged, "\(reference) already says that",
        remedy: "Name a field to change, such as --locator.")
    }
    try file.refuseSameCitation(content, except: citation.number)
    let revision = Revision(kind: kind, reason: reason, changes: changes, mark: mark)
    return [
      .onCase(
        reference.home, .citationCorrected(citation.number, revision), voice: citation.voice,
        reference: .item(reference))
    ]
  }
}

extension Citation {
  func refuseIfWithdrawn(_ reference: ItemReference) throws(Refusal) {
    guard !isWithdrawn else {
      throw Refusal(
        .alreadyWithdrawn, "\(reference) is withdrawn",
        remedy: "Add it anew with: dossier cite \(reference.home)/\(content.target.local) …")
    }
  }
}
