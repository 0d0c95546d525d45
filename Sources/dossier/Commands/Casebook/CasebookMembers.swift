import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier casebook members`
struct CasebookMembers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List who has access to the casebook.",
    discussion: """
      EXAMPLES
        dossier casebook members
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let members = try await session.log.members(of: store.casebookID)
    let items = members.map { member in
      JSON.document(
        ("role", .string(member.role)), ("access", .string(member.access.rawValue)),
        ("grantedAt", .instant(member.grantedAt)), ("grantedBy", .string(member.grantedBy)))
    }
    try session.show(
      Document(
        json: .document(("casebook", .string(store.slug.text)), ("members", .array(items))),
        items: items
      ) { width in
        var table = Table([.init("role"), .init("access"), .init("granted (UTC)"), .init("by")])
        for member in members {
          table.addRow([
            StyledText(member.role, .strong), StyledText(member.access.rawValue),
            StyledText(member.grantedAt.shortText), StyledText(member.grantedBy),
          ])
        }
        var page = Page(width: width)
        page.add(table)
        return page
      })
  }
}
