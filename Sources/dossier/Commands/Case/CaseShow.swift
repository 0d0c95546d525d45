import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON

/// `dossier case show`
struct CaseShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a case: what each source says, then what analysts say.",
    discussion: """
      EXAMPLES
        dossier case show gouzenko
        dossier case show gouzenko --quotes
        dossier case show derjabin --source fbi-1955 --as-of yesterday
      """)

  @Argument(help: "The case.", completion: .cases)
  var slug: String

  @Flag(name: .long, help: "Show the quotes under the claims.")
  var quotes = false

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, file) = try await session.caseFile(Slug(slug), read)
    try session.show(
      Document(json: view.json(file)) { width in
        view.page(file, width: width, showingQuotes: quotes)
      })
  }
}

extension CasebookStore {
  /// The view with the cases, too, whose claims the conclusions rest on: whether a ground moved is known only from there.
  func view(_ view: View, includingGroundsOf conclusions: [Conclusion]) async throws -> View {
    let needed = Set(conclusions.flatMap(\.content.grounds).map(\.home))
    guard !needed.isSubset(of: view.state.cases.keys) else { return view }
    return try await self.view(
      of: needed.union(view.state.cases.keys), at: view.basis, view.voices)
  }
}

extension Session {
  /// A case as the reader asked for it.
  ///
  /// - Throws: `Refusal` with a suggestion when it does not exist in that prefix.
  func caseFile(_ slug: Slug, _ read: ReadOptions) async throws -> (view: View, file: Case) {
    let store = try await casebook()
    let view = try await store.view(of: [slug], read.reading(self))
    noteFuture(view)
    if let file = view.state.cases[slug] {
      return (try await store.view(view, includingGroundsOf: file.standingConclusions), file)
    }
    throw await unknownCase(slug, in: store, at: view)
  }

  /// The refusal for a case that does not exist, with the nearest name.
  func unknownCase(_ slug: Slug, in store: CasebookStore, at view: View) async -> Failure {
    if view.state.sources[slug] != nil {
      return Failure(
        .notFound, "\(slug) is a source, not a case. See it with: dossier source show \(slug)")
    }
    let known = (try? await store.caseSlugs(at: view.basis)) ?? []
    if let head = try? await store.log.resolve(.head, of: store.casebookID),
      (try? await store.caseSlugs(at: head))?.contains(slug) == true
    {
      return Failure(
        .notFound,
        "the case \(slug) was not there yet at @\(view.basis.position). It was opened later; see: "
          + "dossier history \(slug)")
    }
    let hint =
      view.state.suggestion(for: slug, among: known + view.state.sources.keys)
      ?? "See them with: dossier case list"
    return Failure(.notFound, "there is no case \"\(slug)\" at @\(view.basis.position). \(hint)")
  }

  /// Says when the moment asked for is not over, so that the answer is that of now.
  func noteFuture(_ view: View) {
    if view.basis.isFuture {
      terminal.note("that moment is not over yet: this is the casebook as it stands now")
    }
  }
}
