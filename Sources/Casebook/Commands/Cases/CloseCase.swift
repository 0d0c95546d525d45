public import StrictJSON

/// Closes a case: nothing more is written to it until it is reopened.
public struct CloseCase: Command {
  let slug: Slug
  let reason: String?

  /// Closes the case `slug`.
  public init(_ slug: Slug, reason: String?) {
    self.slug = slug
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "case.close"), ("case", .string(slug.text)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [slug] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    guard try !state.caseFile(slug).isClosed else {
      throw Refusal(
        .caseClosed, "the case \(slug) is already closed", remedy: "Nothing needs to be done.")
    }
    return [
      .onCase(slug, .caseClosed(reason: try Text.reason(reason)), reference: .file(slug))
    ]
  }
}
