import ArgumentParser
import Calendar
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// `dossier search`
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find claims, quotes, annotations and sources by their words.",
    discussion: """
      EXAMPLES
        dossier search Deryabin
        dossier search "hid papers" Ottawa
        dossier search purge --predicate 'motive.*' --source fbi-1955
        dossier search passport --tag slip --since 2026-03-01 --as-of @412

      All words must be there, in any form: defected finds defects, Скачков finds Скачкова. A part of what is written \
      is a word of its own: 1921 finds 1918-1921. Words in one pair of quotation marks must stand side by side, \
      whatever signs stand between them. Names are also found in other spellings, without diacritics or in another transliteration \
      (Deryabin finds Derjabin and Дерябин); such hits come last and are marked as approximate. --exact leaves them \
      out.
      """)

  @Argument(help: "The words.") var words: [String]
  @Option(
    name: .customLong("case"), help: "Only this case, or several joined by commas.",
    completion: .cases)
  var cases: String?
  @Option(
    name: .long, help: "Only claims of this predicate; fear.* takes all that begin so.",
    completion: .predicates)
  var predicate: String?
  @Option(name: .long, help: "Only annotations with this tag.") var tag: String?
  @Flag(name: .long, help: "Find names only as they are spelt here.") var exact = false
  @Option(name: .long, help: "Only what this analyst recorded.") var by: String?
  @Option(name: .long, help: "Only what was recorded on this day, at this moment or later.")
  var since: String?
  @Option(name: .long, help: "Only what was recorded by the end of this day or this moment.")
  var until: String?
  @Option(name: .long, help: "Show at most so many hits.") var limit = 20
  @OptionGroup var stale: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
    guard words.contains(where: { $0.contains { $0.isLetter || $0.isNumber } }) else {
      throw ValidationError("Say what to look for: a word, or several.")
    }
    guard by == nil || read.source.isEmpty else {
      throw ValidationError("--source hears no analyst, so --by says nothing beside it.")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let reading = try read.reading(session)
    let period = try await self.period(session, store)
    let slugs = try cases.map { try References.slugs($0) }
    var view = try await store.view(of: Set(slugs ?? []), reading)
    for slug in slugs ?? [] where view.state.cases[slug] == nil {
      throw await session.unknownCase(slug, in: store, at: view)
    }
    if let predicate, !predicate.hasSuffix("*") { _ = try view.state.predicate(predicate) }
    session.noteFuture(view)
    let (views, basis) = try await session.views(
      [SearchView.self], for: view.basis, stale, of: store)
    if basis != view.basis { view = try await store.view(of: [], at: basis, reading.voices) }
    view.add(
      stopped: try await views.faults(of: SearchView.self, at: basis.position).map(\.stopped))

    var query = SearchQuery(words)
    query.cases = slugs
    query.predicate = predicate
    query.tag = tag
    query.isExact = exact
    query.recordedBy = by
    (query.after, query.until) = period
    let voices = view.state.voices
    if !voices.includesAnalysts { query.sources = voices.sources.map { $0.sorted() } }
    if !voices.isNarrowed { query.limit = limit }
    var (hits, count) = try await views.search(query, at: basis.position)
    if voices.isNarrowed {
      // What analysts say of a source that is not heard is not heard either: the fold knows.
      let files = Set(try hits.filter(\.isInCase).compactMap(\.home).map { try Slug($0) })
      let heard = try await store.view(of: files, at: basis, reading.voices).state
      hits.removeAll { !heard.holds($0) }
      count = hits.count
    }
    let isNarrowed =
      voices.isNarrowed || [cases, predicate, tag, by, since, until].contains { $0 != nil }
    let results = SearchResults(
      hits: Array(hits.prefix(limit)), count: count, isNarrowed: isNarrowed, view: view)
    try session.show(
      on: view,
      Document(
        json: view.document(("count", .integer(count)), ("hits", .array(results.json))),
        items: results.json, page: results.page))
  }

  /// The positions between which something must have been recorded.
  private func period(
    _ session: Session, _ store: CasebookStore
  ) async throws -> (after: Int64?, until: Int64?) {
    let zone = try read.zone(session.settings)
    let when = When(in: zone)
    func position(_ asOf: AsOf) async throws -> Int64 {
      try await store.log.resolve(asOf, of: store.casebookID).position
    }
    var after: Int64?
    if let since {
      switch try when.read(since, session.terminal) {
      case .position(let first): after = first - 1
      case .instant(let instant):
        // What names a day means its end; its beginning is the end of the day before.
        let day = zone.date(of: instant)
        let isDay = zone.endOfDay(day) == instant
        after = try await position(
          .instant(isDay ? zone.endOfDay(day.adding(days: -1)) : instant))
      case .head: after = nil
      }
    }
    guard let until else { return (after, nil) }
    return (after, try await position(try when.read(until, session.terminal)))
  }
}

extension CasebookState {
  /// Whether what was found is there for the voices heard.
  fileprivate func holds(_ hit: SearchHit) -> Bool {
    switch hit.kind {
    case .source: return hit.source.flatMap { sources[unchecked: $0] } != nil
    case .claim: return hit.home.flatMap { cases[unchecked: $0] }?.claims[hit.number] != nil
    case .annotation:
      guard let home = hit.home else { return register?.annotations[hit.number] != nil }
      let annotations =
        hit.isInCase ? cases[unchecked: home]?.annotations : sources[unchecked: home]?.annotations
      return annotations?[hit.number] != nil
    }
  }
}

extension [Slug: Case] {
  fileprivate subscript(unchecked slug: String) -> Case? { (try? Slug(slug)).flatMap { self[$0] } }
}

extension [Slug: Source] {
  fileprivate subscript(unchecked slug: String) -> Source? {
    (try? Slug(slug)).flatMap { self[$0] }
  }
}
