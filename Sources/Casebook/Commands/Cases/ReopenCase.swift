public import StrictJSON

/// Reopens a closed case.
public struct ReopenCase: Command {
  let slug: Slug
  let reason: String?

  /// Reopens the case `slug`.
  public init(_ slug: Slug, reason: String?) {
    self.slug = slug
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "case.reopen"), ("case", .string(slug.text)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [slug] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    guard try state.caseFile(slug).isClosed else {
      throw Refusal(
        .caseOpen, "the case \(slug) is open", remedy: "Nothing needs to be done.")
    }
    return [
      .onCase(slug, .caseReopened(reason: try Text.reason(reason)), reference: .file(slug))
    ]
  }
}
