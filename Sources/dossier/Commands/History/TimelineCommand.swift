import ArgumentParser
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal
import Views

/// `dossier timeline`
struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "What sources date in a case or in all, in the order it happened.",
    discussion: """
      EXAMPLES
        dossier timeline gouzenko
        dossier timeline derjabin --source fbi-1955
        dossier timeline derjabin --joined
        dossier timeline --as-of 2026-03-01

      At a terminal the dates of a case are drawn along the years, a lane a source. Elsewhere, with --list, and for all
      cases they are a table.
      """)

  @Argument(help: "The case (default: all cases).", completion: .cases) var slug: String?
  @Flag(name: .long, help: "Take the cases together that are judged to be one with it.")
  var joined = false
  @Flag(name: .long, help: "The dates as a table, at a terminal, too.") var list = false
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if joined, slug == nil {
      throw ValidationError("--joined takes the cases that are one with a CASE: name one.")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, files, found) = try await moments(session)
    let moments = found.sorted { $0.order < $1.order }
    let items = moments.map { $0.json(view) }
    let draws = session.terminal.outputSurface.isTerminal && !list
    try session.show(
      on: view,
      Document(
        json: view.document(
          ("case", .text(files.first?.slug.text)),
          ("joined", files.joinedJSON), ("moments", .array(items))),
        items: items
      ) { width in
        Self.page(moments, files, view, width, draws: draws)
      })
  }

  /// Those of one case and of what is joined with it, or of all cases: then no files are named.
  private func moments(
    _ session: Session
  ) async throws -> (view: View, files: [Case], moments: [Moment]) {
    if let slug {
      let (view, files) = try await session.caseFiles(Slug(slug), read, joined: joined)
      return (view, files, files.flatMap(Moment.all))
    }
    let (view, moments) = try await session.list(
      only: nil, [TimelineView.self, ClaimView.self, CitationView.self], read, views
    ) {
      Moment.all(of: $1)
    } stored: {
      try await Moment.all($0, at: $1)
    }
    return (view, [], moments)
  }

  private static func page(
    _ moments: [Moment], _ files: [Case], _ view: View, _ width: Int, draws: Bool
  ) -> Page {
    var page = Page(width: width)
    let title = files.isEmpty ? view.title.uppercased() : files.title
    page.add(left: "\(title, .strong)  timeline", right: view.basisTag)
    view.addBasisNotes(to: &page)
    if draws, let chart = TimelineChart(moments, of: files) {
      chart.add(to: &page)
      return page
    }
    page.gap()
    var table = Table([
      .init("date"), .init("what", wraps: true), .init("source"), .init("ref"),
    ])
    for moment in moments {
      let disputed = moment.claim.disputes.isEmpty ? "" : "  disputed"
      var date: StyledText = "\(moment.date.description, .strong)"
      date.appendNewStyle(of: moment.date.description)
      table.addRow([
        date, moment.what + "\(disputed, .bad)",
        "\(moment.claim.source, .faint)", StyledText(moment.name(in: files)),
      ])
    }
    page.add(table)
    return page
  }
}
