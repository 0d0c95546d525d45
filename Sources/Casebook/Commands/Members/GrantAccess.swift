public import StrictJSON

/// Gives a login role access to the casebook, or changes what it has. Whether there is such a role is the server's to
/// say.
public struct GrantAccess: Command {
  let content: AccessContent

  /// Gives what `content` says.
  public init(_ content: AccessContent) {
    self.content = content
  }

  public var json: JSON {
    .members(
      ("command", "casebook.grant"), ("role", .string(content.role)),
      ("access", .string(content.access.rawValue)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    [try decision(in: state.requireRegister().content.slug)]
  }

  /// What happens, whatever the casebook holds: who has access must be mended where nothing can be read.
  public func decision(in casebook: Slug) throws(Refusal) -> Decision {
    try .onMembers(of: casebook, content.role, .accessGranted(content))
  }
}

extension Decision {
  /// An event about the access of `role`, which must be a name.
  static func onMembers(
    of casebook: Slug, _ role: String, _ event: Event
  ) throws(Refusal) -> Decision {
    _ = try Text.required(
      role, "role", rule: .missingText, remedy: "Name the login role of the person.")
    return Decision(
      stream: StreamAddress(.casebook, casebook), voice: nil, event: event,
      reference: .file(casebook))
  }
}
