public import StrictJSON

/// Says that a source is wrong. Its claim stays as it is; the dispute stands beside it until it is resolved.
public struct DisputeClaim: Command {
  let reference: ItemReference
  let grounds: String?
  let counter: ItemReference?
  let mark: ImportMark?

  /// Disputes the claim `reference`, perhaps holding the claim `counter` against it.
  public init(
    _ reference: ItemReference, grounds: String?, counter: ItemReference?, mark: ImportMark? = nil
  ) {
    self.reference = reference
    self.grounds = grounds
    self.counter = counter
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "claim.dispute"), ("ref", .reference(reference)), ("grounds", .text(grounds)),
      ("counter", counter.map(JSON.reference)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { Set([reference.home, counter?.home].compactMap { $0 }) }

  /// The claim held against it must not meanwhile be withdrawn.
  public var guards: Set<StreamAddress> {
    guard let counter, counter.home != reference.home else { return [] }
    return [StreamAddress(.caseFile, counter.home)]
  }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let file = try state.openCase(reference.home)
    let claim = try file.claim(reference)
    try claim.refuseIfWithdrawn(reference)
    let grounds = try Text.required(
      grounds, "grounds", rule: .missingReason, remedy: "Say why, with -m GROUNDS.")
    if let counter {
      guard counter != reference else {
        throw Refusal(
          .badReference, "\(reference) cannot be held against itself",
          remedy: "Name another claim with --counter.")
      }
      try state.caseFile(counter.home).claim(counter).refuseIfWithdrawn(counter)
    }
    let content = DisputeContent(claim: claim.number, grounds: grounds, counter: counter)
    guard !file.openDisputes(of: claim.number).contains(where: { $0.content == content }) else {
      throw Refusal(
        .nothingChanged, "\(reference) is already disputed on these grounds",
        remedy: "Nothing needs to be done.")
    }
    let number = file.disputeNumbers.next
    return [
      .onCase(
        reference.home, .claimDisputed(number, content, mark),
        reference: .item(ItemReference(reference.home, .dispute, number)))
    ]
  }
}
