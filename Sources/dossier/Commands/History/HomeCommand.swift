import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier` alone
struct HomeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "home", abstract: "What changed since your last change, and what to look at next.",
    shouldDisplay: false)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    guard try await !session.log.casebooks().isEmpty else {
      return try session.show(Self.welcome)
    }
    let store = try await session.casebook()
    var cases = 0
    var unquoted = 0
    var disputes: [(case: Slug, dispute: Dispute)] = []
    var conclusions: [(file: Case, conclusion: Conclusion)] = []
    var view = try await store.forEachCase { _, file in
      conclusions += file.standingConclusions.map { (file, $0) }
      cases += 1
      unquoted += file.claims.values.count { $0.status == .current && $0.content.quote == nil }
      disputes += file.sortedDisputes.filter(\.isOpen).map { (file.slug, $0) }
    }
    view = try await store.view(view, includingGroundsOf: conclusions.map(\.conclusion))
    let stale = conclusions.filter { [view] in
      !$0.conclusion.movedGrounds(in: $0.file, and: view.state.cases).isEmpty
    }
    let last = try await session.log.lastRequest(of: store.casebookID)?.upperBound ?? 0
    let changed =
      last < view.basis.position
      ? try await store.changedCases(in: last + 1...view.basis.position) : []
    let overview = Overview(
      lastOwn: last, cases: cases, changed: changed, disputes: disputes, stale: stale,
      unquoted: unquoted)
    try session.show(
      on: view,
      Document(json: overview.json(view)) { [view] in overview.page(view, width: $0) })
  }

  private static var welcome: Document {
    Document(json: .document(("casebooks", []))) { width in
      var page = Page(width: width)
      page.add("There is no casebook yet.")
      page.gap()
      page.add("Load the bundled one:")
      page.add("\("dossier import corpus --bundled soviet-defectors", .strong)", indent: 2)
      page.add("or begin your own:")
      page.add(
        "\("dossier casebook create my-casebook --title \"My casebook\"", .strong)", indent: 2)
      return page
    }
  }
}

/// What a person who comes back wants to know first.
private struct Overview {
  let lastOwn: Int64
  let cases: Int
  let changed: [Slug]
  let disputes: [(case: Slug, dispute: Dispute)]
  let stale: [(file: Case, conclusion: Conclusion)]
  let unquoted: Int

  func json(_ view: View) -> JSON {
    view.document(
      ("lastOwnPosition", .integer(lastOwn)),
      ("changedCases", .slugs(changed)),
      ("openDisputes", .array(disputes.map { .string("\($0.case)/d\($0.dispute.number)") })),
      (
        "staleConclusions",
        .array(stale.map { .string("\($0.file.slug)/k\($0.conclusion.number)") })
      ), ("claimsWithoutQuotes", .integer(unquoted)))
  }

  func page(_ view: View, width: Int) -> Page {
    var page = Page(width: width)
    page.add(
      left: StyledText(view.title, .strong), right: view.basisTag)
    page.gap()
    let new = view.basis.position - lastOwn
    if new > 0 {
      let where_ = changed.isEmpty ? "" : " in " + changed.map(\.text).joined(separator: ", ")
      page.add(
        StyledText("\(counted(Int(new), "event")) since your last change (@\(lastOwn))\(where_)"))
    } else {
      page.add("nothing changed since your last change")
    }
    page.add(StyledText(counted(disputes.count, "open dispute")))
    for (slug, dispute) in disputes.prefix(5) {
      page.add(
        "\("\(slug)/d\(dispute.number)", .strong)  “\(dispute.content.grounds)”", indent: 2,
        hanging: 4)
    }
    if !stale.isEmpty { page.add(StyledText(counted(stale.count, "stale conclusion"))) }
    for (file, conclusion) in stale.prefix(5) {
      let line: StyledText =
        "\("\(file.slug)/k\(conclusion.number)", .strong)  \(conclusion.content.predicate)  "
      page.add(
        line + View.says(conclusion.content)
          + (view.staleness(of: conclusion, in: file).map { "  \($0)" } ?? ""), indent: 2,
        hanging: 4)
    }
    if unquoted > 0 { page.add(StyledText("\(counted(unquoted, "claim")) without a quote")) }
    page.gap()
    page.add("next:")
    var next = Table([.init(), .init(wraps: true)])
    func suggest(_ command: String, _ what: String) {
      next.addRow([StyledText(command, .strong), StyledText(what)])
    }
    if lastOwn > 0, new > 0 { suggest("dossier diff @\(lastOwn)..", "what changed") }
    if view.state.sources.isEmpty {
      suggest("dossier source add NAME --title TITLE", "a source to cite")
    } else if cases == 0 {
      suggest("dossier case open NAME", "the first case")
    } else {
      suggest("dossier case list", "the cases")
    }
    if let first = disputes.first { suggest("dossier case show \(first.case)", "its disputes") }
    if let first = stale.first {
      suggest(
        "dossier explain \(first.file.slug)/k\(first.conclusion.number)",
        "a conclusion to look at again")
    }
    if unquoted > 0 { suggest("dossier claim list --no-quote", "claims to quote") }
    page.add(next, indent: 2)
    return page
  }
}
