import ArgumentParser
import Calendar
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
        dossier timeline --as-of 2026-03-01
      """)

  @Argument(help: "The case (default: all cases).", completion: .cases) var slug: String?
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, found) = try await session.list(
      only: slug, [TimelineView.self, ClaimView.self, CitationView.self], read, views
    ) {
      Moment.all(of: $1)
    } stored: {
      try await Moment.all($0, at: $1)
    }
    let moments = found.sorted { $0.order < $1.order }
    let file = try slug.flatMap { view.state.cases[try Slug($0)] }
    let items = moments.map { $0.json(view) }
    try session.show(
      Document(
        json: .document(
          ("basis", view.basisJSON), ("case", .text(file?.slug.text)), ("moments", .array(items))),
        items: items
      ) { width in
        Self.page(moments, file, view, width)
      })
  }

  /// A timeline of one case, or of all when `file` is nil.
  private static func page(
    _ moments: [Moment], _ file: Case?, _ view: View, _ width: Int
  ) -> Page {
    var page = Page(width: width)
    let title = file?.title ?? view.title
    page.add(left: "\(title.uppercased(), .strong)  timeline", right: view.basisTag)
    view.addBasisNotes(to: &page)
    page.gap()
    var table = Table([
      .init("date"), .init("what", wraps: true), .init("source"), .init("ref"),
    ])
    for moment in moments {
      let claim = moment.claim
      let disputed = claim.disputes.isEmpty ? "" : "  disputed"
      table.addRow([
        "\(moment.date.text, .strong)", moment.what + "\(disputed, .bad)",
        "\(claim.source, .faint)",
        StyledText(file == nil ? "\(claim.home)/c\(claim.number)" : "c\(claim.number)"),
      ])
    }
    page.add(table)
    return page
  }
}

/// A date that a claim gives, as its value or in a qualifier.
private struct Moment {
  let date: EDTF
  let claim: ClaimRow
  /// The qualifier that gives the date; nil for the value itself.
  let qualifier: String?

  /// Nil for the end of something whose beginning is dated: it is told with that.
  private init?(_ date: EDTF, _ claim: ClaimRow, _ qualifier: String?) {
    if qualifier == "to", claim.words["from"] != nil { return nil }
    self.date = date
    self.claim = claim
    self.qualifier = qualifier
  }

  /// All of a case.
  static func all(of file: Case) -> [Moment] {
    file.sortedClaims.filter { $0.status == .current }.flatMap { claim in
      let row = ClaimRow(claim, in: file)
      var moments: [Moment?] = []
      if case .date(let date)? = claim.content.assertion.value {
        moments.append(Moment(date, row, nil))
      }
      for (id, value) in claim.content.sortedQualifiers {
        if case .date(let date) = value { moments.append(Moment(date, row, id)) }
      }
      return moments.compactMap(\.self)
    }
  }

  /// All of all cases, as the views have them at a position.
  static func all(_ views: ViewStore, at position: Int64) async throws -> [Moment] {
    let claims = Dictionary(grouping: try await views.claims(at: position), by: \.home)
      .mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.number, $0) }) }
    return try await views.dates(at: position).compactMap { row in
      guard let claim = claims[row.home]?[row.claim] else {
        throw ViewError.damaged(view: TimelineView.name)
      }
      return Moment(try EDTF(row.edtf), claim, row.qualifier)
    }
  }

  /// The order it happened in; what has no earliest day comes last.
  var order: (CalendarDate, CalendarDate, String, Int, String) {
    let bounds = date.bounds
    let first = bounds.earliest ?? bounds.latest ?? .last
    return (first, bounds.latest ?? .last, claim.home, claim.number, qualifier ?? "")
  }

  var what: StyledText {
    let words = claim.words
    var text: StyledText = "\(claim.predicate)"
    if qualifier != nil { text.append("  \(words.value, .strong)") }
    if words.isNegative { text.append("  \("not so", .caution)") }
    if qualifier == "from", let end = words["to"] {
      text.append("  until \(end)")
    } else if let qualifier, !["date", "from"].contains(qualifier) {
      text.append("  \("(\(qualifier))", .faint)")
    }
    if let stage = words["stage"] { text.append("  \(stage)") }
    if let place = words["place"] {
      text.append("  \(StyledText.labelled("place:", place, .faint))")
    }
    if let hedge = words.hedge {
      text.append("  \(StyledText.labelled("hedge:", "“\(hedge)”", .caution))")
    }
    if !words.isAsserted { text.append("  \(ClaimLayout.stance(of: words))") }
    if let wording = words.asWritten { text.append("  \(ClaimLayout.asWritten(wording))") }
    return text
  }

  func json(_ view: View) -> JSON {
    .document(
      ("edtf", .string(date.text)), ("inWords", .string(date.inWords)),
      ("earliest", .text(date.bounds.earliest?.description)),
      ("latest", .text(date.bounds.latest?.description)), ("qualifier", .text(qualifier)),
      ("claim", view.json(claim)))
  }
}
