import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import FoundationEssentials
import StrictJSON
import Terminal
import Views

/// `dossier projection rebuild`
struct ProjectionRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold views anew, compare, and put the new rows in the old ones' place.",
    discussion: """
      EXAMPLES
        dossier projection rebuild claim_view
        dossier projection rebuild --all --workers 4
        dossier projection rebuild --all --all-casebooks --format ndjson

      Reading and writing go on meanwhile. Interrupted at any point, the next rebuild goes on from there. \
      With --format ndjson progress, too, is told in lines of JSON, on standard error: the phase (folding, following, \
      comparing, switching, dropping), and while events are folded how many of how many.
      """)

  @OptionGroup var choice: ViewChoice
  @Flag(name: .long, help: "Every view.") var all = false
  @Flag(name: .long, help: "Every casebook whose views you may write.") var allCasebooks = false
  @Option(name: .long, help: "How many cases are folded at once (default: one a processor).")
  var workers: Int?
  @Flag(name: .long, help: "Show what would be done; do nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard all != !choice.views.isEmpty else {
      throw ValidationError("Name the views to rebuild, or say --all.")
    }
    guard (workers ?? 1) >= 1 else { throw ValidationError("--workers is at least 1.") }
  }

  func run() async throws {
    let projections = try choice.projections()
    let session = try await Session.open(global)
    var outcomes: [Outcome] = []
    let stores = try await casebooks(session)
    for store in stores {
      let views = ViewStore(store.log, casebook: store.casebookID)
      for projection in projections {
        let before = try await views.status(of: projection)
        var outcome = Outcome(casebook: store.slug, before: before)
        if !dryRun {
          do {
            outcome.report = try await rebuild(projection, views, of: store.slug, session)
          } catch let problem as ViewError where stores.count * projections.count > 1 {
            // The others are built all the same.
            outcome.problem = problem
          }
        }
        outcomes.append(outcome)
      }
    }
    let done = outcomes
    let items = done.map(\.json)
    try session.show(
      Document(json: .document(("rebuilt", .array(items))), items: items) { width in
        var page = Page(width: width)
        for outcome in done { outcome.add(to: &page) }
        return page
      })
    if let problem = done.compactMap(\.problem).first {
      throw Failure(Failure(problem).status, nil)
    }
  }

  private func casebooks(_ session: Session) async throws -> [CasebookStore] {
    guard allCasebooks else { return [try await session.casebook()] }
    let maintainable = try await session.log.maintainableCasebooks()
    guard !maintainable.isEmpty else {
      throw Failure(
        .notAllowed,
        "there is no casebook whose views you may write. Ask an admin of one for access")
    }
    return try await session.log.casebooks().filter { maintainable.contains($0.id) }
      .map { try session.store($0) }
  }

  private func rebuild(
    _ projection: any Projection.Type, _ views: ViewStore, of casebook: Slug, _ session: Session
  ) async throws -> Rebuild.Report {
    let progress = RebuildProgress(
      casebook.text, projection.name, inJSON: global.format == .ndjson, session.terminal)
    defer { progress.finish() }
    return try await Rebuild(
      views, of: projection, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount
    ).run { progress.advance($0) }
  }
}

/// What became of one view.
private struct Outcome {
  let casebook: Slug
  let before: ViewStatus
  /// Nil when nothing was done.
  var report: Rebuild.Report?
  /// Why it could not be done.
  var problem: ViewError?

  func add(to page: inout Page) {
    let name = "\(casebook)  \(before.projection.name, .strong)" as StyledText
    if let problem {
      page.add("\(name)  \("not rebuilt", .bad): \(problem.description)")
      return
    }
    guard let report else {
      let from = before.generation.map { "from @\($0.position)" } ?? "for the first time"
      let goesOn = before.unfinished == nil ? "" : ", going on where one was interrupted"
      page.add("\(name)  would be built \(from) to @\(before.head)\(goesOn)")
      return
    }
    page.add(
      "\(name)  at @\(report.generation.position), \(counted(report.events, "event")) folded"
        + (report.wasResumed ? ", going on where one was interrupted" : ""))
    if let comparison = report.comparison {
      page.add(comparison.text, indent: 2)
      for difference in comparison.differences {
        page.add(
          "\(difference.home, .strong)  \(difference.newRows) rows, \(difference.oldRows) before",
          indent: 4)
      }
    }
    for fault in report.faults { page.add("\(fault.description, .bad)", indent: 2) }
  }

  var json: JSON {
    .document(
      ("casebook", .string(casebook.text)), ("view", .string(before.projection.name)),
      ("outcome", report != nil ? "switched" : problem != nil ? "failed" : "planned"),
      ("problem", .text(problem?.description)),
      ("head", report == nil ? .integer(before.head) : nil),
      ("position", report.map { .integer($0.generation.position) }),
      ("generation", report.map { .integer($0.generation.id) }),
      ("events", report.map { .integer($0.events) }),
      ("resumed", report.map { .boolean($0.wasResumed) }),
      ("comparison", report?.comparison?.json),
      ("fault", .text(report?.faults.first?.description)),
      ("standstills", report.flatMap { $0.faults.isEmpty ? nil : .array($0.faults.map(\.json)) }))
  }
}

extension Comparison {
  fileprivate var text: StyledText {
    differing == 0
      ? "\(counted(newRows, "row")), \("the same as before", .good) at @\(position)"
      : "\(counted(newRows, "row")), \(oldRows) before; \("\(differing) differ", .caution) at @\(position):"
  }

  fileprivate var json: JSON {
    .document(
      ("position", .integer(position)), ("rows", .integer(newRows)), ("oldRows", .integer(oldRows)),
      ("digest", .string(newDigest)), ("oldDigest", .string(oldDigest)),
      ("differing", .integer(differing)),
      (
        "differences",
        .array(
          differences.map {
            .document(
              ("home", .string($0.home)), ("rows", .integer($0.newRows)),
              ("oldRows", .integer($0.oldRows)))
          })
      ))
  }
}
