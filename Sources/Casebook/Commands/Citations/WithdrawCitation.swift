public import StrictJSON

/// Withdraws a citation that should never have been added.
public struct WithdrawCitation: Command {
  let reference: ItemReference
  let reason: String?

  /// Withdraws the citation `reference`.
  public init(_ reference: ItemReference, reason: String?) {
    self.reference = reference
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "citation.withdraw"), ("ref", .reference(reference)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let citation = try state.openCase(reference.home).citation(reference)
    try citation.refuseIfWithdrawn(reference)
    return [
      .onCase(
        reference.home,
        .citationWithdrawn(citation.number, reason: try Text.reason(reason)),
        voice: citation.voice, reference: .item(reference))
    ]
  }
}
