import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier claim list`
struct ClaimList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List claims, to read a page against them.",
    discussion: """
      EXAMPLES
        dossier claim list --case gouzenko
        dossier claim list --source fbi-1955 --page "p. 41" --quotes
        dossier claim list --predicate fear.for-safety --format csv
        dossier claim list --no-quote --case orlov
      """)

  @Option(name: .customLong("case"), help: "Only this case, or several joined by commas.")
  var cases: String?
  @Flag(name: .long, help: "With --case: those, too, that are judged to be one with it.")
  var joined = false
  @Option(name: .long, help: "Only this predicate; fear.* takes all that begin so.")
  var predicate: String?
  @Option(name: .long, help: "Only claims whose locator names this page, alone or in a range.")
  var page: String?
  @Flag(name: .long, help: "Only claims with the source's own doubt.") var hedged = false
  @Flag(name: .long, help: "Only claims that the source reports, doubts or denies.")
  var reported = false
  @Flag(name: .long, help: "Only claims without a quote.") var noQuote = false
  @Flag(name: .long, help: "Only disputed claims.") var disputed = false
  @Flag(name: .long, help: "Withdrawn claims too.") var withdrawn = false
  @Flag(name: .long, help: "Show the quotes.") var quotes = false
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if joined, cases == nil {
      throw ValidationError("--joined is about cases; name one with --case")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, claims) = try await claims(session)
    if let predicate, !predicate.hasSuffix("*") { _ = try view.state.predicate(predicate) }
    let collation = try await Collation(
      with: page, in: view, of: session.casebook(), session)
    let items = { claims.map { view.json($0) } }
    try session.show(
      on: view,
      Document(
        json: view.document(("claims", .array(items())), ("text", collation?.json)),
        items: items()
      ) { width in
        guard let collation else { return page(of: claims, view, width) }
        return collation.page(width) { page(of: claims, view, $0) }
      })
  }

  private func claims(_ session: Session) async throws -> (view: View, rows: [ClaimRow]) {
    let filter = ClaimFilter(self)
    func rows(_ file: Case) -> [ClaimRow] {
      file.sortedClaims.map { ClaimRow($0, in: file) }.filter(filter.admits)
    }
    guard let cases else {
      return try await session.list([ClaimView.self, CitationView.self], read, views) {
        rows($1)
      } stored: {
        try await $0.claims(at: $1).filter(filter.admits)
      }
    }
    let store = try await session.casebook()
    var slugs = try References.slugs(cases)
    if joined {
      for slug in slugs {
        let files = try await session.caseFiles(slug, read, joined: true).files
        slugs += files.map(\.slug).filter { !slugs.contains($0) }
      }
    }
    let view = try await store.view(of: Set(slugs), read.reading(session))
    session.noteFuture(view)
    var found: [ClaimRow] = []
    for slug in slugs {
      guard let file = view.state.cases[slug] else {
        throw await session.unknownCase(slug, in: store, at: view)
      }
      found += rows(file)
    }
    return (view, found)
  }

  private func page(of claims: [ClaimRow], _ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: StyledText(counted(claims.count, "claim"), .strong), right: view.basisTag)
    view.addBasisNotes(to: &page)
    ClaimLayout(claims, showsCase: true, showsQuotes: quotes).add(to: &page)
    return page
  }
}

/// Which claims a list shows.
private struct ClaimFilter {
  private let options: ClaimList
  private let page: Locator?

  init(_ options: ClaimList) {
    self.options = options
    page = options.page.map { Locator($0) }
  }

  func admits(_ claim: ClaimRow) -> Bool {
    if claim.isWithdrawn, !options.withdrawn { return false }
    if options.hedged, claim.words.hedge == nil { return false }
    if options.reported, claim.words.isAsserted { return false }
    if options.noQuote, claim.quote != nil { return false }
    if options.disputed, claim.disputes.isEmpty { return false }
    if let page, !page.isNamed(by: Locator(claim.locator)) { return false }
    guard let wanted = options.predicate else { return true }
    return wanted.hasSuffix("*")
      ? claim.predicate.hasPrefix(wanted.dropLast()) : claim.predicate == wanted
  }
}
