public import Casebook

/// Something that might be done to a claim, to see what would come of it. Nothing is recorded.
public enum Supposition: Hashable, Sendable {
  /// That it is withdrawn.
  case withdrawn
  /// That it stands again.
  case reinstated
  /// That it says this instead.
  case corrected(to: String)

  /// What it comes to on the state: the same fold, one event further.
  ///
  /// - Parameters:
  ///   - claim: the claim.
  ///   - state: the casebook with the claim's case, and any that a new value names.
  /// - Returns: the state as it would be.
  /// - Throws: `Refusal` when the claim is not there or cannot say that; `EvolveError`.
  public func applied(
    to claim: ItemReference, in state: CasebookState
  ) throws -> CasebookState {
    let file = try state.caseFile(claim.home)
    let content = try file.claim(claim)
    let event: Event
    switch self {
    case .withdrawn: event = .claimWithdrawn(claim.number, reason: "")
    case .reinstated: event = .claimReinstated(claim.number, reason: "")
    case .corrected(let value):
      let edit = ClaimEdit(fields: [.value: value])
      let command = CorrectClaim(claim, edit, kind: .interpretation, reason: "supposed")
      guard let decision = try command.decide(on: state).first else { return state }
      event = decision.event
    }
    var next = state
    try next.evolve(
      Fact(
        position: file.lastPosition + 1, stream: StreamAddress(.caseFile, claim.home),
        streamVersion: file.version + 1, voice: content.content.source,
        recordedAt: content.changed.at, recordedBy: content.changed.by, event: event))
    return next
  }
}
