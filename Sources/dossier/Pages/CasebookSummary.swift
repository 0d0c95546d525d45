import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// A casebook in figures: its cases, and the claims of each voice.
struct CasebookSummary {
  private(set) var rows: [JSON] = []
  private var claims: [Slug: Int] = [:]
  private var annotations = 0
  private var disputes: [(reference: ItemReference, dispute: Dispute)] = []
  /// The last things that happened, the latest first.
  private let changes: [TrailEntry]

  /// How many of the last changes are told.
  private static let changesShown = 5

  /// Reads a casebook as it stood, one case at a time.
  static func reading(_ session: Session, _ read: ReadOptions) async throws -> (
    summary: CasebookSummary, view: View
  ) {
    let store = try await session.casebook()
    let basis = try await store.log.resolve(read.asOf(session), of: store.casebookID)
    var summary = CasebookSummary(
      changes: try await store.lastEntries(changesShown, at: basis, try read.voices()))
    let view = try await store.forEachCase(at: basis, try read.voices()) { view, file in
      summary.add(file, view)
    }
    session.noteFuture(view)
    return (summary, view)
  }

  private init(changes: [TrailEntry]) { self.changes = changes }

  /// The summary as an answer.
  func document(_ view: View) -> Document {
    Document(json: json(view), items: rows) { page(view, width: $0) }
  }

  private mutating func add(_ file: Case, _ view: View) {
    if view.state.voices.isNarrowed, file.claims.isEmpty { return }
    rows.append(CaseRow(file).json)
    for claim in file.claims.values where claim.status == .current {
      claims[claim.content.source, default: 0] += 1
    }
    annotations += file.annotations.sorted.count { !$0.isWithdrawn }
    disputes += file.sortedDisputes.filter(\.isOpen).map {
      (ItemReference(file.slug, .dispute, $0.number), $0)
    }
  }

  /// All annotations that stand: of cases, of sources, and of the casebook with its tabulations.
  private func annotations(_ view: View) -> Int {
    var homes = view.state.sources.values.map(\.annotations)
    if let register = view.state.register { homes.append(register.annotations) }
    return homes.reduce(annotations) { $0 + $1.sorted.count { !$0.isWithdrawn } }
  }

  private func json(_ view: View) -> JSON {
    view.document(
      (
        "voices",
        .array(
          claims.keys.sorted().map {
            .document(("source", .string($0.text)), ("claims", .integer(claims[$0] ?? 0)))
          })
      ),
      ("version", .integer(view.state.register?.version ?? 0)),
      ("annotations", .integer(annotations(view))),
      ("openDisputes", .integer(disputes.count)),
      (
        "disputes",
        .array(
          disputes.map { reference, dispute in
            .document(
              ("ref", .string(reference.description)),
              ("claim", .string("\(reference.home)/c\(dispute.content.claim)")),
              ("grounds", .string(dispute.content.grounds)))
          })
      ),
      (
        "lastChanges",
        .array(
          changes.map { entry in
            .document(
              ("position", .integer(entry.stamp.position)),
              ("recordedAt", .instant(entry.stamp.at)),
              ("recordedBy", view.showsRecorders ? .string(entry.stamp.by) : nil),
              ("voice", .text(entry.voice?.text)), ("action", .string(entry.action)),
              ("ref", .string(entry.reference.description)))
          })
      ),
      ("cases", .array(rows)))
  }

  private func page(_ view: View, width: Int) -> Page {
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
      counted(disputes.count, "open dispute"),
    ]
    page.add(StyledText(parts.joined(separator: " · ")))
    for (reference, dispute) in disputes {
      page.add(
        "\(reference, .strong)  on c\(dispute.content.claim)  “\(dispute.content.grounds)”",
        indent: 2, hanging: 4)
    }
    addChanges(to: &page, view)
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

  private func addChanges(to page: inout Page, _ view: View) {
    guard !changes.isEmpty else { return }
    page.gap()
    page.add("last changes")
    for entry in changes {
      let line: StyledText = "\("@\(entry.stamp.position)", .faint)  \(entry.action)  "
      page.add(
        "  " + line + "\(entry.reference, .strong)  "
          + entry.gist(withRecordKeeping: view.showsRecorders),
        closing: "\(entry.voice?.text ?? entry.stamp.by, .faint)", hanging: 4)
    }
  }
}

extension CasebookStore {
  /// The last steps that these voices took, the latest first.
  fileprivate func lastEntries(
    _ count: Int, at basis: Basis, _ voices: VoiceSelection
  ) async throws -> [TrailEntry] {
    var found: [TrailEntry] = []
    var end = basis.position
    // Where some are not heard, more has to be looked through.
    var stretch = Int64(voices.isAll ? count : 200)
    while end > 0, found.count < count {
      let positions = max(end - stretch + 1, 1)...end
      let streams = Set(
        try await log.events(of: casebookID, positions: positions).compactMap(\.address))
      let files = Set(streams.filter { $0.kind == .caseFile }.map(\.id))
      let view = try await view(of: files, at: basis, voices)
      let steps = try await trail(of: Array(streams), at: basis)
        .compactMap { view.heard($0.entry) }.filter { positions.contains($0.stamp.position) }
      found += steps.reversed().prefix(count - found.count)
      end = positions.lowerBound - 1
      // Many at once may be such as nothing is told of.
      stretch = min(stretch * 2, 1_000)
    }
    return found
  }
}
