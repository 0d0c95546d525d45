public import StrictJSON

/// Adopts a value from named claims. What the sources say stays as it is.
public struct DrawConclusion: Command {
  let slug: Slug
  let draft: ConclusionDraft
  let mark: ImportMark?

  /// Draws the conclusion `draft` on the case `slug`.
  public init(_ slug: Slug, _ draft: ConclusionDraft, mark: ImportMark? = nil) {
    self.slug = slug
    self.draft = draft
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "conclusion.draw"), ("case", .string(slug.text)), ("conclusion", draft.json),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> {
    draft.adopted.mentionedSlugs.union(draft.grounds.map(\.home)).union([slug])
  }

  /// No claim that it rests on must meanwhile be changed.
  public var guards: Set<StreamAddress> {
    Set(draft.grounds.map(\.home)).subtracting([slug]).reduce(into: []) {
      $0.insert(StreamAddress(.caseFile, $1))
    }
  }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(slug)
    let content = try draft.content(on: slug, in: state)
    let standing = file.conclusions.values.filter { !$0.isWithdrawn && $0.content == content }
    let identical = standing.filter { $0.content.isIdentical(to: content) }
    if let same = identical.min(by: { $0.number < $1.number }) {
      let reference = ItemReference(slug, .conclusion, same.number)
      throw Refusal(
        .nothingChanged, "\(reference) already concludes exactly that",
        remedy: "If its ground moved, look at it again with: dossier conclusion revise "
          + "\(reference) -m REASON")
    }
    let number = file.conclusionNumbers.next
    return [
      .onCase(
        slug, .conclusionDrawn(number, content, mark),
        reference: .item(ItemReference(slug, .conclusion, number)))
    ]
  }
}
