import ArgumentParser
import CasebookStore
import EventLog

/// `dossier casebook grant`
struct CasebookGrant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody access to the casebook.",
    discussion: """
      EXAMPLES
        dossier casebook grant mh write
        dossier casebook grant visitor read --casebook soviet-defectors
      """)

  @Argument(help: "The login role of the person.") var role: String
  @Argument(help: "read, write or admin.") var access: Access
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    try await session.log.grant(access, to: role, on: store.casebookID)
    session.terminal.note("\(role) now has \(access.rawValue) access to \(store.slug)")
  }
}
