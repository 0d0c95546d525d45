import Calendar
import Casebook
public import CasebookStore
public import EventLog

/// Brings a casebook to what files say, in one request: all of it or nothing. Importing the same files again changes
/// nothing.
public struct CorpusImporter: Sendable {
  /// The casebook that is imported into.
  public let store: CasebookStore
  /// How.
  public let options: ImportOptions

  /// How often an import is worked out again when somebody else wrote to one of its cases in between.
  private static let attempts = 50

  /// An importer into the casebook of `store`.
  public init(_ store: CasebookStore, _ options: ImportOptions = ImportOptions()) {
    self.store = store
    self.options = options
  }

  /// What an import did.
  public struct Outcome: Sendable {
    /// What became of each entry.
    public let plan: ImportPlan
    /// The receipt; nil when there was nothing to do.
    public let receipt: Receipt?
  }

  // MARK: A corpus

  /// What importing the files would do. Nothing is written; `progress` is told after each entry how many of how
  /// many are worked out.
  ///
  /// - Throws: `CorpusError` with file, line and field of everything that cannot be recorded; errors of the log.
  public func plan(
    _ files: CorpusFiles, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> ImportPlan {
    let basis = try await store.log.resolve(.head, of: store.casebookID)
    let others = try await importedCases(except: files, at: basis)
    let view = try await store.view(
      of: files.mentionedCases.union(others.map(\.slug)), at: basis)
    var planner = ImportPlanner(
      view.state, exported: try await exported(files, before: basis),
      takenBack: try await store.takenBack(), head: view.basis.position, options, ProblemLog(),
      progress: progress)
    return try planner.plan(files, others: others)
  }

  /// What importing the files into a casebook that does not exist yet would do.
  ///
  /// - Throws: `CorpusError`.
  public static func planForNewCasebook(
    _ files: CorpusFiles, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws -> ImportPlan {
    let state = try CasebookState.created(files.casebook.content)
    var planner = ImportPlanner(
      state, head: 1, ImportOptions(), ProblemLog(), progress: progress)
    return try planner.plan(files, others: [])
  }

  /// Imports the files.
  ///
  /// - Throws: `CorpusError`; `Refusal` with `missingReason` when something changed and nobody says why; errors of the
  ///   log. Nothing is written then.
  public func run(
    _ files: CorpusFiles, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> Outcome {
    try await carryOut(files.digest) { try await plan(files, progress: progress) }
  }

  /// Creates the casebook of the files with all that they say, in one transaction.
  ///
  /// - Parameters:
  ///   - files: what it begins with.
  ///   - log: where it is created.
  ///   - options: how; nothing can have changed in it yet, so that only the request's identity matters.
  ///   - progress: is told after each entry how many of how many are worked out.
  /// - Returns: what became of each entry, and the receipt.
  /// - Throws: `CorpusError`; `EventLogError.casebookExists`; errors of the log. Nothing is written then.
  public static func create(
    _ files: CorpusFiles, in log: EventLog, _ options: ImportOptions = ImportOptions(),
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> Outcome {
    let plan = try planForNewCasebook(files, progress: progress)
    let request = Request(
      id: options.requestID, plan.commands, canonicalText: options.canonicalText(files.digest))
    let receipt = try await locating(plan) {
      try await log.create(files.casebook.content, with: request).receipt
    }
    return Outcome(plan: plan, receipt: receipt)
  }

  // MARK: A table of claims

  /// What importing the table would do. Nothing is written.
  ///
  /// - Throws: `CorpusError` with file, line and column of everything that cannot be recorded; errors of the log.
  public func plan(
    _ table: ClaimsTable, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> ImportPlan {
    let cases = table.groups.reduce(into: Set<Slug>()) { cases, group in
      cases.insert(group.slug)
      for claim in group.claims { cases.formUnion(claim.mentionedCases) }
    }
    var view = try await store.view(of: cases)
    view.state.otherCases = try await store.caseSlugs(at: view.basis)
    let log = ProblemLog()
    if let problems = table.problems { log.add(problems) }
    var planner = ImportPlanner(
      view.state, takenBack: try await store.takenBack(), head: view.basis.position, options, log,
      progress: progress)
    return try planner.plan(table.groups)
  }

  /// Imports the table.
  ///
  /// - Throws: as for a corpus.
  public func run(
    _ table: ClaimsTable, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> Outcome {
    try await carryOut(table.digest) { try await plan(table, progress: progress) }
  }
}

// MARK: Writing

extension CorpusImporter {
  private func carryOut(
    _ digest: String, _ plan: () async throws -> ImportPlan
  ) async throws -> Outcome {
    let repeated = Request(id: options.requestID, [], canonicalText: options.canonicalText(digest))
    if let receipt = try await store.firstReceipt(of: repeated) {
      return Outcome(plan: .nothing, receipt: receipt)
    }
    var attempt = 1
    while true {
      let plan = try await plan()
      if plan.needsMessage, options.message == nil { throw Self.missingMessage(plan) }
      do {
        return Outcome(plan: plan, receipt: try await carryOut(plan, digest))
      } catch let error as EventLogError where error.isVersionConflict {
        guard attempt < Self.attempts else { throw error }
        attempt += 1
      }
    }
  }

  private func carryOut(_ plan: ImportPlan, _ digest: String) async throws -> Receipt? {
    guard !plan.isEmpty else { return nil }
    return try await Self.locating(plan) {
      try await store.perform(request(plan, options.canonicalText(digest)))
    }
  }

  /// Refuses what the casebook would refuse of a plan, quotes that are not in their source's text included. A plan that
  /// nobody has given the reason for is only shown.
  public func rehearse(_ plan: ImportPlan) async throws {
    guard !plan.isEmpty, !plan.needsMessage || options.message != nil else { return }
    try await Self.locating(plan) { _ = try await store.rehearse(request(plan, nil)) }
  }

  private func request(_ plan: ImportPlan, _ canonicalText: String?) -> Request {
    // Numbers of claims were worked out ahead: nobody may have written to these cases since.
    var request = Request(
      id: canonicalText == nil ? nil : options.requestID, plan.commands,
      expectedVersions: plan.caseVersions,
      canonicalText: canonicalText)
    request.checksQuotes = options.checksQuotes
    return request
  }

  /// Runs `body` and says of a command that was refused where in the files it comes from.
  private static func locating<R>(
    _ plan: ImportPlan, _ body: () async throws -> R
  ) async throws -> R {
    do { return try await body() } catch let refused as RefusedCommand {
      let origin = plan.origins.indices.contains(refused.index) ? plan.origins[refused.index] : nil
      guard let origin else { throw refused.refusal }
      throw CorpusError(problems: [origin.problem(refused.refusal)], omitted: 0)
    }
  }

  private static func missingMessage(_ plan: ImportPlan) -> Refusal {
    let corrected = plan.count(.corrected)
    let withdrawn = plan.count(.withdrawn)
    let parts = [
      corrected == 0 ? nil : "\(corrected) changed",
      withdrawn == 0 ? nil : "\(withdrawn) would be withdrawn",
    ]
    return Refusal(
      .missingReason,
      "of what was imported before, \(parts.compactMap { $0 }.joined(separator: " and "))",
      remedy: "Say why with -m MESSAGE; look at them first with --dry-run.")
  }

  /// The casebook as it was when the files were written from it; nil when they were not.
  private func exported(
    _ files: CorpusFiles, before basis: Basis
  ) async throws -> CasebookState? {
    guard let export = files.export, export.position <= basis.position else { return nil }
    let then = try await store.log.resolve(.position(export.position), of: store.casebookID)
    guard let recordedAt = then.recordedAt, "\(recordedAt)" == export.recordedAt else { return nil }
    return try await store.view(of: Set(files.cases.map(\.file.content.slug)), at: then).state
  }

  /// The cases that an earlier import opened and the files do not hold.
  private func importedCases(except files: CorpusFiles, at basis: Basis) async throws -> [Case] {
    let present = Set(files.cases.map(\.file.content.slug))
    let all = try await store.log.caseIDs(of: store.casebookID, upTo: basis.position)
    let known = Set(present.map(\.text))
    guard !known.isSuperset(of: all) else { return [] }
    var others: [Case] = []
    _ = try await store.forEachCase(at: basis) { _, file in
      if file.mark != nil, !present.contains(file.slug) { others.append(file) }
    }
    return others
  }
}

// MARK: What the files mention

extension ClaimEntry {
  /// Short names that may be cases: whether they are, only the casebook knows.
  var mentionedCases: Set<Slug> {
    let texts = [draft.value, draft.saidBy].compactMap { $0 } + draft.qualifiers.values
    return Set(texts.compactMap { try? Slug($0) })
  }
}

extension CorpusFiles {
  /// The cases of the files and those they may point to. A source that shares a case's name must be noticed too.
  var mentionedCases: Set<Slug> {
    var slugs = Set(sources.map(\.source.content.slug))
    for file in cases {
      slugs.insert(file.file.content.slug)
      for claim in file.claims { slugs.formUnion(claim.mentionedCases) }
      for dispute in file.disputes {
        let parts = (dispute.counter ?? "").split(separator: "/")
        if parts.count == 2, let slug = try? Slug(String(parts[0])) { slugs.insert(slug) }
      }
      for entry in file.conclusions { slugs.formUnion(entry.mentionedCases) }
      slugs.formUnion(file.identities.map(\.content.other))
    }
    for entry in tabulations { slugs.formUnion(entry.content.mentionedCases) }
    return slugs
  }

  /// The digest of all that the files say.
  var digest: String {
    var lines = ["casebook \(casebook.id)"]
    lines += vocabulary.map { "predicate \($0.id) \($0.digest)" }
    for entry in sources {
      lines.append("source \(entry.source.id) \(entry.source.digest)")
      lines += entry.copies.map { "copy \($0.id) \($0.digest)" }
      lines += entry.derivations.map { "derivation \($0.id) \($0.digest)" }
    }
    for file in cases {
      lines.append("case \(file.file.id) \(file.file.digest)")
      for claim in file.claims {
        lines.append("claim \(claim.id ?? "-") \(claim.digest)")
        lines += Self.lines(claim.citations, of: claim.id)
      }
      for entry in file.annotations {
        lines.append("annotation \(entry.id ?? "-") \(entry.digest)")
        lines += Self.lines(entry.citations, of: entry.id)
      }
      lines += file.disputes.map { "dispute \($0.id ?? "-") \($0.digest)" }
      lines += file.conclusions.map { "conclusion \($0.id ?? "-") \($0.digest)" }
      lines += file.identities.map { "identity \($0.content.other) \($0.digest)" }
    }
    lines += tabulations.map { "tabulation \($0.id) \($0.digest)" }
    return Digest.hexadecimal(lines.joined(separator: "\n"))
  }

  private static func lines(_ citations: [CitationEntry], of owner: String?) -> [String] {
    citations.map { "citation \($0.id ?? "-") \($0.digest(on: owner ?? "-"))" }
  }
}
