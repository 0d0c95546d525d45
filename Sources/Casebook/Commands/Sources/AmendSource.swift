public import StrictJSON

/// Amends what is registered of a source.
public struct AmendSource: Command {
  let content: SourceContent
  let reason: String?
  let mark: ImportMark?

  /// Makes `content` what is registered of the source of that short name.
  public init(_ content: SourceContent, reason: String?, mark: ImportMark? = nil) {
    self.content = content
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "source.amend"), ("source", .object(content.fields)), ("reason", .text(reason)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(content.slug)
    let reason = try Text.reason(reason)
    let changes = source.content.changes(to: try content.checked())
    guard !changes.isEmpty || mark != nil && mark != source.mark else {
      throw Refusal(
        .nothingChanged, "\(content.slug) is already registered like that",
        remedy: "Nothing needs to be done.")
    }
    return [
      .onSource(
        content.slug, .sourceAmended(Revision(reason: reason, changes: changes, mark: mark)))
    ]
  }
}
