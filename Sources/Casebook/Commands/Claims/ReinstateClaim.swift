public import StrictJSON

/// Lets a withdrawn claim stand again.
public struct ReinstateClaim: Command {
  let reference: ItemReference
  let reason: String?

  /// Reinstates the claim `reference`.
  public init(_ reference: ItemReference, reason: String?) {
    self.reference = reference
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "claim.reinstate"), ("ref", .reference(reference)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let claim = try file.claim(reference)
    guard claim.status == .withdrawn else {
      throw Refusal(
        .claimCurrent, "\(reference) was not withdrawn", remedy: "Nothing needs to be done.")
    }
    try file.refuseSameClaim(claim.content, as: claim.number)
    return [
      .onCase(
        reference.home, .claimReinstated(claim.number, reason: try Text.reason(reason)),
        voice: claim.content.source, reference: .item(reference))
    ]
  }
}
