import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier annotation list`
struct AnnotationList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List annotations.",
    discussion: """
      EXAMPLES
        dossier annotation list --case gouzenko
        dossier annotation list --tag slip
        dossier annotation list --by mh --as-of 2026-03-01
      """)

  @Option(name: .customLong("case"), help: "Only those of this case.") var slug: String?
  @Option(name: .long, help: "Only those with this tag.") var tag: String?
  @Option(name: .long, help: "Only those of this analyst.") var by: String?
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    func rows(_ annotations: Annotations, home: Slug) -> [AnnotationRow] {
      annotations.sorted.filter { !$0.isWithdrawn }.map { AnnotationRow($0, home: home) }
    }
    let (view, all) = try await session.list(
      only: slug, [AnnotationView.self], read, views
    ) { _, file in
      rows(file.annotations, home: file.slug)
    } ground: { view in
      let sources = view.state.sources.values.sorted { $0.slug < $1.slug }
      let register = view.state.register.map { rows($0.annotations, home: .casebook) } ?? []
      return sources.flatMap { rows($0.annotations, home: $0.slug) } + register
    } stored: {
      try await $0.annotations(at: $1)
    }
    let found = all.filter {
      (tag.map($0.tags.contains) ?? true) && (by == nil || $0.recorded.by == by)
    }
    let items = found.map(\.json)
    try session.show(
      on: view,
      Document(
        json: view.document(("annotations", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        page.add(
          left: StyledText(counted(found.count, "annotation"), .strong), right: view.basisTag)
        view.addBasisNotes(to: &page)
        page.gap()
        var table = Table([
          .init("ref", limit: 14), .init("on", limit: 14), .init("says", wraps: true),
          .init("by", wraps: true),
        ])
        for row in found {
          let text = row.tags.reduce(into: StyledText(row.text)) {
            $0.append("  \("#\($1)", .faint)")
          }
          table.addRow([
            StyledText("\(row.home)/a\(row.number)"), StyledText(row.target), text,
            view.signature(row.recorded),
          ])
        }
        page.add(table)
        return page
      })
  }
}
