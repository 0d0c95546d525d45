public import StrictJSON

/// Opens a case: a file on a person, a group or an event.
public struct OpenCase: Command {
  let content: CaseContent
  let mark: ImportMark?

  /// Opens the case `content`.
  public init(_ content: CaseContent, mark: ImportMark? = nil) {
    self.content = content
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "case.open"), ("case", .object(content.fields)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [content.slug] }

  /// Cases and sources share one namespace, so that a reference such as `orlov/a1` means one thing.
  public var guards: Set<StreamAddress> { [StreamAddress(.source, content.slug)] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let slug = content.slug
    try state.refuseTaken(slug)
    var content = content
    content.name = try Text.optional(content.name, "name")
    return [.onCase(slug, .caseOpened(content, mark), reference: .file(slug))]
  }
}

extension CasebookState {
  /// Refuses a short name that a case or a source has already.
  func refuseTaken(_ slug: Slug) throws(Refusal) {
    if cases[slug] != nil {
      throw Refusal(
        .alreadyExists, "there is already a case \"\(slug)\"",
        remedy: "Look at it with: dossier case show \(slug)")
    }
    if sources[slug] != nil {
      throw Refusal(
        .alreadyExists, "there is already a source \"\(slug)\"",
        remedy: "Look at it with: dossier source show \(slug)")
    }
    guard !Slug.reserved.contains(slug.text) else {
      throw Refusal(
        .badSlug, "\"\(slug)\" has a meaning of its own in references", remedy: "Choose another.")
    }
  }
}
