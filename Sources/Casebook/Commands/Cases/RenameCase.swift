public import StrictJSON

/// Changes what the analysts call a case. Its short name and all references stay.
public struct RenameCase: Command {
  let slug: Slug
  let name: String
  let reason: String?
  let mark: ImportMark?

  /// Calls the case `slug` `name` from now on.
  public init(_ slug: Slug, name: String, reason: String?, mark: ImportMark? = nil) {
    self.slug = slug
    self.name = name
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "case.rename"), ("case", .string(slug.text)), ("name", .string(name)),
      ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [slug] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(slug)
    let name = try Text.required(
      name, "name", rule: .missingText, remedy: "Give the new name.")
    guard !isSameText(file.name, name) || mark != nil && mark != file.mark else {
      throw Refusal(
        .nothingChanged, "\(slug) is already called that", remedy: "Nothing needs to be done.")
    }
    let reason = try Text.optional(reason, "reason")
    return [
      .onCase(slug, .caseRenamed(name: name, reason: reason, mark), reference: .file(slug))
    ]
  }
}
