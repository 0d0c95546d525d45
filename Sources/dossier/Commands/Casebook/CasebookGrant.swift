import ArgumentParser
import CasebookStore
import EventLog
import PostgresClient

/// `dossier casebook grant`
struct CasebookGrant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody access to the casebook.",
    discussion: """
      EXAMPLES
        dossier casebook grant mh write
        dossier casebook grant visitor read --casebook soviet-defectors

      Access stands beside the log, not in it: repeated, it is the same, and needs no --request-id.
      """)

  @Argument(help: "The login role of the person.") var role: String
  @Argument(help: "read, write or admin.") var access: Access
  @Flag(name: .long, help: "Show what would be done; change nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let missing = try await session.log.grant(
      access, to: role, on: store.casebookID, rehearsing: dryRun)
    if let missing {
      session.terminal.warn(
        "\(role) cannot make use of it without the group role \(missing). Whoever runs the server "
          + "can give it: GRANT \(missing) TO \(PostgresQuery.quoted(identifier: role))")
    }
    try session.show(
      .membership(of: role, access, in: store.slug, isRehearsal: dryRun))
  }
}
