public import StrictJSON

/// Takes a login role's access to the casebook away. Whether it has any is the server's to say: it may have been given
/// before grants were kept in the log.
public struct RevokeAccess: Command {
  let role: String

  /// Takes the access of `role`.
  public init(_ role: String) {
    self.role = role
  }

  public var json: JSON {
    .members(("command", "casebook.revoke"), ("role", .string(role)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    [try decision(in: state.requireRegister().content.slug)]
  }

  /// What happens, whatever the casebook holds: who has access must be mended where nothing can be read.
  public func decision(in casebook: Slug) throws(Refusal) -> Decision {
    try .onMembers(of: casebook, role, .accessRevoked(role: role))
  }
}
