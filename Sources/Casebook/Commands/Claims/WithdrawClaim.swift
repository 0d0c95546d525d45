public import StrictJSON

/// Withdraws a claim that should never have been recorded. It stays in the history and can be reinstated.
public struct WithdrawClaim: Command {
  let reference: ItemReference
  let reason: String?

  /// Withdraws the claim `reference`.
  public init(_ reference: ItemReference, reason: String?) {
    self.reference = reference
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "claim.withdraw"), ("ref", .reference(reference)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let claim = try state.openCase(reference.home).claim(reference)
    guard claim.status == .current else {
      throw Refusal(
        .alreadyWithdrawn, "\(reference) is already withdrawn",
        remedy: "Nothing needs to be done.")
    }
    return [
      .onCase(
        reference.home, .claimWithdrawn(claim.number, reason: try Text.reason(reason)),
        voice: claim.content.source, reference: .item(reference))
    ]
  }
}
