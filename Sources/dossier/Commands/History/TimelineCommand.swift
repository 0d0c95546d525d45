import ArgumentParser
import Calendar
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal

/// `dossier timeline`
struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "What sources date in a case, in the order it happened.",
    discussion: """
      EXAMPLES
        dossier timeline gouzenko
        dossier timeline derjabin --source fbi-1955
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, file) = try await session.caseFile(Slug(slug), read)
    let moments = Moment.all(of: file)
    let items = moments.map { $0.json(view, file) }
    try session.show(
      Document(
        json: .document(
          ("basis", view.basisJSON), ("case", .string(file.slug.text)), ("moments", .array(items))),
        items: items
      ) { width in
        Self.page(moments, file, view, width)
      })
  }

  private static func page(
    _ moments: [Moment], _ file: Case, _ view: View, _ width: Int
  ) -> Page {
    var page = Page(width: width)
    page.add(left: "\(file.title.uppercased(), .strong)  timeline", right: view.basisTag)
    view.addBasisNotes(to: &page)
    page.gap()
    var table = Table([
      .init("date"), .init("what", wraps: true), .init("source"), .init("ref"),
    ])
    for moment in moments {
      let disputed = file.openDisputes(of: moment.claim.number).isEmpty ? "" : "  disputed"
      table.addRow([
        "\(moment.date.text, .strong)", moment.what + "\(disputed, .bad)",
        "\(moment.claim.content.source, .faint)", "c\(moment.claim.number)",
      ])
    }
    page.add(table)
    return page
  }
}

/// A date that a claim gives, as its value or in a qualifier.
private struct Moment {
  let date: EDTF
  let claim: Claim
  /// The qualifier that gives the date; nil for the value itself.
  let qualifier: String?

  /// All of a case in the order it happened; what has no earliest day comes last.
  static func all(of file: Case) -> [Moment] {
    var moments: [Moment] = []
    for claim in file.sortedClaims where claim.status == .current {
      if case .date(let date)? = claim.content.assertion.value {
        moments.append(Moment(date: date, claim: claim, qualifier: nil))
      }
      for (id, value) in claim.content.sortedQualifiers {
        // The end of something is told with its beginning.
        if id == "to", claim.content.qualifiers["from"] != nil { continue }
        guard case .date(let date) = value else { continue }
        moments.append(Moment(date: date, claim: claim, qualifier: id))
      }
    }
    return moments.sorted { $0.order < $1.order }
  }

  private var order: (CalendarDate, CalendarDate, Int) {
    let bounds = date.bounds
    let first = bounds.earliest ?? bounds.latest ?? .last
    return (first, bounds.latest ?? .last, claim.number)
  }

  var what: StyledText {
    let content = claim.content
    var text: StyledText = "\(content.predicate)"
    if qualifier != nil { text.append("  \(content.assertion.display, .strong)") }
    if content.isNegative { text.append("  \("not so", .caution)") }
    if qualifier == "from", let end = content.qualifiers["to"] {
      text.append("  until \(end.display)")
    } else if let qualifier, !["date", "from"].contains(qualifier) {
      text.append("  \("(\(qualifier))", .faint)")
    }
    if let stage = content.qualifiers["stage"] { text.append("  \(stage.display)") }
    if let place = content.qualifiers["place"] {
      text.append("  \(StyledText.labelled("place:", place.display, .faint))")
    }
    if let hedge = content.hedge {
      text.append("  \(StyledText.labelled("hedge:", "“\(hedge)”", .caution))")
    }
    if content.attribution.stance != .asserts {
      text.append("  \(ClaimLayout.stance(of: content))")
    }
    if let wording = content.asWritten { text.append("  \(ClaimLayout.asWritten(wording))") }
    return text
  }

  func json(_ view: View, _ file: Case) -> JSON {
    .document(
      ("edtf", .string(date.text)), ("inWords", .string(date.inWords)),
      ("earliest", .text(date.bounds.earliest?.description)),
      ("latest", .text(date.bounds.latest?.description)), ("qualifier", .text(qualifier)),
      ("claim", view.json(claim, in: file)))
  }
}
