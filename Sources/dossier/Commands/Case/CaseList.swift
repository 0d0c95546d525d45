import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// `dossier case list`
struct CaseList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the cases.",
    discussion: """
      EXAMPLES
        dossier case list
        dossier case list -s riehle-2020
        dossier case list --as-of 2026-03-01 --format csv
      """)

  @Option(
    name: .long, help: "Only cases of this kind: person, group, place, work, object or event.")
  var kind: CaseKind?

  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, all) = try await session.list([CaseView.self], read, views) { view, file in
      // A voice that is heard alone knows no case that it says nothing of.
      view.state.voices.isNarrowed && file.claims.isEmpty ? [] : [CaseRow(file)]
    } stored: {
      try await $0.cases(at: $1)
    }
    let rows = all.filter { kind == nil || $0.kind == kind?.rawValue }
    let items = rows.map(\.json)
    try session.show(
      on: view,
      Document(
        json: view.document(("cases", .array(items))), items: items
      ) { width in
        Self.page(rows, view, width)
      })
  }

  /// Short names longer than this stand on a line of their own where there is little room.
  private static let longestSlug = 18

  private static func page(_ rows: [CaseRow], _ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: StyledText(counted(rows.count, "case"), .strong), right: view.basisTag)
    view.addBasisNotes(to: &page)
    page.gap()
    var table = Table([
      .init("case", limit: longestSlug), .init("name", wraps: true), .init("kind"),
      .init("claims", alignment: .right), .init("sources", wraps: true),
    ])
    for row in rows {
      table.addRow([
        "\(row.slug, .strong)", StyledText(row.name + (row.isClosed ? " (closed)" : "")),
        StyledText(row.kind), StyledText("\(row.claims)"),
        StyledText(row.sources.joined(separator: ", ")),
      ])
    }
    page.add(table)
    return page
  }
}
