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

  @Option(name: .long, help: "Only cases of this kind: person, group or event.")
  var kind: CaseKind?

  @Flag(name: .long, help: "Answer from case_view as it stands, without carrying it on first.")
  var staleOk = false

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let reading = try read.reading(session)
    var basis = try await store.log.resolve(reading.asOf, of: store.casebookID)
    let views = ViewStore(store.log, casebook: store.casebookID)
    if staleOk, let built = try await views.activeGeneration(of: CaseView.self),
      built.position < basis.position
    {
      basis = try await store.log.resolve(.position(built.position), of: store.casebookID)
    }
    var rows: [JSON] = []
    let view: View
    // A view holds what everybody says; what some voices say is folded.
    if reading.voices.isAll, try await views.reaches(basis.position, CaseView.self) {
      view = try await store.view(of: [], at: basis)
      rows = try await views.cases(at: basis.position)
        .filter { kind == nil || $0.kind == kind?.rawValue }.map(\.json)
    } else {
      view = try await store.forEachCase(at: basis, reading.voices) { view, file in
        // Only what a line of the list shows is kept of each case.
        if (kind == nil || file.kind == kind)
          && (!view.state.voices.isNarrowed || !file.claims.isEmpty)
        {
          rows.append(view.json(row: file))
        }
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

extension CaseRow {
  /// A line of the list, the same as the fold of the log gives.
  fileprivate var json: JSON {
    .document(
      ("slug", .string(slug)), ("name", .string(name)), ("kind", .string(kind)),
      ("status", .string(status)), ("claims", .integer(claims)),
      ("annotations", .integer(annotations)), ("sources", .array(sources.map(JSON.string))),
      ("lastPosition", .integer(lastPosition)))
  }
}
