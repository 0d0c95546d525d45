/// How access that was given or taken is taken or given back.
extension Compensation {
  /// A role gets back what it had before the request; what was recorded nowhere nobody can give back.
  func undoAccess(of role: String) throws(Refusal) -> [any Command] {
    let last = facts.last { $0.changesAccess(of: role) }
    let (before, now) = (before.register?.access(of: role), now.register?.access(of: role))
    if case .accessGranted? = last?.event {
      guard let now, now.granted.position == last?.position else {
        throw changedSince(role)
      }
      guard let before else { return [RevokeAccess(role)] }
      return before.content.isIdentical(to: now.content) ? [] : [GrantAccess(before.content)]
    }
    guard now == nil else { throw changedSince(role) }
    guard let before else {
      throw refusal(
        "the log does not tell what access \(role) had before",
        "Give it with: dossier casebook grant \(role) ACCESS")
    }
    return [GrantAccess(before.content)]
  }

  private func changedSince(_ role: String) -> Refusal {
    refusal(
      "the access of \(role) was changed again since", "See it with: dossier casebook members")
  }
}

extension Fact {
  fileprivate func changesAccess(of role: String) -> Bool {
    switch event {
    case .accessGranted(let content): isSameText(content.role, role)
    case .accessRevoked(let revoked): isSameText(revoked, role)
    default: false
    }
  }
}
