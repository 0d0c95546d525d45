public import Casebook
import Crypto
import EventLog
import StrictJSON

extension CasebookStore {
  /// The text of a source that was attached last, as the state has it; nil when there is none.
  ///
  /// - Throws: `Refusal` when it is not kept in this database; `DamagedText` when it is not what was attached.
  public func text(of source: Source) async throws -> SourceText? {
    guard let attached = source.texts.last?.content else { return nil }
    return try await text(attached, of: source.slug)
  }

  /// The text that was attached to a source.
  ///
  /// - Throws: `Refusal` when it is not kept in this database; `DamagedText` when it is not what was attached.
  public func text(_ attached: TextAttachment, of slug: Slug) async throws -> SourceText {
    guard let text = try await log.text(attached.sha256, of: casebookID) else {
      throw Refusal(
        .badText, "the text of \(slug) is not kept in this database, only its SHA-256",
        remedy: "Give it the file again with: dossier source attach \(slug) FILE")
    }
    guard SHA256.hash(data: Array(text.utf8)).hexadecimal == attached.sha256 else {
      throw DamagedText(text: .init(source: slug, sha256: attached.sha256))
    }
    return try SourceText(text, firstPage: attached.firstPage)
  }
}

/// The texts of sources that one request's quotes are held against, each read once.
struct SourceTexts {
  private let store: CasebookStore
  private var searches: [Slug: QuoteSearch] = [:]

  init(_ store: CasebookStore) {
    self.store = store
  }

  /// Refuses decisions that record a quote, or another place for one, where the source's text does not have it. Sources
  /// without a text are taken at their word.
  mutating func check(_ decisions: ArraySlice<Decision>, in state: CasebookState) async throws {
    for decision in decisions {
      guard let quoted = Self.quoting(decision, in: state), let quote = quoted.quote,
        let search = try await search(in: quoted.source, state)
      else { continue }
      let finding = search.find(quote, at: quoted.locator)
      if let refusal = finding.refusal(of: quoted, search) { throw refusal }
    }
  }

  /// The words that a decision records, or another place for them; nil for any other decision.
  private static func quoting(_ decision: Decision, in state: CasebookState) -> Quoted? {
    switch decision.event {
    case .claimRecorded(_, let content, _): return Quoted(content)
    case .claimCorrected(let number, let revision) where Quoted.isChanged(by: revision):
      return state.cases[decision.stream.id]?.claims[number].map { Quoted($0.content) }
    case .tabulationStated(let content, _): return Quoted(content)
    case .tabulationCorrected(let id, let revision) where Quoted.isChanged(by: revision):
      return state.register?.tabulation(id).map { Quoted($0.content) }
    default: return nil
    }
  }

  private mutating func search(
    in slug: Slug, _ state: CasebookState
  ) async throws -> QuoteSearch? {
    if let known = searches[slug] { return known }
    guard let source = state.sources[slug], let text = try await store.text(of: source) else {
      return nil
    }
    let search = QuoteSearch(text)
    searches[slug] = search
    return search
  }
}

/// Words of a source, as a claim or a stated count quotes them.
private struct Quoted {
  let source: Slug
  let locator: String
  let quote: String?

  init(_ claim: ClaimContent) {
    source = claim.source
    locator = claim.locator
    quote = claim.quote
  }

  init(_ count: TabulationContent) {
    source = count.source
    locator = count.locator
    quote = count.quote
  }

  static func isChanged(by revision: Revision) -> Bool {
    revision.changes["quote"] != nil || revision.changes["locator"] != nil
  }
}

extension QuoteFinding {
  /// Why what has this finding is not recorded; nil when the words are there.
  fileprivate func refusal(of content: Quoted, _ search: QuoteSearch) -> Refusal? {
    let there = "the words are not at \(content.locator) in the text of \(content.source)"
    let unchecked = "--unchecked-quote records them as they are."
    switch self {
    case .found: return nil
    case .unplaced(let examples):
      let places = examples.joined(separator: " or ")
      return Refusal(
        .quoteNotThere,
        "“\(content.locator)” names no place in the text of \(content.source), which tells its places "
          + "as \(places)",
        remedy: "Write the locator so; \(unchecked)")
    case .moved(let places):
      let list = places.compactMap(\.place).joined(separator: ", ")
      return Refusal(
        .quoteNotThere, "\(there), but at \(list.isEmpty ? "another place" : list)",
        remedy: "Correct the locator; \(unchecked)")
    case .changed(let nearest):
      let place = nearest.place.map { " (\($0))" } ?? ""
      return Refusal(
        .quoteNotThere, "\(there); the nearest are “\(nearest.words)”\(place)",
        remedy: "Correct the quote; \(unchecked)")
    case .missing:
      let unknown = search.has(content.locator) ? "" : ", which has no such page,"
      return Refusal(
        .quoteNotThere, "\(there)\(unknown) nor anywhere else in it",
        remedy: "Correct the quote; \(unchecked)")
    }
  }
}
