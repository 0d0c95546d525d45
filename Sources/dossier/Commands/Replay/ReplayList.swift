import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier replay list`
struct ReplayList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the moments that have a name.",
    discussion: """
      EXAMPLES
        dossier replay list
        dossier replay list --format csv
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let snapshots = try await ViewStore(store.log, casebook: store.casebookID).snapshots()
    let rows = snapshots.map {
      JSON.document(
        ("name", .string($0.name)), ("position", .integer($0.position)),
        ("savedAt", .instant($0.savedAt)), ("savedBy", .string($0.savedBy)))
    }
    try session.show(
      Document(
        json: .document(("casebook", .string(store.slug.text)), ("snapshots", .array(rows))),
        items: rows
      ) { width in
        var page = Page(width: width)
        page.add("\(counted(snapshots.count, "named moment"), .strong)")
        page.gap()
        var table = Table([
          .init("name", limit: 30), .init("position", alignment: .right), .init("saved at (UTC)"),
          .init("by", wraps: true),
        ])
        for snapshot in snapshots {
          table.addRow([
            "\(snapshot.name, .strong)", "@\(snapshot.position)",
            StyledText(snapshot.savedAt.shortText), StyledText(snapshot.savedBy),
          ])
        }
        page.add(table)
        return page
      })
  }
}
