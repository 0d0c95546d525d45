import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

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
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    var rows: [JSON] = []
    let view = try await session.forEachCase(only: slug, read) { view, file in
      rows += file.sortedCitations
        .filter { !$0.isWithdrawn && (work == nil || $0.content.work.text == work) }
        .map { view.json($0, in: file) }
    }
    if let work { _ = try view.state.source(Slug(work)) }
    let found = rows
    try session.show(
      Document(
        json: .document(("basis", view.basisJSON), ("citations", .array(found))), items: found
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
          func cell(_ key: String) -> StyledText { StyledText(row[key]?.stringValue ?? "") }
          table.addRow([
            cell("ref"), cell("target"), cell("as"), cell("work"), cell("locator"), cell("note"),
          ])
        }
        page.add(table)
        return page
      })
  }
}

extension Session {
  /// Every case, or the one named, as the reader asked for it.
  func forEachCase(
    only slug: String?, _ read: ReadOptions, _ body: (View, Case) throws -> Void
  ) async throws -> View {
    guard let slug else {
      let view = try await casebook().forEachCase(read.reading(self)) { try body($0, $1) }
      noteFuture(view)
      return view
    }
    let (view, file) = try await caseFile(Slug(slug), read)
    try body(view, file)
    return view
  }
}
