import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// `dossier projection check`
struct ProjectionCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Fold views afresh and compare them with what is stored.",
    discussion: """
      EXAMPLES
        dossier projection check
        dossier projection check claim_view

      Reads only. Exit status 1 means that something differs; a rebuild mends it.
      """)

  /// What is checked beside the views is told of under this name, when something is wrong with it.
  private static let records = "records"

  @OptionGroup var choice: ViewChoice
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let projections = try choice.projections()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let views = ViewStore(store.log, casebook: store.casebookID)
    var found: [(name: String, report: CheckReport)] = []
    for projection in projections {
      let progress = ImportProgress(
        "checking \(projection.name)", unit: "events", session.terminal)
      defer { progress.finish() }
      let head = Int(try await views.head())
      do {
        let report = try await views.check(projection) { progress.advance(to: $0, of: head) }
        found.append((projection.name, report))
      } catch ViewError.notBuilt where choice.views.isEmpty {
        // Asked for by name, a view that is not there is an error; otherwise there is nothing to check.
        continue
      }
    }
    let records = try await views.checkRecords()
    if !records.isRight { found.append((Self.records, records)) }
    let all = found
    let items = all.map { Self.json($0.name, $0.report) }
    try session.show(
      Document(
        json: .document(("casebook", .string(store.slug.text)), ("views", .array(items))),
        items: items
      ) { width in
        var page = Page(width: width)
        if all.isEmpty {
          page.add("no view has been built yet. Build them with: dossier projection rebuild --all")
        }
        for (name, report) in all { Self.add(name, report, to: &page) }
        return page
      })
    if all.contains(where: { !$0.report.isRight }) { throw ExitStatus.checkFailed }
  }

  private static func add(_ name: String, _ report: CheckReport, to page: inout Page) {
    guard let first = report.first else {
      page.add(
        "\(name, .strong)  \("right", .good): \(counted(report.rows, "row")) at @\(report.position)"
      )
      return
    }
    var wrong: [String] = []
    if report.differing > 0 {
      let homes = counted(report.differing, "case or source", plural: "cases and sources")
      wrong.append("\(homes) shown otherwise than the log says, at @\(report.position)")
    }
    if report.records > 0 { wrong.append("\(counted(report.records, "record")) beside the rows") }
    page.add("\(name, .strong)  \("wrong", .bad): \(wrong.joined(separator: ", "))")
    page.add("first \(first.home) \(first.row), \(first.column ?? "the whole row"):", indent: 2)
    page.add("stored    \(first.stored ?? "nothing")", indent: 4)
    page.add("expected  \(first.expected ?? "nothing")", indent: 4)
    page.add(
      name == Self.records
        ? "Somebody changed it by hand, and nothing can say what it was. Whoever administers the server may delete it."
        : "Mend it with: dossier projection rebuild \(name)", indent: 2)
  }

  private static func json(_ name: String, _ report: CheckReport) -> JSON {
    .document(
      ("view", .string(name)), ("position", .integer(report.position)),
      ("rows", .integer(report.rows)), ("verdict", report.isRight ? "right" : "wrong"),
      ("differing", .integer(report.differing)),
      ("records", report.records == 0 ? nil : .integer(report.records)),
      (
        "first",
        report.first.map {
          .document(
            ("home", .string($0.home)), ("row", .string($0.row)), ("column", .text($0.column)),
            ("stored", .text($0.stored)), ("expected", .text($0.expected)))
        }
      ))
  }
}
