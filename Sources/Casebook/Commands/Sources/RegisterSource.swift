public import StrictJSON

/// Registers a work with a voice.
public struct RegisterSource: Command {
  let content: SourceContent
  let mark: ImportMark?

  /// Registers the source `content`.
  public init(_ content: SourceContent, mark: ImportMark? = nil) {
    self.content = content
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "source.register"), ("source", .object(content.fields)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [content.slug] }

  /// Cases and sources share one namespace.
  public var guards: Set<StreamAddress> { [StreamAddress(.caseFile, content.slug)] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    try state.refuseTaken(content.slug)
    return [.onSource(content.slug, .sourceRegistered(try content.checked(), mark))]
  }
}

extension SourceContent {
  /// The content with its texts checked.
  func checked() throws(Refusal) -> SourceContent {
    var content = self
    content.title = try Text.required(
      title, "title", rule: .missingText, remedy: "Give it with --title TITLE.")
    content.issuedTo = try Text.optional(issuedTo, "audience")
    return content
  }
}
