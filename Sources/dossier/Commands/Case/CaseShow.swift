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
        dossier case show gouzenko --joined
        dossier case show derjabin --source fbi-1955 --as-of yesterday
      """)

  @Argument(help: "The case.", completion: .cases)
  var slug: String

  @Flag(name: .long, help: "Show the quotes under the claims.")
  var quotes = false

  @Flag(name: .long, help: "Take the cases together that are judged to be one with it.")
  var joined = false

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let (view, files) = try await session.caseFiles(Slug(slug), read, joined: joined)
    try session.show(
      on: view,
      Document(json: view.json(files)) { width in
        view.page(files, width: width, showingQuotes: quotes)
      })
  }
}

extension CasebookStore {
  /// The view with the cases, too, whose claims the conclusions rest on: whether a ground moved is known only from there.
  func view(_ view: View, includingGroundsOf conclusions: [Conclusion]) async throws -> View {
    let needed = Set(conclusions.flatMap(\.content.grounds).map(\.home))
    guard !needed.isSubset(of: view.state.cases.keys) else { return view }
    var wider = try await self.view(
      of: needed.union(view.state.cases.keys), at: view.basis, view.voices)
    wider.add(stoppedIn: view)
    return wider
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

  /// A case as the reader asked for it; `joined`, with those that are judged to be one with it.
  func caseFiles(
    _ slug: Slug, _ read: ReadOptions, joined: Bool
  ) async throws -> (view: View, files: [Case]) {
    var (view, file) = try await caseFile(slug, read)
    guard joined else { return (view, [file]) }
    let store = try await casebook()
    var loaded: Set<Slug> = [slug]
    while true {
      // What is one with those just found is known only once they are loaded.
      let slugs = view.state.casesJoined(with: slug)
      guard !loaded.isSuperset(of: slugs) else {
        return (view, slugs.compactMap { view.state.cases[$0] })
      }
      loaded.formUnion(slugs)
      view = try await store.view(of: loaded, at: view.basis, view.voices)
      let files = loaded.compactMap { view.state.cases[$0] }
      view = try await store.view(view, includingGroundsOf: files.flatMap(\.standingConclusions))
    }
  }

  /// The refusal for a case that does not exist, with the nearest name.
  func unknownCase(_ slug: Slug, in store: CasebookStore, at view: View) async -> Failure {
    if view.state.sources[slug] != nil {
      return Failure(
        .notFound, "\(slug) is a source, not a case. See it with: dossier source show \(slug)")
    }
    if let stop = view.state.stop(of: StreamAddress(.caseFile, slug)) {
      return Failure(.notFound, stop.description)
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

  /// Says when the moment asked for is not over, so that the answer is that of now, and when a standby may lack some of
  /// it.
  func noteFuture(_ view: View) {
    if view.basis.isFuture {
      terminal.note("that moment is not over yet: this is the casebook as it stands now")
    }
    if let standby = view.basis.standby {
      let reach =
        standby.replayedAt.map { "has what was committed until \($0)" } ?? "has come so far"
      terminal.warn(
        "the server is a standby, which \(reach): more may have been recorded by that moment. Ask "
          + "again once a later event is there, or ask the server that takes writes")
    }
  }
}
