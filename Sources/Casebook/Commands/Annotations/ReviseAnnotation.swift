public import StrictJSON

/// Changes what an annotation says. The earlier wording stays in the history.
public struct ReviseAnnotation: Command {
  let reference: ItemReference
  let text: String?
  let motivation: Motivation??
  let tags: [String]?
  let reason: String?
  let mark: ImportMark?

  /// Revises the annotation `reference`; nil leaves a part as it is.
  public init(
    _ reference: ItemReference, text: String? = nil, motivation: Motivation?? = nil,
    tags: [String]? = nil, reason: String? = nil, mark: ImportMark? = nil
  ) {
    self.reference = reference
    self.text = text
    self.motivation = motivation
    self.tags = tags
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "annotation.revise"), ("ref", .reference(reference)), ("text", .text(text)),
      ("motivation", motivation.map { $0.map { .string($0.rawValue) } ?? .null }),
      ("tags", tags.map { .array($0.map(JSON.string)) }), ("reason", .text(reason)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let home = try state.home(reference.home)
    let annotation = try home.annotations.standing(reference)
    var content = annotation.content
    if let text = try Text.optional(text, "text of the annotation") { content.text = text }
    if let motivation { content.motivation = motivation }
    if let tags { content.tags = try tags.map { tag throws(Refusal) in try Slug(tag).text } }
    let changes = annotation.content.changes(to: content)
    guard !changes.isEmpty || mark != nil && mark != annotation.mark else {
      throw Refusal(
        .nothingChanged, "\(reference) already says that",
        remedy: "Give another text, motivation or tag.")
    }
    let revision = Revision(
      reason: try Text.optional(reason, "reason"), changes: changes, mark: mark)
    return [
      Decision(
        stream: home.stream, voice: nil, event: .annotationRevised(reference.number, revision),
        reference: .item(reference))
    ]
  }
}
