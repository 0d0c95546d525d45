import EDTF
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
    try content.refuseOldStyle()
    try content.refuseDifferentCSL()
    return content
  }

  /// A source's date is for ordering and finding it, and no word of a page.
  private func refuseOldStyle() throws(Refusal) {
    guard let issued, let days = issued.newStyle else { return }
    throw Refusal(
      .badDate, "a source is dated in today's calendar, and not \(issued)",
      remedy: "Write \(days).")
  }

  /// Refuses bibliographic data that say otherwise than the source itself: one of the two would be passed over.
  private func refuseDifferentCSL() throws(Refusal) {
    if let written = csl?["title"], !isSameText(written.stringValue, title) {
      throw Refusal(
        .badValue, "the title in its CSL-JSON differs from the source's, “\(title)”",
        remedy: "Make them one, or leave the title out of the CSL-JSON.")
    }
    guard let issued, let written = csl?["issued"] else { return }
    guard let date = EDTF(csl: written), date.relation(to: issued) == .same else {
      throw Refusal(
        .badValue, "the date in its CSL-JSON differs from the source's, \(issued)",
        remedy: "Make them one, or leave “issued” out of the CSL-JSON.")
    }
  }
}
