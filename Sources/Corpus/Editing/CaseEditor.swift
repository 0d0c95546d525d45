public import Casebook
public import CasebookStore
import EventLog
public import struct FoundationEssentials.UUID

/// Edits a case as a text: hands out a document, and turns what came back into one request.
public struct CaseEditor: Sendable {
  /// The casebook.
  public let store: CasebookStore

  /// An editor of cases of the casebook of `store`.
  public init(_ store: CasebookStore) {
    self.store = store
  }

  /// The document of a case as it is now: all of it, or what one source says.
  ///
  /// - Throws: `Refusal` when there is no such case or source; errors of the log.
  public func document(of slug: Slug, source: Slug? = nil) async throws -> CaseDocument {
    var view = try await store.view(of: [slug])
    if view.state.cases[slug] == nil {
      view.state.otherCases = try await store.caseSlugs(at: view.basis)
    }
    let file = try view.state.caseFile(slug)
    if let source { _ = try view.state.source(source) }
    let wanted =
      file.sortedDisputes.compactMap(\.content.counter)
      + file.standingConclusions.flatMap(\.content.grounds)
    if wanted.contains(where: { $0.home != slug }) {
      view = try await store.view(of: Set(wanted.map(\.home)).union([slug]), at: view.basis)
    }
    var counters: [ItemReference: String] = [:]
    for reference in wanted where !CaseShown(file, only: source).isStanding(reference) {
      // One that was withdrawn since has no id but its own.
      let id = view.state.cases[reference.home].flatMap { CaseIDs($0)[reference] }
      counters[reference] = "\(reference.home)/\(id ?? reference.local)"
    }
    return CaseDocument(file, in: view.state, source: source, counters: counters)
  }

  /// What the edited text asks for, with the reason of corrections and withdrawals, if there is one yet, and the
  /// kind of corrections of claims, which is otherwise chosen by what changed. Nothing is written.
  ///
  /// - Throws: `CorpusError` with line and field of everything that is wrong, so that the editor can be opened again;
  ///   errors of the log.
  public func changes(
    in edited: String, of document: CaseDocument, reason: String? = nil,
    kind: CorrectionKind? = nil
  ) async throws -> CaseChanges {
    let file = try document.read(edited)
    var cases: Set<Slug> = [document.file.slug]
    for claim in file.claims { cases.formUnion(claim.mentionedCases) }
    for dispute in file.disputes {
      let parts = (dispute.counter ?? "").split(separator: "/")
      if parts.count == 2, let slug = try? Slug(String(parts[0])) { cases.insert(slug) }
    }
    for entry in file.conclusions { cases.formUnion(entry.mentionedCases) }
    cases.formUnion(file.identities.map(\.content.other))
    for conclusion in document.file.standingConclusions { cases.formUnion(conclusion.namedCases) }
    let view = try await store.view(of: cases)
    return try document.changes(
      file, on: view.state, head: view.basis.position, reason: reason, kind: kind)
  }

  /// The request that carries out the changes, refused when somebody else wrote to the case since the document was
  /// made.
  ///
  /// - Throws: `Refusal` with `missingReason` when something changed and nobody says why.
  public func request(
    in edited: String, of document: CaseDocument, reason: String?, kind: CorrectionKind? = nil,
    id: UUID? = nil
  ) async throws -> Request {
    let changes = try await changes(in: edited, of: document, reason: reason, kind: kind)
    if changes.needsReason, reason == nil {
      throw Refusal(
        .missingReason,
        "\(changes.corrected) changed and \(changes.withdrawn) would be withdrawn",
        remedy: "Say why with -m REASON.")
    }
    return Request(
      id: id, changes.commands,
      expectedVersions: [document.file.slug: document.file.version])
  }
}
