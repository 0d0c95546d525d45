import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier conclusion list`
struct ConclusionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List conclusions, with those whose ground moved marked.",
    discussion: """
      EXAMPLES
        dossier conclusion list
        dossier conclusion list --case gouzenko
        dossier conclusion list --stale --format json
      """)

  @Option(name: .customLong("case"), help: "Only those on this case.") var slug: String?
  @Option(name: .long, help: "Only those with this predicate.") var predicate: String?
  @Flag(name: .long, help: "Only those whose ground moved.") var stale = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    var found: [(file: Case, conclusion: Conclusion)] = []
    let first = try await session.forEachCase(only: slug, read) { _, file in
      found += file.standingConclusions
        .filter { predicate == nil || $0.content.predicate == predicate }.map { (file, $0) }
    }
    if let predicate { _ = try first.state.predicate(predicate) }
    let view = try await session.casebook()
      .view(first, includingGroundsOf: found.map(\.conclusion))
    if stale {
      found.removeAll { $0.conclusion.movedGrounds(in: $0.file, and: view.state.cases).isEmpty }
    }
    let rows = found
    let items = rows.map { view.json($0.conclusion, in: $0.file) }
    try session.show(
      on: view,
      Document(
        json: view.document(("conclusions", .array(items))), items: items
      ) { view.page(rows, width: $0) })
  }
}

extension View {
  fileprivate func page(_ rows: [(file: Case, conclusion: Conclusion)], width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: StyledText(counted(rows.count, "conclusion"), .strong), right: basisTag)
    addBasisNotes(to: &page)
    for (file, conclusion) in rows {
      page.gap()
      let name: StyledText = "\("\(file.slug)/k\(conclusion.number)", .strong)"
      page.add(
        left: name + "  \(conclusion.content.predicate)", right: signature(conclusion.changed))
      for line in lines(of: conclusion, in: file) { page.add(line, indent: 2, hanging: 2) }
    }
    return page
  }
}

extension Session {
  /// Every case, or the one named, as the reader asked for it.
  fileprivate func forEachCase(
    only slug: String?, _ read: ReadOptions, _ body: (View, Case) throws -> Void
  ) async throws -> View {
    guard let slug else {
      let view = try await casebook().forEachCase(read.reading(self)) { try body($0, $1) }
      noteFuture(view)
      return view
    }
    let (view, file) = try await caseFile(Slug(slug), read)
    try body(view, file)
    return view
  }
}
