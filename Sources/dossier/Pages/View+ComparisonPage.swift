import Analysis
import Casebook
import CasebookStore
import Terminal

extension View {
  /// A case with what its sources say of it side by side: what is in conflict first, what only one says last.
  func page(_ comparison: CaseComparison, showingSingles: Bool, width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\(comparison.files.title, .strong)  compared", right: basisTag)
    page.add(StyledText(Self.summary(comparison)))
    addBasisNotes(to: &page)
    for relation in [Relation.conflict, .selfConflict, .compatible, .agree, .none, .single] {
      let predicates = comparison.predicates.filter { $0.relation == relation }
      guard !predicates.isEmpty else { continue }
      page.gap()
      page.add(relation.heading)
      if relation == .single, !showingSingles {
        addSingles(predicates, to: &page)
      } else {
        for predicate in predicates { add(predicate, of: comparison.files, to: &page) }
      }
    }
    return page
  }

  private static func summary(_ comparison: CaseComparison) -> String {
    let counts = Relation.allCases.compactMap { relation in
      let count = comparison.count(relation)
      return count == 0 ? nil : "\(count) \(relation == .none ? "not asserted" : relation.rawValue)"
    }
    let sources = Set(comparison.files.flatMap(\.sources)).count
    return "\(counted(sources, "source")) · \(counts.joined(separator: ", "))"
  }

  private func add(_ comparison: PredicateComparison, of files: [Case], to page: inout Page) {
    page.add(
      left: "  \(comparison.predicate.id, .strong)",
      right: "\(comparison.origins.words, .faint)")
    var table = Table([
      .init(), .init(), .init(wraps: true), .init(alignment: .right, wraps: true),
    ])
    for (source, readings) in comparison.sources {
      for (index, reading) in readings.enumerated() {
        var says = ClaimLayout.says(reading.claim, in: reading.file)
        if !reading.variants.isEmpty {
          let others = reading.variants.map(files.name).joined(separator: ", ")
          says.append("  \("spelt otherwise in \(others)", .faint)")
        }
        table.addRow([
          index == 0 ? StyledText(source.text) : StyledText(),
          StyledText(files.name(of: reading.reference)), says,
          "\(reading.claim.content.locator, .faint)",
        ])
      }
    }
    page.add(table, indent: 4)
    add(comparison.origins, to: &page, indent: 4)
  }

  /// Voices that rest on another work, or on what another rests on, with the way there.
  func add(_ origins: Origins, to page: inout Page, indent: Int) {
    for group in origins.groups {
      for path in group.paths where group.voices.count > 1 || path.endsInWork {
        let steps = path.map(\.display).joined(separator: " ← ")
        page.add("\("origin: \(steps)", .faint)", indent: indent, hanging: 2)
      }
    }
  }

  private func addSingles(_ predicates: [PredicateComparison], to page: inout Page) {
    let sources = Set(predicates.compactMap(\.assertingSource)).sorted()
    for source in sources {
      let names = predicates.filter { $0.assertingSource == source }.map { comparison in
        let count = comparison.sources.reduce(0) { $0 + $1.readings.count }
        return count == 1 ? comparison.predicate.id : "\(comparison.predicate.id) (\(count))"
      }
      page.add("\(source, .strong)  \(names.joined(separator: ", "))", indent: 2, hanging: 2)
    }
    page.add("\("in full with --singles", .faint)", indent: 2)
  }
}

extension PredicateComparison {
  /// The one source that asserts something, where it is one.
  fileprivate var assertingSource: Slug? {
    sources.first { $0.readings.contains(where: \.isAsserted) }?.source
  }
}

extension Relation {
  fileprivate var heading: StyledText {
    switch self {
    case .agree: "\("agree", .good)"
    case .compatible: "\("compatible", .caution)  \("all can be true", .faint)"
    case .conflict: "\("conflict", .bad)"
    case .selfConflict: "\("self-conflict", .bad)  \("a source contradicts itself", .faint)"
    case .single: "\("single", .strong)  \("only one source speaks", .faint)"
    case .none: "\("not asserted", .strong)  \("only reported, doubted or denied", .faint)"
    }
  }
}

extension [Origins.Node] {
  /// Whether it leads to a work, and not to whom a source credits.
  fileprivate var endsInWork: Bool {
    if case .source? = last { true } else { false }
  }
}
