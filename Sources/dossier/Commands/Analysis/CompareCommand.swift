import Analysis
import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier compare`
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "What the sources say of a case, side by side.",
    discussion: """
      EXAMPLES
        dossier compare derjabin
        dossier compare derjabin --singles
        dossier compare derjabin --joined
        dossier compare --all
        dossier compare --all --issued-by 1955

      Sources agree, are compatible (all can be true: one says more than the other), are in conflict, or one \
      contradicts itself; of the rest only a single one speaks. Only what they assert is compared: what they report, \
      doubt or deny stands beside it. Spellings of one name are shown as variants.
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String?
  @Flag(name: .long, help: "All cases, a line each.") var all = false
  @Flag(name: .long, help: "Show in full what only one source says, too.") var singles = false
  @Flag(name: .long, help: "Take the cases together that are judged to be one.")
  var joined = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (slug == nil) == all else {
      throw ValidationError("name one case, or give --all for all of them")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    guard let slug else { return try await compareAll(session) }
    let (view, files) = try await session.caseFiles(Slug(slug), read, joined: joined)
    let comparison = CaseComparison(files, in: view.state)
    let items = { comparison.predicates.map(view.json) }
    try session.show(
      on: view,
      Document(
        json: view.document(
          ("case", .string(slug)), ("joined", files.joinedJSON),
          ("predicates", .array(items()))), items: items()
      ) { view.page(comparison, showingSingles: singles, width: $0) })
  }

  private func compareAll(_ session: Session) async throws {
    let store = try await session.casebook()
    var ground = try await store.view(of: [], read.reading(session))
    let groups = joined ? try await store.casesJoined(on: ground) : [:]
    var rows: [ComparisonRow] = []
    let all = try await store.forEachCase(at: ground.basis, ground.voices) { view, file in
      // A case that is taken for one with another is told with the first of them.
      let files = groups[file.slug] ?? [file]
      guard files[0].slug == file.slug else { return }
      let comparison = CaseComparison(files, in: view.state)
      if !comparison.predicates.isEmpty { rows.append(ComparisonRow(comparison)) }
    }
    session.noteFuture(ground)
    ground.add(stoppedIn: all)
    let found = rows
    try session.show(
      on: ground,
      Document(
        json: ground.document(
          ("cases", .array(found.map(\.json))),
          ("totals", ComparisonRow.totals(found))), items: found.map(\.json)
      ) { ComparisonRow.page(found, ground, $0) })
  }
}

/// What is kept of a case for a summary of all.
private struct ComparisonRow {
  let slugs: [Slug]
  let name: String
  let sources: [Slug]
  let predicates: [(relation: Relation, id: String)]

  init(_ comparison: CaseComparison) {
    let files = comparison.files
    slugs = files.map(\.slug)
    name = files.map(\.title).joined(separator: " = ")
    sources = Set(files.flatMap(\.sources)).sorted()
    predicates = comparison.predicates.map { ($0.relation, $0.predicate.id) }
  }

  func count(_ relation: Relation) -> Int { predicates.count { $0.relation == relation } }

  private func predicates(_ relation: Relation) -> JSON {
    .array(predicates.filter { $0.relation == relation }.map { .string($0.id) })
  }

  var json: JSON {
    .document(
      ("case", .text(slugs.first?.text)), ("joined", slugs.count > 1 ? .slugs(slugs) : nil),
      ("name", .string(name)), ("sources", .slugs(sources)),
      ("relations", Self.totals([self])), ("conflicts", predicates(.conflict)),
      ("selfConflicts", predicates(.selfConflict)))
  }

  static func totals(_ rows: [ComparisonRow]) -> JSON {
    .object(
      JSONObject(
        Relation.allCases.map { relation in
          (relation.rawValue, .integer(rows.reduce(0) { $0 + $1.count(relation) }))
        }))
  }

  private static let columns: [Relation] = [
    .agree, .compatible, .conflict, .selfConflict, .single,
  ]

  static func page(_ rows: [ComparisonRow], _ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(
      left: "\(counted(rows.count, "case"), .strong)  compared, in predicates",
      right: view.basisTag)
    view.addBasisNotes(to: &page)
    for relation in [Relation.conflict, .selfConflict] {
      addCases(in: relation, of: rows, to: &page)
    }
    page.gap()
    page.add(table(rows, width))
    page.gap()
    page.add("\("SELF: a source contradicts itself. One case: dossier compare CASE", .faint)")
    return page
  }

  /// The cases in which something excludes something else, with what it is about.
  private static func addCases(
    in relation: Relation, of rows: [ComparisonRow], to page: inout Page
  ) {
    let rows = rows.filter { $0.count(relation) > 0 }
    guard !rows.isEmpty else { return }
    page.gap()
    page.add(relation.heading)
    for row in rows {
      let ids = row.predicates.filter { $0.relation == relation }.map(\.id)
      page.add("\(row.slugs.names)  \(ids.joined(separator: ", "), .strong)", indent: 2, hanging: 2)
    }
  }

  /// A line a case: who it is and which sources speak of it where there is room.
  private static func table(_ rows: [ComparisonRow], _ width: Int) -> Table {
    let (hasSources, hasNames) = (width >= 100, width >= 140)
    var columns = [Table.Column("case", wraps: true)]
    if hasNames { columns.append(.init("name", wraps: true)) }
    columns += Self.columns.map {
      .init($0 == .selfConflict ? "self" : $0.rawValue, alignment: .right)
    }
    if hasSources { columns.append(.init("sources", wraps: true)) }
    var table = Table(columns)
    for row in rows {
      let counts = Self.columns.map { relation -> StyledText in
        let count = row.count(relation)
        let isBad = relation == .conflict || relation == .selfConflict
        return count == 0 ? "\("·", .faint)" : StyledText("\(count)", isBad ? .bad : nil)
      }
      table.addRow(
        [StyledText(row.slugs.names)] + (hasNames ? [StyledText(row.name)] : []) + counts
          + ["\(row.sources.map(\.text).joined(separator: ", "), .faint)"])
    }
    let totals = Self.columns.map { relation in
      StyledText("\(rows.reduce(0) { $0 + $1.count(relation) })", .strong)
    }
    table.addRow(["\("all", .strong)"] + (hasNames ? [""] : []) + totals)
    return table
  }
}
