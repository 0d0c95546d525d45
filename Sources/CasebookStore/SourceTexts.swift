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
      guard let content = Self.quoting(decision, in: state), let quote = content.quote,
        let search = try await search(in: content.source, state)
      else { continue }
      let finding = search.find(quote, at: content.locator)
      if let refusal = finding.refusal(of: content, search) { throw refusal }
    }
  }

  /// The claim whose quote or place a decision records; nil for any other decision.
  private static func quoting(_ decision: Decision, in state: CasebookState) -> ClaimContent? {
    switch decision.event {
    case .claimRecorded(_, let content, _): return content
    case .claimCorrected(let number, let revision):
      guard revision.changes["quote"] != nil || revision.changes["locator"] != nil else {
        return nil
      }
      return state.cases[decision.stream.id]?.claims[number]?.content
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

extension QuoteFinding {
  /// Why a claim with this finding is not recorded; nil when the words are there.
  fileprivate func refusal(of content: ClaimContent, _ search: QuoteSearch) -> Refusal? {
    let there = "the words are not at \(content.locator) in the text of \(content.source)"
    let unchecked = "--unchecked-quote records them as they are."
    switch self {
    case .found: return nil
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
