import ArgumentParser
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal

/// `dossier source list`
struct SourceList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the sources.",
    discussion: """
      EXAMPLES
        dossier source list
        dossier source list --issued-by 1955
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let view = try await session.casebook().view(of: [], read.reading(session))
    let sources = view.state.sources.values.sorted { $0.slug < $1.slug }
    let items = sources.map { view.json($0) }
    try session.show(
      Document(
        json: .document(("basis", view.basisJSON), ("sources", .array(items))), items: items
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
            "\(source.slug, .strong)", StyledText(source.content.issued?.text ?? ""),
            StyledText(source.grade?.content.rawValue ?? ""), StyledText(source.content.title),
          ])
        }
        page.add(table)
        return page
      })
  }
}
