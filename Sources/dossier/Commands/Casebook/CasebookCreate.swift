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
      if bare {
        id = try await session.log.create(content, requestID: requestID)
      } else {
        let request = try Self.definingVocabulary(of: content, requestID)
        id = try await session.log.create(content, with: request).id
      }
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

  /// A request that gives the casebook the vocabulary of the bundled one.
  private static func definingVocabulary(
    of content: CasebookContent, _ requestID: UUID?
  ) throws -> Request {
    let asked: JSON = [
      "command": "casebook.create", "casebook": Event.casebookCreated(content).data,
      "vocabulary": "standard",
    ]
    guard var files = try CorpusReader(bundled: "soviet-defectors")?.read() else {
      return Request(id: requestID, [], canonicalText: asked.canonicalText)
    }
    files.sources = []
    files.cases = []
    files.tabulations = []
    return Request(
      id: requestID, try CorpusImporter.planForNewCasebook(files).commands,
      canonicalText: asked.canonicalText)
  }
}
