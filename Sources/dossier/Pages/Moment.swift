import Calendar
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal
import Views

/// A date that a claim gives, as its value or in a qualifier.
struct Moment {
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

  /// The end of what began on the date, where the claim tells both.
  private var end: EDTF? {
    qualifier == "from" ? claim.words["to"].flatMap { try? EDTF($0) } : nil
  }

  /// Whether it lasted, rather than happening somewhere in between.
  var lasts: Bool { end != nil }

  /// The first and the last day that it can have touched.
  var span: DateBounds {
    DateBounds(earliest: date.bounds.earliest, latest: (end ?? date).bounds.latest)
  }

  /// What its claim is called where only these cases are shown.
  func name(in files: [Case]) -> String {
    files.count == 1 ? "c\(claim.number)" : "\(claim.home)/c\(claim.number)"
  }

  /// What it is about in a few words: what a chart has room for.
  var inShort: StyledText {
    let words = claim.words
    var text = StyledText()
    if !claim.disputes.isEmpty { text.append("\("disputed", .bad) ") }
    if words.isNegative { text.append("\("not", .caution) ") }
    if !words.isAsserted { text.append("\(words.stance, .caution) ") }
    if words.hedge != nil { text.append("\("hedged", .caution) ") }
    text.append("\(claim.predicate)")
    if let stage = words["stage"] { text.append(" \(stage)") }
    if qualifier != nil { text.append(" \(words.value)") }
    return text
  }

  /// The same in full.
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
      ("edtf", .string(date.text)), ("calendar", .text(date.statedCalendar)),
      ("inWords", .string(date.inWords)),
      ("earliest", .text(date.bounds.earliest?.description)),
      ("latest", .text(date.bounds.latest?.description)), ("qualifier", .text(qualifier)),
      ("claim", view.json(claim)))
  }
}
