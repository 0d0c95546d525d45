public import StrictJSON

/// Withdraws a conclusion. It stays in the history.
public struct WithdrawConclusion: Command {
  let reference: ItemReference
  let reason: String?

  /// Withdraws the conclusion `reference`.
  public init(_ reference: ItemReference, reason: String?) {
    self.reference = reference
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "conclusion.withdraw"), ("ref", .reference(reference)),
      ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let conclusion = try state.openCase(reference.home).conclusion(reference)
    try conclusion.refuseIfWithdrawn(reference)
    return [
      .onCase(
        reference.home,
        .conclusionWithdrawn(conclusion.number, reason: try Text.reason(reason)),
        reference: .item(reference))
    ]
  }
}
