public import StrictJSON

/// Attaches the text of a source. A new one stands beside those before it and replaces none.
public struct AttachText: Command {
  let slug: Slug
  let text: TextAttachment

  /// Attaches `text` to the source `slug`.
  public init(_ slug: Slug, _ text: TextAttachment) {
    self.slug = slug
    self.text = text
  }

  public var json: JSON {
    .members(
      ("command", "source.attach"), ("source", .string(slug.text)), ("text", .object(text.fields)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(slug)
    if let copy = text.copy, !source.copies.contains(where: { $0.content.id == copy }) {
      let known = source.copies.map(\.content.id)
      throw Refusal(
        .unknownSource, "\(slug) has no copy \"\(copy)\"",
        remedy: state.suggestion(for: copy, among: known)
          ?? "Register it with: dossier source copy \(slug) \(copy) --kind KIND --description TEXT")
    }
    guard source.texts.last?.content != text else { return [] }
    return [.onSource(slug, .textAttached(text))]
  }
}
