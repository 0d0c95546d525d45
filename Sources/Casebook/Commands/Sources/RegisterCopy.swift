public import StrictJSON

/// Registers what was actually read of a source.
public struct RegisterCopy: Command {
  let slug: Slug
  let copy: SourceCopy
  let mark: ImportMark?

  /// Registers `copy` of the source `slug`.
  public init(_ slug: Slug, _ copy: SourceCopy, mark: ImportMark? = nil) {
    self.slug = slug
    self.copy = copy
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "source.copy"), ("source", .string(slug.text)), ("copy", .object(copy.fields)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(slug)
    guard !source.copies.contains(where: { $0.content.id == self.copy.id }) else {
      throw Refusal(
        .alreadyExists, "\(slug) already has a copy \"\(copy.id)\"",
        remedy: "See: dossier source show \(slug)")
    }
    var copy = self.copy
    copy.description = try Text.required(
      copy.description, "description of the copy", rule: .missingText,
      remedy: "Say what was read, with --description TEXT.")
    return [.onSource(slug, .copyRegistered(copy, mark))]
  }
}
