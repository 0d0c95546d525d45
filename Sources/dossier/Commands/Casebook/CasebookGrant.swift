import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import PostgresClient
import struct FoundationEssentials.UUID

/// `dossier casebook grant`
struct CasebookGrant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody access to the casebook.",
    discussion: """
      EXAMPLES
        dossier casebook grant mh write
        dossier casebook grant visitor read --casebook soviet-defectors

      It is recorded in the casebook, as is who gave it. Access goes to the person, not to the name: a login that \
      was dropped and made again, or renamed, has none until it is given anew.
      """)

  @Argument(help: "The login role of the person.") var role: String
  @Argument(help: "read, write or admin.") var access: MemberAccess
  @OptionGroup var change: MembershipOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let id = try change.identity()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let receipt = try await store.grant(
      AccessContent(role: role, access: access), id: id, isRehearsal: change.dryRun)
    if let access = Access(rawValue: access.rawValue),
      let missing = try await session.log.groupMissing(to: role, for: access)
    {
      session.terminal.warn(
        "\(role) cannot make use of it without the group role \(missing). Whoever runs the server "
          + "can give it: GRANT \(missing) TO \(PostgresQuery.quoted(identifier: role))")
    }
    try session.show(
      receipt.membership(of: role, access, in: store.slug, isRehearsal: change.dryRun))
  }
}
