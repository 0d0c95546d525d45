public import StrictJSON

/// Adds the further work that a claim or an annotation refers to.
public struct AddCitation: Command {
  let slug: Slug
  let content: CitationContent
  let mark: ImportMark?

  /// Adds the citation `content` to the case `slug`.
  public init(_ slug: Slug, _ content: CitationContent, mark: ImportMark? = nil) {
    self.slug = slug
    self.content = content
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "citation.add"), ("case", .string(slug.text)),
      ("citation", .object(content.fields)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [slug] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(slug)
    let voice = try file.voice(citing: content.target)
    let content = try content.checked(in: state)
    try file.refuseSameCitation(content, except: nil)
    let number = file.citationNumbers.next
    return [
      .onCase(
        slug, .citationAdded(number, content, mark), voice: voice,
        reference: .item(ItemReference(slug, .citation, number)))
    ]
  }
}

extension Case {
  /// The voice of a citation: that of the claim it is on; an annotation's citation is the analyst's.
  fileprivate func voice(citing target: CitationTarget) throws(Refusal) -> Slug? {
    switch target {
    case .claim(let number):
      let reference = ItemReference(slug, .claim, number)
      let claim = try claim(reference)
      try claim.refuseIfWithdrawn(reference)
      return claim.content.source
    case .annotation(let number):
      let reference = ItemReference(slug, .annotation, number)
      try annotations.standing(reference)
      return nil
    }
  }

  func refuseSameCitation(_ content: CitationContent, except number: Int?) throws(Refusal) {
    let same = citations(of: content.target).filter {
      $0.content == content && $0.number != number
    }
    guard let first = same.map(\.number).min() else { return }
    throw Refusal(
      .alreadyExists, "\(ItemReference(slug, .citation, first)) already cites exactly that",
      remedy: "Nothing needs to be done.")
  }
}

extension CitationContent {
  /// The content with its texts and its work checked.
  func checked(in state: CasebookState) throws(Refusal) -> CitationContent {
    var content = self
    content.work = try state.source(work).slug
    content.locator = try Text.optional(locator, "locator")
    content.note = try Text.optional(note, "note")
    return content
  }
}
