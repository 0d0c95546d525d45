import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

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
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    var rows: [JSON] = []
    func add(_ annotations: Annotations, home: Slug, _ view: View) {
      rows += annotations.sorted
        .filter {
          !$0.isWithdrawn && (tag.map($0.content.tags.contains) ?? true)
            && (by == nil || $0.recorded.by == by)
        }
        .map { view.json($0, home: home) }
    }
    let view = try await session.forEachCase(only: slug, read) { view, file in
      add(file.annotations, home: file.slug, view)
    }
    if slug == nil {
      for source in view.state.sources.values.sorted(by: { $0.slug < $1.slug }) {
        add(source.annotations, home: source.slug, view)
      }
      if let register = view.state.register {
        add(register.annotations, home: .casebook, view)
      }
    }
    let found = rows
    try session.show(
      Document(
        json: .document(("basis", view.basisJSON), ("annotations", .array(found))), items: found
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
          func cell(_ key: String) -> StyledText { StyledText(row[key]?.stringValue ?? "") }
          let tags = (row["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
          let text =
            cell("text") + tags.reduce(into: StyledText()) { $0.append("  \("#\($1)", .faint)") }
          let day = (row["recordedAt"]?.stringValue ?? "").prefix { $0 != "T" }
          let by = row["recordedBy"]?.stringValue ?? ""
          table.addRow([
            cell("ref"), cell("target"), text, "\("\(by) \(day)", .faint)",
          ])
        }
        page.add(table)
        return page
      })
  }
}
