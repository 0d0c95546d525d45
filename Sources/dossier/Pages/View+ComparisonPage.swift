import Analysis
import Casebook
import CasebookStore
import EDTF
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
      // What others report or deny stands beside what one asserts.
      let inFull = predicates.filter {
        relation != .single || showingSingles || $0.sources.count > 1
      }
      for predicate in inFull { add(predicate, of: comparison.files, to: &page) }
      if inFull.count < predicates.count {
        addSingles(predicates.filter { $0.sources.count == 1 }, to: &page)
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
    page.add("\(comparison.predicate.id, .strong)  \(comparison.origins.words, .faint)", indent: 2)
    if comparison.isOnlyByAbout { page.add(Self.byAbout, indent: 4, hanging: 2) }
    let count = comparison.sources.count
    if count > 1, page.width / count >= Self.narrowestSide {
      Self.addSideBySide(comparison.sources, files, to: &page)
    } else {
      Self.addBelow(comparison.sources, files, to: &page)
    }
    add(comparison.origins, to: &page, indent: 4)
  }

  private static let byAbout: StyledText =
    "\("compatible only by the “about”, taken to reach \(Approximation.inWords)", .caution)"

  /// The least width of a source that has a column of its own.
  private static let narrowestSide = 60

  /// One source below the other.
  private static func addBelow(
    _ sources: [SourceReadings], _ files: [Case], to page: inout Page
  ) {
    var table = Table([.init()] + columns)
    for (source, readings) in sources {
      for (index, reading) in readings.enumerated() {
        let name = index == 0 ? StyledText(source.text) : StyledText()
        table.addRow([name] + cells(reading, files))
      }
    }
    page.add(table, indent: 4)
  }

  /// A column a source, all of one width, so that they stand at the same place on the whole page.
  private static func addSideBySide(
    _ sources: [SourceReadings], _ files: [Case], to page: inout Page
  ) {
    let (margin, gap) = (4, 2)
    let width = (page.width - margin + gap) / sources.count - gap
    var row: Page?
    for (index, (source, readings)) in sources.enumerated() {
      let indent = index == 0 ? margin : 0
      var column = Page(width: indent + width)
      column.add(StyledText(source.text), indent: indent)
      var table = Table(columns)
      for reading in readings { table.addRow(cells(reading, files)) }
      column.add(table, indent: indent)
      guard let left = row else {
        row = column
        continue
      }
      if index == sources.count - 1 { return page.add(left, beside: column) }
      var wider = Page(width: left.width + gap + width)
      wider.add(left, beside: column)
      row = wider
    }
  }

  private static let columns: [Table.Column] = [
    .init(), .init(wraps: true), .init(alignment: .right, wraps: true),
  ]

  private static func cells(_ reading: ComparedClaim, _ files: [Case]) -> [StyledText] {
    [
      StyledText(files.name(of: reading.reference)), says(reading, files),
      "\(reading.claim.content.locator, .faint)",
    ]
  }

  private typealias SourceReadings = (source: Slug, readings: [ComparedClaim])

  private static func says(_ reading: ComparedClaim, _ files: [Case]) -> StyledText {
    var says = ClaimLayout.says(reading.claim, in: reading.file)
    if !reading.variants.isEmpty {
      let others = reading.variants.map(files.name).joined(separator: ", ")
      says.append("  \("spelt otherwise in \(others)", .faint)")
    }
    return says
  }

  /// Voices that rest on another work, or on what another rests on, with the way there; where there are several origins,
  /// also whom sources credit.
  func add(_ origins: Origins, to page: inout Page, indent: Int) {
    for group in origins.groups {
      for path in group.paths
      where origins.count > 1 || group.voices.count > 1 || path.endsInWork {
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
  /// How pages name it above what stands in it.
  var heading: StyledText {
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
