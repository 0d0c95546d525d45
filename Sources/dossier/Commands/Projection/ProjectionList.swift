import ArgumentParser
import StrictJSON
import Terminal
import Views

/// `dossier projection list`
struct ProjectionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the views there are and what each is for.",
    discussion: """
      EXAMPLES
        dossier projection list
        dossier projection list --format json
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let items = Projections.all.map { view in
      JSON.document(
        ("view", .string(view.name)), ("version", .integer(view.version)),
        ("summary", .string(view.summary)),
        ("columns", .array(view.columns.map { .string($0.name) })))
    }
    try global.show(
      Document(json: .document(("views", .array(items))), items: items) { width in
        var table = Table([
          .init("view"), .init("version", alignment: .right), .init("holds", wraps: true),
        ])
        for view in Projections.all {
          table.addRow([
            StyledText(view.name, .strong), "\(view.version)", StyledText(view.summary),
          ])
        }
        var page = Page(width: width)
        page.add(table)
        return page
      })
  }
}
