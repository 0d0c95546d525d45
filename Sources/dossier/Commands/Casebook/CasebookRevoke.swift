import ArgumentParser
import CasebookStore

/// `dossier casebook revoke`
struct CasebookRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take somebody's access to the casebook away.",
    discussion: """
      EXAMPLES
        dossier casebook revoke visitor

      It is recorded in the casebook. Repeated, it says that there is no access left to take, with status 66, and \
      changes nothing; repeated with the same --request-id, it says what was done.
      """)

  @Argument(help: "The login role of the person.") var role: String
  @OptionGroup var change: MembershipOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let id = try change.identity()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let receipt = try await store.revoke(role, id: id, isRehearsal: change.dryRun)
    try session.show(receipt.membership(of: role, nil, in: store.slug, isRehearsal: change.dryRun))
  }
}
