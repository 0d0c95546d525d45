import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier citation list`
struct CitationList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List citations: who cites what, where.",
    discussion: """
      EXAMPLES
        dossier citation list --case kravchenko
        dossier citation list --work krivitsky-1939
      """)

  @Option(name: .customLong("case"), help: "Only this case.") var slug: String?
  @Option(name: .long, help: "Only this work.") var work: String?
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, all) = try await session.list(
      only: slug, [CitationView.self], read, views
    ) { _, file in
      file.sortedCitations.filter { !$0.isWithdrawn }.map { CitationRow($0, in: file) }
    } stored: {
      try await $0.citations(at: $1)
    }
    if let work { _ = try view.state.source(Slug(work)) }
    let found = all.filter { work == nil || $0.work == work }
    let items = found.map { view.json($0) }
    try session.show(
      on: view,
      Document(
        json: view.document(("citations", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        page.add(left: StyledText(counted(found.count, "citation"), .strong), right: view.basisTag)
        view.addBasisNotes(to: &page)
        page.gap()
        var table = Table([
          .init("ref"), .init("on"), .init("as"), .init("work"), .init("locator", wraps: true),
          .init("note", alignment: .right),
        ])
        for row in found {
          table.addRow([
            StyledText("\(row.home)/n\(row.number)"), StyledText("\(row.home)/\(row.target)"),
            StyledText(row.role), StyledText(row.work), StyledText(row.locator ?? ""),
            StyledText(row.note ?? ""),
          ])
        }
        page.add(table)
        return page
      })
  }
}
