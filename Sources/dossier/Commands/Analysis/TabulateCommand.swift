import Analysis
import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier tabulate`
struct TabulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tabulate",
    abstract: "Compare the counts that a source states with its own claims, case by case.",
    discussion: """
      EXAMPLES
        dossier tabulate
        dossier tabulate fear-and-recall
        dossier tabulate fear-and-recall --case gouzenko
        dossier tabulate --source fbi-1955 --as-of 2026-03-01
        dossier tabulate --joined
        dossier tabulate --strict

      A case is supported, wanting, or silent when no claim of the source decides. A count is reproduced when \
      the supported cases make it up, over when there are more, short when even the silent ones could not make it \
      up, and otherwise indeterminate. “Majority” asks for more than half, “almost all” for all but one in ten \
      (rounded up), “all” for every case.
      """)

  @Argument(help: "One count, or several joined by commas; all without.") var ids: String?
  @Option(
    name: .customLong("case"), help: "What the claims about this case say to each count.",
    completion: .cases)
  var slug: String?
  @Flag(name: .long, help: "Count cases that are judged to be one once.") var joined = false
  @Flag(name: .long, help: "End with status 1 unless every count is reproduced.") var strict = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if strict, slug != nil {
      throw ValidationError("--strict judges whole counts; leave out --case, or --strict")
    }
  }

  func run() async throws {
    let wanted = try ids.map { try References.slugs($0.replacing("tabulation/", with: "")) }
    let session = try await Session.open(global, read)
    if let slug {
      let (view, files, results) = try await session.tabulate(
        wanted, for: try Slug(slug), read, joined: joined)
      return try session.show(
        on: view,
        Document(
          json: view.json(results, for: files), items: results.map { view.json($0, for: files) }
        ) { view.page(results, for: files, width: $0) })
    }
    let (view, results) = try await session.tabulate(wanted, read, joined: joined)
    let items = { results.map { view.json($0) } }
    try session.show(
      on: view,
      Document(
        json: view.document(("tabulations", .array(items()))), items: items()
      ) { width in
        wanted?.count == 1 ? view.page(results[0], width) : view.page(results, width)
      })
    if strict, results.contains(where: { $0.verdict != .reproduced }) {
      throw ExitStatus.checkFailed
    }
  }
}

// MARK: - Evaluating

extension Session {
  /// How many cases are held at a time; of more, one after the other is.
  private static let casesHeld = 1000

  /// The tabulations wanted, or all that stand, with what was found; the view holds the cases when they are few.
  fileprivate func tabulate(
    _ wanted: [Slug]?, _ read: ReadOptions, joined: Bool
  ) async throws -> (View, [TabulationResult]) {
    let store = try await casebook()
    let ground = try await store.view(of: [], read.reading(self))
    noteFuture(ground)
    var (view, tabulator) = try await tabulator(wanted, store, ground)
    let population = tabulator.population
    let groups = joined ? try await store.casesJoined(on: view) : [:]
    // Cases that are one are added with the first of them that is counted.
    func filesCounted(with file: Case) -> [Case]? {
      let files = groups[file.slug] ?? [file]
      return files.first { population.contains($0.slug) }?.slug == file.slug ? files : nil
    }
    guard population.count <= Self.casesHeld else {
      view.add(
        stoppedIn: try await store.forEachCase(at: view.basis, view.voices) { _, file in
          if let files = filesCounted(with: file) { tabulator.add(files) }
        })
      return (view, tabulator.results)
    }
    view = try await store.view(
      of: population.union(view.state.cases.keys).union(groups.keys), at: view.basis, view.voices)
    for slug in population.sorted() {
      if let files = view.state.cases[slug].flatMap(filesCounted) { tabulator.add(files) }
    }
    return (view, tabulator.results)
  }

  /// The tabulations that may count a case, with what was found of it alone.
  fileprivate func tabulate(
    _ wanted: [Slug]?, for slug: Slug, _ read: ReadOptions, joined: Bool
  ) async throws -> (View, [Case], [TabulationResult]) {
    let (ground, files) = try await caseFiles(slug, read, joined: joined)
    var (view, tabulator) = try await tabulator(wanted, casebook(), ground)
    view.state = ground.state
    tabulator.add(files)
    return (view, files, tabulator.results.filter { !$0.findings.isEmpty })
  }

  /// Makes ready to evaluate. Among all of them, one whose criterion no longer fits the vocabulary is named and left out.
  private func tabulator(
    _ wanted: [Slug]?, _ store: CasebookStore, _ ground: View
  ) async throws -> (View, Tabulator) {
    let standing = (ground.state.register?.tabulations ?? []).filter { !$0.isWithdrawn }
    let ids = wanted ?? standing.map(\.content.id)
    let view = try await store.view(
      of: Tabulator.cases(neededFor: ids, in: ground.state), at: ground.basis, ground.voices)
    guard wanted == nil else { return (view, try Tabulator(ids, in: view.state)) }
    var usable: [Slug] = []
    for id in ids {
      do throws(Refusal) {
        _ = try Tabulator([id], in: view.state)
        usable.append(id)
      } catch {
        terminal.warn("left out: \(error)")
      }
    }
    return (view, try Tabulator(usable, in: view.state))
  }
}
