import ArgumentParser
import Casebook
import CasebookStore
import Corpus
import StrictJSON
import Terminal
import struct FoundationEssentials.UUID

/// `dossier casebook create`
struct CasebookCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Begin a casebook. You become its admin.",
    discussion: """
      EXAMPLES
        dossier casebook create cambridge-five --title "The Cambridge Five"
        dossier casebook create ships --bare

      It begins with the standard vocabulary for persons, groups and events (see: dossier claim predicates); \
      --bare leaves it out, so that a vocabulary of your own can be imported.
      """)

  @Argument(help: "Its short name for ever.") var slug: String
  @Option(name: .long, help: "Its title (default: the short name).") var title: String?
  @Option(name: .long, help: "What it is about.") var description: String?
  @Flag(name: .long, help: "Begin without a vocabulary.") var bare = false
  @Flag(name: .long, help: "Show what would be done; write nothing.") var dryRun = false
  @Option(
    name: .long, help: "A UUID for this request: repeated with the same one, it happens once.")
  var requestID: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let content = CasebookContent(
      slug: try Slug(slug), title: title ?? slug, description: description)
    let requestID = try requestID.map { try RequestIdentity.read($0) }
    let session = try await Session.open(global)
    var id: UUID?
    if !dryRun {
      id = try await session.log.create(content, requestID: requestID)
      if !bare, let id { try await Self.defineVocabulary(in: session, id, content.slug) }
    }
    let created = id
    try session.show(
      Document(
        json: .document(
          ("casebook", .string(slug)), ("id", .text(created?.uuidString.lowercased())),
          ("dryRun", .boolean(dryRun)))
      ) { width in
        var page = Page(width: width)
        page.add("\(dryRun ? "would have created" : "created") \(slug, .strong)")
        return page
      })
  }

  /// Gives the casebook the vocabulary of the bundled one. Repeated, it finds the predicates there.
  private static func defineVocabulary(
    in session: Session, _ id: UUID, _ slug: Slug
  ) async throws {
    guard var files = try CorpusReader(bundled: "soviet-defectors")?.read() else { return }
    files.sources = []
    files.cases = []
    files.tabulations = []
    let store = CasebookStore(log: session.log, casebookID: id, slug: slug)
    _ = try await CorpusImporter(store).run(files)
  }
}
