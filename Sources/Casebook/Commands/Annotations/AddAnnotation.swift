public import StrictJSON

/// Notes what an analyst has to say about a case, a claim, a citation, a source, a tabulation or an annotation.
public struct AddAnnotation: Command {
  let content: AnnotationContent
  let mark: ImportMark?

  /// Adds the annotation `content`.
  public init(_ content: AnnotationContent, mark: ImportMark? = nil) {
    self.content = content
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "annotation.add"), ("annotation", .object(content.fields)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { Set([content.target.home].compactMap { $0 }) }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let home = try state.annotationHome(of: content.target)
    var content = content
    content.text = try Text.required(
      content.text, "text of the annotation", rule: .missingText,
      remedy: "Write it after the reference, or pipe it in with -.")
    content.tags = try content.tags.map { tag throws(Refusal) in try Slug(tag).text }
    let number = home.annotations.next
    return [
      Decision(
        stream: home.stream, voice: nil, event: .annotationAdded(number, content, mark),
        reference: .item(ItemReference(home.slug, .annotation, number)))
    ]
  }
}
