import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier source list`
struct SourceList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the sources.",
    discussion: """
      EXAMPLES
        dossier source list
        dossier source list --issued-by 1955
      """)

  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, sources) = try await session.list(
      [SourceView.self, AnnotationView.self], read, views
    ) { store, basis, voices in
      let view = try await store.view(of: [], at: basis, voices)
      return (view, view.state.sources.values.sorted { $0.slug < $1.slug }.map(SourceRow.init))
    } stored: {
      try await $0.sources(at: $1)
    }
    let items = sources.map { view.json($0) }
    try session.show(
      on: view,
      Document(
        json: view.document(("sources", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        page.add(left: StyledText(counted(sources.count, "source"), .strong), right: view.basisTag)
        view.addBasisNotes(to: &page)
        page.gap()
        var table = Table([
          .init("source"), .init("issued"), .init("grade"), .init("title", wraps: true),
        ])
        for source in sources {
          table.addRow([
            "\(source.slug, .strong)", StyledText(source.issued ?? ""),
            StyledText(source.grade ?? ""), StyledText(source.title),
          ])
        }
        page.add(table)
        return page
      })
  }
}
