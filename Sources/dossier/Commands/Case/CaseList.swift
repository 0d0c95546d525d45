import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

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

  @Option(name: .long, help: "Only cases of this kind: person, group or event.")
  var kind: CaseKind?

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    var rows: [JSON] = []
    let view = try await session.casebook().forEachCase(read.reading(session)) { view, file in
      // Only what a line of the list shows is kept of each case.
      if (kind == nil || file.kind == kind)
        && (!view.state.voices.isNarrowed || !file.claims.isEmpty)
      {
        rows.append(view.json(row: file))
      }
    }
    let listed = rows
    try session.show(
      Document(
        json: .document(("basis", view.basisJSON), ("cases", .array(listed))), items: listed
      ) { width in
        Self.page(listed, view, width)
      })
  }

  /// Short names longer than this stand on a line of their own where there is little room.
  private static let longestSlug = 18

  private static func page(_ rows: [JSON], _ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: StyledText(counted(rows.count, "case"), .strong), right: view.basisTag)
    view.addBasisNotes(to: &page)
    page.gap()
    var table = Table([
      .init("case", limit: longestSlug), .init("name", wraps: true), .init("kind"),
      .init("claims", alignment: .right), .init("sources", wraps: true),
    ])
    for row in rows {
      let closed = row["status"]?.stringValue == "closed" ? " (closed)" : ""
      table.addRow([
        "\(text(row, "slug"), .strong)", StyledText(text(row, "name") + closed),
        StyledText(text(row, "kind")), StyledText("\(row["claims"]?.integerValue ?? 0)"),
        StyledText(
          (row["sources"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")),
      ])
    }
    page.add(table)
    return page
  }

  private static func text(_ row: JSON, _ key: String) -> String { row[key]?.stringValue ?? "" }
}
