public import StrictJSON

/// Ends a dispute with what came of it.
public struct ResolveDispute: Command {
  let reference: ItemReference
  let resolution: String?

  /// Resolves the dispute `reference`.
  public init(_ reference: ItemReference, resolution: String?) {
    self.reference = reference
    self.resolution = resolution
  }

  public var json: JSON {
    .members(
      ("command", "dispute.resolve"), ("ref", .reference(reference)),
      ("resolution", .text(resolution)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let dispute = try file.dispute(reference)
    guard dispute.isOpen else {
      throw Refusal(
        .alreadyResolved, "\(reference) is already resolved", remedy: "Nothing needs to be done.")
    }
    let text = try Text.required(
      resolution, "resolution", rule: .missingReason, remedy: "Say what came of it, with -m TEXT.")
    return [
      .onCase(
        reference.home, .disputeResolved(dispute.number, resolution: text),
        reference: .item(reference))
    ]
  }
}
