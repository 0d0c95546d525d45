public import StrictJSON

/// Withdraws a tabulation that should never have been recorded.
public struct WithdrawTabulation: Command {
  let id: Slug
  let reason: String?

  /// Withdraws the tabulation `id`.
  public init(_ id: Slug, reason: String?) {
    self.id = id
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "tabulation.withdraw"), ("id", .string(id.text)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    let tabulation = try register.standingTabulation(id)
    return [
      register.decision(
        .tabulationWithdrawn(id: id, reason: try Text.reason(reason)),
        voice: tabulation.content.source, .tabulation(id))
    ]
  }
}
