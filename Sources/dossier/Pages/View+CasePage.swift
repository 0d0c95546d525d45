import Calendar
import Casebook
import CasebookStore
import Terminal

extension View {
  /// A case as an analyst reads it: claims grouped by voice, then what analysts say.
  func page(_ file: Case, width: Int, showingQuotes: Bool) -> Page {
    var page = Page(width: width)
    page.add(left: "\(file.title.uppercased(), .strong)", right: basisTag)
    page.add(StyledText(Self.summary(file, state.cases)))
    addBasisNotes(to: &page)
    let claims = file.sortedClaims.filter { $0.status == .current }
    ClaimLayout(ranked(claims).map { ($0, file) }, showsCase: false, showsQuotes: showingQuotes)
      .add(to: &page)
    addAnalysts(file, to: &page)
    return page
  }

  private static func summary(_ file: Case, _ others: [Slug: Case]) -> String {
    let disputes = file.sortedDisputes.count(where: \.isOpen)
    var parts = [file.kind.rawValue, counted(file.sources.count, "source")]
    if disputes > 0 { parts.append(counted(disputes, "open dispute")) }
    let stale = file.standingConclusions.count { !$0.movedGrounds(in: file, and: others).isEmpty }
    if stale > 0 { parts.append(counted(stale, "stale conclusion")) }
    if file.isClosed { parts.append("closed") }
    return parts.joined(separator: " · ")
  }

  /// Claims in the vocabulary's order, then in the order of recording.
  private func ranked(_ claims: [Claim]) -> [Claim] {
    claims.sorted { left, right in
      let ranks = [left, right].map { state.register?.rank(of: $0.content.predicate) ?? 0 }
      return (ranks[0], left.number) < (ranks[1], right.number)
    }
  }

  private func addAnalysts(_ file: Case, to page: inout Page) {
    let disputes = file.sortedDisputes
    let annotations = file.annotations.sorted.filter { !$0.isWithdrawn }
    let conclusions = file.standingConclusions
    let identities = file.sortedIdentities
    guard
      !identities.isEmpty || !conclusions.isEmpty || !disputes.isEmpty || !annotations.isEmpty
    else { return }
    page.gap()
    page.add("\("analysts", .strong)")
    var table = Table([.init(), .init(), .init(wraps: true), .init(alignment: .right)])
    for identity in identities {
      let content = identity.content
      table.addRow([
        StyledText(content.judgement.sign), StyledText(content.other.text),
        "\(content.judgement.rawValue, .strong): “\(content.grounds)”",
        signature(identity.recorded),
      ])
    }
    for conclusion in conclusions {
      for (index, line) in lines(of: conclusion, in: file).enumerated() {
        table.addRow(
          index == 0
            ? [
              "\("k\(conclusion.number)", .strong)", StyledText(conclusion.content.predicate), line,
              signature(conclusion.changed),
            ] : ["", "", line])
      }
    }
    for dispute in disputes {
      let verb = dispute.isOpen ? "disputes" : "disputed"
      table.addRow([
        "\("d\(dispute.number)", dispute.isOpen ? .caution : nil)",
        "\(verb) c\(dispute.content.claim)", Self.words(dispute), signature(dispute.recorded),
      ])
    }
    for annotation in annotations {
      table.addRow([
        "a\(annotation.number)", StyledText(Self.subject(of: annotation, in: file)),
        StyledText(annotation.content.text) + tags(annotation), signature(annotation.changed),
      ])
    }
    page.add(table, indent: 2)
  }

  /// A dispute in its words: the grounds, what is held against the claim, and what came of it.
  static func words(_ dispute: Dispute) -> StyledText {
    var text: StyledText = "“\(dispute.content.grounds)”"
    if let counter = dispute.content.counter {
      text.append("  \(StyledText.labelled("against it:", counter.description))")
    }
    if let resolution = dispute.resolution {
      text.append("  \(StyledText.labelled("resolved:", "“\(resolution)”", .good))")
    }
    return text
  }

  private static func subject(of annotation: Annotation, in file: Case) -> String {
    switch annotation.content.target {
    case .item(let item): "on \(item.local)"
    default: "on the case"
    }
  }

  func tags(_ annotation: Annotation) -> StyledText {
    annotation.content.tags.reduce(into: StyledText()) { $0.append("  \("#\($1)", .faint)") }
  }

  /// Who and on which day, as it closes a line.
  func signature(_ stamp: Stamp) -> StyledText {
    "\("\(stamp.by) \(stamp.at.date())", .faint)"
  }
}

extension IdentityContent.Judgement {
  /// How it stands between two names.
  var sign: String {
    switch self {
    case .same: "="
    case .different: "≠"
    case .unsure: "?"
    }
  }
}
