import ArgumentParser
import EventLog
import FoundationEssentials
import StrictJSON
import Terminal

/// `dossier casebook list`
struct CasebookList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the casebooks you can read.",
    discussion: """
      EXAMPLES
        dossier casebook list
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let casebooks = try await session.log.casebooks()
    let items = casebooks.map(\.json)
    try session.show(
      Document(json: .document(("casebooks", .array(items))), items: items) { width in
        var page = Page(width: width)
        if casebooks.isEmpty { page.add("no casebooks yet") }
        var table = Table([
          .init("casebook"), .init("title", wraps: true), .init("access"), .init("created (UTC)"),
        ])
        for casebook in casebooks {
          table.addRow([
            StyledText(casebook.slug, .strong), StyledText(casebook.title),
            StyledText(casebook.access?.rawValue ?? "auditor"),
            StyledText(casebook.createdAt.shortText),
          ])
        }
        page.add(table)
        return page
      })
  }
}

extension CasebookRecord {
  fileprivate var json: JSON {
    .document(
      ("slug", .string(slug)), ("id", .string(id.uuidString.lowercased())),
      ("title", .string(title)), ("access", .text(access?.rawValue)),
      ("createdAt", .instant(createdAt)), ("createdBy", .string(createdBy)),
      ("importedAt", (imported?.at).map(JSON.instant)), ("importedBy", .text(imported?.by)))
  }
}
