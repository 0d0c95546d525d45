import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier replay`
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "The casebook, or one case, as it stood.",
    discussion: """
      EXAMPLES
        dossier replay --to 2026-03-01
        dossier replay --to @412 --case derjabin
        dossier replay --to "2 weeks ago" --source fbi-1955

      A date is the end of that day, UTC unless --time-zone says otherwise. Asked again, the answer is the same \
      to the byte.
      """)

  @Option(name: .long, help: "The moment: a date, a time, @412, or words such as yesterday.")
  var to: String
  @Option(name: .customLong("case"), help: "Only this case.") var slug: String?
  @Flag(name: .long, help: "Show the quotes under the claims of a case.") var quotes = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard read.asOf == nil else {
      throw ValidationError("--to says when; --as-of is not needed beside it.")
    }
  }

  func run() async throws {
    var read = read
    read.asOf = to
    let session = try await Session.open(global, read)
    if let slug {
      let (view, file) = try await session.caseFile(Slug(slug), read)
      return try session.show(
        Document(json: view.json(file)) { view.page(file, width: $0, showingQuotes: quotes) })
    }
    var summary = CasebookSummary()
    let view = try await session.casebook().forEachCase(read.reading(session)) { view, file in
      summary.add(file, view)
    }
    session.noteFuture(view)
    let result = summary
    try session.show(
      Document(json: result.json(view), items: result.rows) { result.page(view, width: $0) })
  }
}

/// A casebook in figures: its cases, and the claims of each voice.
struct CasebookSummary {
  private(set) var rows: [JSON] = []
  private var claims: [Slug: Int] = [:]
  private var annotations = 0
  private var openDisputes = 0

  mutating func add(_ file: Case, _ view: View) {
    if view.state.voices.isNarrowed, file.claims.isEmpty { return }
    rows.append(view.json(row: file))
    for claim in file.claims.values where claim.status == .current {
      claims[claim.content.source, default: 0] += 1
    }
    annotations += file.annotations.sorted.count { !$0.isWithdrawn }
    openDisputes += file.disputes.values.count(where: \.isOpen)
  }

  /// All annotations that stand: of cases, of sources, and of the casebook with its tabulations.
  private func annotations(_ view: View) -> Int {
    var homes = view.state.sources.values.map(\.annotations)
    if let register = view.state.register { homes.append(register.annotations) }
    return homes.reduce(annotations) { $0 + $1.sorted.count { !$0.isWithdrawn } }
  }

  func json(_ view: View) -> JSON {
    .document(
      ("basis", view.basisJSON),
      (
        "voices",
        .array(
          claims.keys.sorted().map {
            .document(("source", .string($0.text)), ("claims", .integer(claims[$0] ?? 0)))
          })
      ),
      ("version", .integer(view.state.register?.version ?? 0)),
      ("annotations", .integer(annotations(view))),
      ("openDisputes", .integer(openDisputes)),
      ("cases", .array(rows)))
  }

  func page(_ view: View, width: Int) -> Page {
    var page = Page(width: width)
    page.add(
      left: StyledText(view.title, .strong), right: view.basisTag)
    if let at = view.basis.recordedAt { page.add("as it stood at \(at)") }
    view.addBasisNotes(to: &page)
    page.gap()
    var voices = Table([.init("voice"), .init("claims", alignment: .right)])
    for source in claims.keys.sorted() {
      voices.addRow([StyledText(source.text, .strong), StyledText("\(claims[source] ?? 0)")])
    }
    page.add(voices)
    page.gap()
    let parts = [
      counted(rows.count, "case"), counted(annotations(view), "annotation"),
      counted(openDisputes, "open dispute"),
    ]
    page.add(StyledText(parts.joined(separator: " · ")))
    page.gap()
    var table = Table([
      .init("case"), .init("name", wraps: true), .init("claims", alignment: .right),
    ])
    for row in rows {
      table.addRow([
        StyledText(row["slug"]?.stringValue ?? "", .strong),
        StyledText(row["name"]?.stringValue ?? ""),
        StyledText("\(row["claims"]?.integerValue ?? 0)"),
      ])
    }
    page.add(table)
    return page
  }
}
