import Analysis
import Casebook
import CasebookStore
import Terminal

extension View {
  // MARK: All counts

  /// The counts of each source, a line each.
  func page(_ results: [TabulationResult], _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(
      left: "\(counted(results.count, "stated count"), .strong)  \(Self.summary(results))",
      right: basisTag)
    addBasisNotes(to: &page)
    let joined = Set(results.flatMap { $0.casesJoined.map(\.names) }).sorted()
    if !joined.isEmpty { page.add("counted once: \(joined.joined(separator: ", "))") }
    for source in Set(results.map(\.content.source)).sorted() {
      page.gap()
      page.add("\(source, .strong)")
      page.add(Self.table(results.filter { $0.content.source == source }, width), indent: 2)
    }
    guard !results.isEmpty else { return page }
    page.gap()
    page.add(
      "\("YES: cases that the source's own claims support; in brackets, how many of them only as it reports or hedges. NO: cases they count out. SILENT: no claim decides.", .faint)"
    )
    page.add("\("One count: dossier tabulate ID. One case: dossier tabulate --case CASE", .faint)")
    return page
  }

  private static func summary(_ results: [TabulationResult]) -> StyledText {
    Verdict.allCases.compactMap { verdict in
      let count = results.count { $0.verdict == verdict }
      return count == 0 ? nil : StyledText("\(count) \(verdict.rawValue)")
    }.joined(separator: ", ")
  }

  private static func table(_ results: [TabulationResult], _ width: Int) -> Table {
    let (hasStatements, hasPlaces) = (width >= 110, width >= 150)
    var columns: [Table.Column] = [
      .init("count"), .init("stated", wraps: true), .init("yes", alignment: .right),
      .init("no", alignment: .right), .init("silent", alignment: .right), .init("verdict"),
    ]
    if hasPlaces { columns.append(.init("where", wraps: true)) }
    if hasStatements { columns.append(.init("statement", wraps: true)) }
    var table = Table(columns)
    for result in results {
      let hedged = result.supportedHedged == 0 ? "" : " (\(result.supportedHedged))"
      var row: [StyledText] = [
        StyledText(result.content.id.text), StyledText(result.content.stated),
        "\(result.cases(.yes).count)\(hedged)", "\(result.cases(.no).count)",
        "\(result.cases(.silent).count)", result.verdict.styled,
      ]
      if hasPlaces { row.append("\(result.content.locator, .faint)") }
      if hasStatements { row.append(StyledText(result.content.statement)) }
      table.addRow(row)
    }
    return table
  }

  // MARK: One count

  /// One count with every case and the claims that decide it.
  func page(_ result: TabulationResult, _ width: Int) -> Page {
    let content = result.content
    var page = Page(width: width)
    page.add(left: "\("tabulation/\(content.id)", .strong)", right: basisTag)
    addBasisNotes(to: &page)
    page.add(StyledText(content.statement))
    var table = Table([.init(), .init(wraps: true)])
    func row(_ name: String, _ text: StyledText) { table.addRow(["\(name, .faint)", text]) }
    row("source", "\(content.source), \(content.locator)")
    if let quote = content.quote { row("quote", "“\(quote)”") }
    row("stated", "\(content.stated) of \(content.population.display)")
    row("criterion", StyledText(content.criterion))
    row("verdict", "\(result.verdict.styled): \(Self.figures(result))")
    if !(content.namedYes + content.namedNo).isEmpty { row("named", Self.named(result)) }
    page.gap()
    page.add(table)
    for (outcome, title) in [(Outcome.yes, "supported"), (.no, "wanting"), (.silent, "silent")] {
      let findings = result.findings.filter { $0.outcome == outcome }
      guard !findings.isEmpty else { continue }
      page.gap()
      page.add("\(title, .strong)")
      var cases = Table([.init(), .init(wraps: true)])
      for finding in findings {
        cases.addRow([StyledText(finding.slugs.names), grounds(of: finding)])
      }
      page.add(cases, indent: 2)
    }
    return page
  }

  private static func figures(_ result: TabulationResult) -> StyledText {
    var text: StyledText =
      "\(result.cases(.yes).count) supported, \(result.cases(.no).count) wanting, \(result.cases(.silent).count) silent"
    if result.supportedHedged > 0 {
      text.append(
        "  \("(\(result.supportedHedged) of those supported only as the source reports or hedges)", .caution)"
      )
    }
    return text
  }

  private static func named(_ result: TabulationResult) -> StyledText {
    let content = result.content
    let parts = [(content.namedYes.count, "counted in"), (content.namedNo.count, "counted out")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let text: StyledText = "\(parts.joined(separator: ", ")) by name"
    let differing = result.disagreements.map { "\($0.slug) (\($0.words))" }
    return differing.isEmpty
      ? text + "; \("the claims agree", .good)"
      : text + "; \("the claims do not bear out", .bad) \(differing.joined(separator: ", "))"
  }

  /// The claims that decide, in short; for a silent case, where the silence is.
  private func grounds(of finding: CaseFinding) -> StyledText {
    var parts: [StyledText] = []
    // What several claims say alike is told once, with where each of them says it.
    var last: String?
    for reference in finding.evidence {
      let name = finding.slugs.count > 1 ? reference.description : reference.local
      guard let claim = state.cases[reference.home]?.claims[reference.number] else {
        parts.append(StyledText(name))
        continue
      }
      let place: StyledText = "\(name) \(claim.content.locator, .faint)"
      let gist = ClaimLayout.gist(of: claim.content)
      if last == "\(claim.content.predicate) \(gist)", let open = parts.popLast() {
        parts.append("\(open), \(place)")
      } else {
        parts.append("\(claim.content.predicate) \(gist, .strong) \(place)")
      }
      last = "\(claim.content.predicate) \(gist)"
    }
    if finding.outcome == .silent {
      if finding.membership == .silent {
        parts.append("\("may not be among the cases counted", .caution)")
      }
      let open = finding.conditions.filter { $0.outcome == .silent }.map(\.text)
      if !open.isEmpty {
        parts.append("\("nothing decides \(open.joined(separator: "; "))", .faint)")
      }
    }
    if finding.outcome == .yes, !finding.isFirm {
      parts.append("\("only reported or hedged", .caution)")
    }
    return parts.joined(separator: " · ")
  }

  // MARK: One case

  /// What one case's claims say to every count that may take it in.
  func page(_ results: [TabulationResult], for files: [Case], width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\(files.title, .strong)  as it is counted", right: basisTag)
    addBasisNotes(to: &page)
    if results.isEmpty { page.add("No source counts this case.") }
    for result in results {
      guard let finding = result.findings.first else { continue }
      page.gap()
      let content = result.content
      page.add(
        left: "\(content.id, .strong)  \(finding.outcome.styled)",
        right: "\("\(content.source), \(content.locator)", .faint)")
      page.add(StyledText(content.statement), indent: 2)
      if finding.membership == .silent {
        page.add(
          "\("may not be among the cases counted: \(content.population.display) is silent about it", .caution)",
          indent: 2)
      }
      if files.contains(where: { content.namedYes.contains($0.slug) }) {
        page.add("the text names it as counted", indent: 2)
      }
      if files.contains(where: { content.namedNo.contains($0.slug) }) {
        page.add("the text names it as not counted", indent: 2)
      }
      for condition in finding.conditions { add(condition, of: files, to: &page) }
    }
    return page
  }

  private func add(_ condition: ConditionFinding, of files: [Case], to page: inout Page) {
    page.add("\(condition.text): \(condition.outcome.styled)", indent: 2, hanging: 2)
    var table = Table([.init(), .init(wraps: true), .init(alignment: .right, wraps: true)])
    for (claims, note) in [(condition.deciding, ""), (condition.opposing, "against it: ")] {
      for reference in claims {
        guard let file = files.first(where: { $0.slug == reference.home }),
          let claim = file.claims[reference.number]
        else { continue }
        table.addRow([
          StyledText(files.name(of: reference)), "\(note)" + ClaimLayout.says(claim, in: file),
          "\(claim.content.locator, .faint)",
        ])
      }
    }
    page.add(table, indent: 4)
  }
}

extension TabulationContent {
  /// The count with its bound: "14", "at least 11", "all 20", "most".
  var stated: String {
    switch (bound, count) {
    case (.exactly, let count?): "\(count)"
    case (.atLeast, let count?): "at least \(count)"
    case (.all, let count?): "all \(count)"
    case (.majority, let count?): "most, \(count)"
    case (.almostAll, let count?): "almost all, \(count)"
    case (.majority, nil): "most"
    case (.almostAll, nil): "almost all"
    case (.exactly, nil), (.atLeast, nil), (.all, nil): "all"
    }
  }
}

extension Verdict {
  var styled: StyledText {
    switch self {
    case .reproduced: "\(rawValue, .good)"
    case .over, .short: "\(rawValue, .bad)"
    case .indeterminate: "\(rawValue, .caution)"
    }
  }
}

extension Outcome {
  var styled: StyledText {
    switch self {
    case .yes: "\(rawValue, .good)"
    case .no: "\(rawValue, .bad)"
    case .silent: "\(rawValue, .caution)"
    }
  }
}
