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
        dossier casebook create defectors-again --vocabulary soviet-defectors
        dossier casebook create ships --bare

      It begins with a general vocabulary for persons, groups, places, works and events (see: dossier predicate list), \
      to which you add your own predicates. --vocabulary chooses another that Dossier carries, or a file such as the \
      vocabulary.yaml that "dossier export corpus" writes; --bare leaves it out.
      """)

  @Argument(help: "Its short name for ever.") var slug: String
  @Option(name: .long, help: "Its title (default: the short name).") var title: String?
  @Option(name: .long, help: "What it is about.") var description: String?
  @Option(
    name: .long,
    help: "What can be claimed: general (the default), soviet-defectors, or a file.")
  var vocabulary: String?
  @Flag(name: .long, help: "Begin without a vocabulary.") var bare = false
  @Flag(name: .long, help: "Show what would be done; write nothing.") var dryRun = false
  @Option(
    name: .long, help: "A UUID for this request: repeated with the same one, it happens once.")
  var requestID: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard !bare || vocabulary == nil else {
      throw ValidationError("--bare leaves the vocabulary out. Give one of the two")
    }
  }

  func run() async throws {
    let content = CasebookContent(
      slug: try Slug(slug), title: title ?? slug, description: description)
    let requestID = try requestID.map { try RequestIdentity.read($0) }
    let request = bare ? nil : try definingVocabulary(of: content, requestID)
    let session = try await Session.open(global)
    var id: UUID?
    if !dryRun {
      if let request {
        id = try await session.log.create(content, with: request).id
      } else {
        id = try await session.log.create(content, requestID: requestID)
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

  /// A request that gives the casebook the vocabulary asked for.
  private func definingVocabulary(
    of content: CasebookContent, _ requestID: UUID?
  ) throws -> Request {
    let name = vocabulary ?? InitialVocabulary.bundledNames[0]
    let bundled = InitialVocabulary(bundled: name)
    let commands = try (bundled ?? Self.file(name)).commands(for: content)
    // What Dossier carries may be better told in its next version; a request repeated with that is still the same.
    let asked: JSON = [
      "command": "casebook.create", "casebook": Event.casebookCreated(content).data,
      "vocabulary": bundled == nil ? .array(commands.map(\.json)) : .string(name),
    ]
    return Request(id: requestID, commands, canonicalText: asked.canonicalText)
  }

  private static func file(_ path: String) throws(Failure) -> InitialVocabulary {
    do {
      return InitialVocabulary(
        file: path, bytes: try FileReader.bytes(of: path, limit: CorpusReader.fileLimit))
    } catch {
      guard error.status == .notFound else { throw error }
      let names = InitialVocabulary.bundledNames.joined(separator: ", ")
      throw Failure(
        .notFound,
        "there is neither a vocabulary nor a file \"\(path)\". Dossier carries: \(names)")
    }
  }
}
