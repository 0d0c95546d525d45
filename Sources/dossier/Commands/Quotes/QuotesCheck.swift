import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier quotes check`
struct QuotesCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look every quote of a source up in its attached text.",
    discussion: """
      EXAMPLES
        dossier quotes check fbi-1955
        dossier quotes check fbi-1955 --case gouzenko,orlov --format csv
        dossier quotes check riehle-2020 --all

      A quote is found where its locator says, moved to another page, changed, with the nearest words shown, missing, \
      or unplaced: its locator names no place that the text tells. Those of stated counts are looked up, too. White space, page and line ends, hyphens at them, punctuation, quotation marks and numbers of notes do \
      not count; … stands for words left out, brackets for your own. Nothing is ever moved by itself: correct the \
      claims with dossier claim correct. Exit status 1 means that a quote is not where it should be.
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Option(
    name: .customLong("case"), help: "Only this case, or several joined by commas.",
    completion: .cases)
  var cases: String?
  @Flag(name: .long, help: "Show the quotes that were found, too.") var all = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    let wanted = try cases.map { try References.slugs($0) }
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let reading = try read.reading(session)
    var ground = try await store.view(of: Set(wanted ?? []), reading)
    for slug in wanted ?? [] where ground.state.cases[slug] == nil {
      throw await session.unknownCase(slug, in: store, at: ground)
    }
    guard let text = try await store.text(of: ground.state.source(slug)) else {
      throw Failure(
        .notFound,
        "no text is attached to \(slug). Attach it with: dossier source attach \(slug) FILE")
    }
    var check = QuoteCheck(of: slug, in: text, shows: all)
    if let wanted {
      for slug in wanted { if let file = ground.state.cases[slug] { check.add(file) } }
    } else {
      ground.add(
        stoppedIn: try await store.forEachCase(at: ground.basis, reading.voices) { _, file in
          check.add(file)
        })
      for count in ground.state.register?.tabulations ?? [] { check.add(count) }
    }
    session.noteFuture(ground)
    let result = check
    try session.show(
      on: ground,
      Document(json: result.json(ground), items: result.items) { result.page(ground, $0) })
    if result.hasFailed { throw ExitStatus.checkFailed }
  }
}

/// What became of the quotes of one source.
private struct QuoteCheck {
  private let source: Slug
  private let search: QuoteSearch
  private let showsFound: Bool
  private var checked:
    [(reference: String, locator: String, quote: String, finding: QuoteFinding)] =
      []
  private var withoutQuote = 0

  init(of source: Slug, in text: SourceText, shows found: Bool) {
    self.source = source
    search = QuoteSearch(text)
    showsFound = found
  }

  mutating func add(_ file: Case) {
    for claim in file.sortedClaims
    where claim.content.source == source && claim.status == .current {
      guard let quote = claim.content.quote else {
        withoutQuote += 1
        continue
      }
      add(quote, at: claim.content.locator, of: "\(file.slug)/c\(claim.number)")
    }
  }

  mutating func add(_ count: Tabulation) {
    guard count.content.source == source, !count.isWithdrawn, let quote = count.content.quote else {
      return
    }
    add(quote, at: count.content.locator, of: "tabulation/\(count.content.id)")
  }

  private mutating func add(_ quote: String, at locator: String, of reference: String) {
    checked.append((reference, locator, quote, search.find(quote, at: locator)))
  }

  var hasFailed: Bool { checked.contains { !$0.finding.isFound } }

  private func count(_ name: String) -> Int { checked.count { $0.finding.name == name } }

  // MARK: For programs

  var items: [JSON] {
    checked.map { reference, locator, quote, finding in
      .document(
        ("ref", .string(reference)), ("locator", .string(locator)),
        ("quote", .string(quote)), ("finding", .string(finding.name)),
        (
          "places",
          .array(
            finding.places.map {
              .document(("place", .text($0.place)), ("words", .string($0.words)))
            })
        ))
    }
  }

  func json(_ view: View) -> JSON {
    view.document(
      ("source", .string(source.text)),
      (
        "counts",
        .document(
          ("found", .integer(count("found"))), ("moved", .integer(count("moved"))),
          ("changed", .integer(count("changed"))), ("missing", .integer(count("missing"))),
          ("unplaced", .integer(count("unplaced"))),
          ("withoutQuote", .integer(withoutQuote)))
      ),
      ("quotes", .array(items)))
  }

  // MARK: For people

  func page(_ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    let counts = ["found", "moved", "changed", "missing", "unplaced"].map { "\(count($0)) \($0)" }
    page.add(
      left: "\("\(source)", .strong)  \(counted(checked.count, "quote")): "
        + StyledText(counts.joined(separator: ", ")), right: view.basisTag)
    if withoutQuote > 0 {
      page.add("\("\(counted(withoutQuote, "claim")) without a quote", .faint)")
    }
    view.addBasisNotes(to: &page)
    for (reference, locator, quote, finding) in checked where showsFound || !finding.isFound {
      page.gap()
      let style: Style =
        finding.isFound ? .good : ["missing", "unplaced"].contains(finding.name) ? .bad : .caution
      page.add(
        left: "\(finding.name, style)  \(reference, .strong)", right: "\(locator, .faint)")
      page.add("“\(quote)”", indent: 2, hanging: 1)
      for place in finding.places where !finding.isFound {
        let name = place.place ?? "elsewhere"
        page.add("\(name, .faint)  “\(place.words)”", indent: 2, hanging: 2)
      }
    }
    return page
  }
}

extension QuoteFinding {
  fileprivate var isFound: Bool { if case .found = self { true } else { false } }
}
