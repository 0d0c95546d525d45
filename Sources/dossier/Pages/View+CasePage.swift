import Calendar
import Casebook
import CasebookStore
import Terminal
import Views

extension View {
  /// A case as an analyst reads it, or several that are taken for one: claims grouped by voice, then what analysts say.
  func page(_ files: [Case], width: Int, showingQuotes: Bool) -> Page {
    var page = Page(width: width)
    page.add(left: "\(files.title, .strong)", right: basisTag)
    page.add(StyledText(summary(files)))
    addBasisNotes(to: &page)
    ClaimLayout(
      ranked(files), showsCase: files.count > 1, showsQuotes: showingQuotes,
      citations: files.flatMap(Self.citations)
    ).add(to: &page)
    for file in files {
      addAnalysts(file, under: files.count > 1 ? "analysts on \(file.slug)" : "analysts", to: &page)
    }
    return page
  }

  private func summary(_ files: [Case]) -> String {
    let disputes = files.flatMap(\.sortedDisputes).count(where: \.isOpen)
    var parts = Set(files.map(\.kind.rawValue)).sorted()
    if files.count > 1 {
      parts.append("\(files.map(\.slug.text).joined(separator: ", ")) as one")
    }
    parts.append(counted(Set(files.flatMap(\.sources)).count, "source"))
    if disputes > 0 { parts.append(counted(disputes, "open dispute")) }
    let stale = files.reduce(0) { sum, file in
      sum
        + file.standingConclusions.count {
          !$0.movedGrounds(in: file, and: state.cases).isEmpty
        }
    }
    if stale > 0 { parts.append(counted(stale, "stale conclusion")) }
    if files.allSatisfy(\.isClosed) { parts.append("closed") }
    return parts.joined(separator: " · ")
  }

  /// Claims in the vocabulary's order, then in the order of recording.
  private func ranked(_ files: [Case]) -> [ClaimRow] {
    let claims = files.enumerated().flatMap { place, file in
      file.sortedClaims.filter { $0.status == .current }.map { claim in
        let rank = state.register?.rank(of: claim.content.predicate) ?? 0
        return (order: (rank, place, claim.number), claim: claim, file: file)
      }
    }
    return claims.sorted { $0.order < $1.order }.map { ClaimRow($0.claim, in: $0.file) }
  }

  private static func citations(_ file: Case) -> [CitationRow] {
    file.sortedCitations.filter { !$0.isWithdrawn }.map { CitationRow($0, in: file) }
  }

  private func addAnalysts(_ file: Case, under heading: String, to page: inout Page) {
    let disputes = file.sortedDisputes
    let annotations = file.annotations.sorted.filter { !$0.isWithdrawn }
    let conclusions = file.standingConclusions
    let identities = file.sortedIdentities
    guard
      !identities.isEmpty || !conclusions.isEmpty || !disputes.isEmpty || !annotations.isEmpty
    else { return }
    page.gap()
    page.add("\(heading, .strong)")
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
      for citation in Self.citations(file) where citation.target == "a\(annotation.number)" {
        table.addRow(["", "", ClaimLayout.cites(citation)])
      }
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

extension [Case] {
  /// What the case is called, or those that are taken for one.
  var title: String { map { $0.title.uppercased() }.joined(separator: " = ") }

  /// What one of them calls something of its own; among several with its case.
  func name(of item: ItemReference) -> String { count > 1 ? item.description : item.local }
}

extension [Slug] {
  /// The names of cases that are taken for one.
  var names: String { map(\.text).joined(separator: " = ") }
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
