import ArgumentParser
import CasebookStore
import EventLog
import StrictJSON

/// `dossier casebook revoke`
struct CasebookRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take somebody's access to the casebook away.",
    discussion: """
      EXAMPLES
        dossier casebook revoke visitor

      Repeated, it says that there is no access left to take, with status 66, and changes nothing.
      """)

  @Argument(help: "The login role of the person.") var role: String
  @Flag(name: .long, help: "Show what would be done; change nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    guard try await session.log.revoke(role, on: store.casebookID, rehearsing: dryRun) else {
      let members = try await session.log.members(of: store.casebookID)
      let hint =
        closest(to: role, among: members.map(\.role)).map { "Did you mean \"\($0)\"?" }
        ?? "See: dossier casebook members"
      throw Failure(.notFound, "\(role) has no access to \(store.slug). \(hint)")
    }
    try session.show(.membership(of: role, nil, in: store.slug, isRehearsal: dryRun))
  }
}
