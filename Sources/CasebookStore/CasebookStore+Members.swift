public import Casebook
import EventLog
import StrictJSON
public import struct FoundationEssentials.UUID

/// Who has access can be changed whatever the casebook holds: whoever brings in what cannot be read is shut out first.
extension CasebookStore {
  /// Gives a login role access to the casebook, or changes what it has.
  ///
  /// - Parameters:
  ///   - content: who may do what.
  ///   - id: the identity of the request, when the caller chose one.
  ///   - isRehearsal: whether nothing is kept.
  /// - Returns: what was done; without positions when the role has just that access already.
  /// - Throws: `EventLogError` when there is no such role, it cannot be a member, no admin would be left, or the person
  ///   is none; `UnknownOutcome`.
  public func grant(
    _ content: AccessContent, id: UUID? = nil, isRehearsal: Bool = false
  ) async throws -> Receipt {
    let command = GrantAccess(content)
    let request = Request(id: id, [command])
    if let receipt = try await firstReceipt(of: request) { return receipt }
    let hasIt = try await log.members(of: casebookID).contains {
      $0.role == content.role && $0.access.rawValue == content.access.rawValue && $0.login != .gone
    }
    if hasIt { return .nothing }
    return try await carryOut(command.decision(in: slug), as: request, isRehearsal)
  }

  /// Takes a login role's access to the casebook away.
  ///
  /// - Throws: `Refusal` when it has none; `EventLogError` when no admin would be left, or the person is none;
  ///   `UnknownOutcome`.
  public func revoke(
    _ role: String, id: UUID? = nil, isRehearsal: Bool = false
  ) async throws -> Receipt {
    let command = RevokeAccess(role)
    let request = Request(id: id, [command])
    if let receipt = try await firstReceipt(of: request) { return receipt }
    let roles = try await log.members(of: casebookID).map(\.role)
    guard roles.contains(role) else {
      throw Refusal(
        .unknownMember, "\(role) has no access to \(slug)",
        remedy: closest(to: role, among: roles).map { "Did you mean \"\($0)\"?" }
          ?? "See: dossier casebook members")
    }
    return try await carryOut(command.decision(in: slug), as: request, isRehearsal)
  }

  private func carryOut(
    _ decision: Decision, as request: Request, _ isRehearsal: Bool
  ) async throws -> Receipt {
    guard isRehearsal else { return try await append([decision], as: request) }
    try await log.rehearse(appending([decision], as: request))
    return Receipt(planned: [decision])
  }
}
