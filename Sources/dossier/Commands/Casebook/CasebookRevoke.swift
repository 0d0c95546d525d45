import ArgumentParser
import CasebookStore
import EventLog

/// `dossier casebook revoke`
struct CasebookRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take somebody's access to the casebook away.",
    discussion: """
      EXAMPLES
        dossier casebook revoke visitor
      """)

  @Argument(help: "The login role of the person.") var role: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    guard try await session.log.revoke(role, on: store.casebookID) else {
      throw Failure(
        .notFound, "\(role) has no access to \(store.slug). See: dossier casebook members")
    }
    session.terminal.note("\(role) has no access to \(store.slug) any more")
  }
}
