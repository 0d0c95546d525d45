public import StrictJSON

/// Records what one source says about a case.
public struct RecordClaim: Command {
  let slug: Slug
  let draft: ClaimDraft
  let mark: ImportMark?

  /// Records `draft` on the case `slug`; `mark` says which entry of a file it comes from.
  public init(_ slug: Slug, _ draft: ClaimDraft, mark: ImportMark? = nil) {
    self.slug = slug
    self.draft = draft
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "claim.record"), ("case", .string(slug.text)), ("claim", draft.json),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { draft.mentionedSlugs.union([slug]) }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(slug)
    let content = try draft.content(in: state)
    try file.refuseLinkToItself(content)
    try file.refuseSameClaim(content)
    let number = file.claimNumbers.next
    return [
      .onCase(
        slug, .claimRecorded(number, content, mark), voice: content.source,
        reference: .item(ItemReference(slug, .claim, number)))
    ]
  }
}
