import Casebook

/// Works out what an import does. It compares the files with the casebook and with the marks of earlier imports, and
/// writes nothing.
struct ImportPlanner {
  /// The casebook as it is.
  let before: CasebookState
  /// The casebook as it was when the files were written from it; nil when they were not.
  let exported: CasebookState?
  /// Positions of events that took something back: what they withdrew counts as never imported.
  let takenBack: Set<Int64>
  let options: ImportOptions
  let log: ProblemLog
  /// Told after each entry how many of how many are done.
  let progress: (Int, Int) -> Void

  var script: CommandScript
  var items: [ImportPlan.Item] = []
  /// Entries of the files that are dealt with, and all of them.
  private var done = 0
  private var total = 0

  /// What cases hold, made when it is first asked for.
  var indexes: [Slug: CaseIndex] = [:]
  /// References by case and id, for entries that point to one another.
  var references: [Slug: [String: ItemReference]] = [:]
  /// Claims that an entry of the files speaks for although they were imported under another id.
  var adopted: Set<ItemReference> = []

  init(
    _ state: CasebookState, exported: CasebookState? = nil, takenBack: Set<Int64> = [], head: Int64,
    _ options: ImportOptions, _ log: ProblemLog, progress: @escaping (Int, Int) -> Void
  ) {
    before = state
    self.exported = exported
    self.takenBack = takenBack
    self.options = options
    self.log = log
    self.progress = progress
    script = CommandScript(state, head: head, log)
  }

  /// The reason of corrections and withdrawals. A plan without a message is not carried out.
  var reason: String { options.message ?? "(no reason given yet)" }

  /// What the files ask for. `others` are cases imported earlier that the files no longer hold.
  ///
  /// - Throws: `CorpusError` with every entry that cannot be recorded.
  mutating func plan(_ files: CorpusFiles, others: [Case]) throws(CorpusError) -> ImportPlan {
    total = files.count
    planCasebook(files.casebook)
    for entry in files.vocabulary { planPredicate(entry) }
    planSources(files.sources)
    for file in files.cases { planCase(file.file) }
    for file in files.cases { planClaims(file.claims, of: file.file.content.slug) }
    for file in files.cases { planRemarks(file) }
    for entry in files.tabulations.inOrderOfCounting { planTabulation(entry) }
    planMissing(files, others)
    try log.check()
    return finished
  }

  /// What a vocabulary alone asks for: nothing is missing from it.
  mutating func plan(vocabulary: [Entry<Predicate>]) throws(CorpusError) -> ImportPlan {
    total = vocabulary.count
    for entry in vocabulary { planPredicate(entry) }
    try log.check()
    return finished
  }

  /// What a table of claims asks for: nothing is missing from it.
  mutating func plan(
    _ table: [(slug: Slug, claims: [ClaimEntry])]
  ) throws(CorpusError) -> ImportPlan {
    total = table.reduce(0) { $0 + $1.claims.count }
    for group in table { planClaims(group.claims, of: group.slug) }
    try log.check()
    return finished
  }

  private var finished: ImportPlan {
    ImportPlan(
      items: items, commands: script.commands, origins: script.origins,
      caseVersions: Dictionary(
        uniqueKeysWithValues: script.cases.map { slug in
          (slug, before.cases[slug]?.version ?? 0)
        }))
  }

  /// Notes what becomes of an entry.
  mutating func note(
    _ outcome: ImportPlan.Outcome, _ kind: ImportPlan.Kind, _ id: String, _ reference: Reference?,
    _ origin: Origin?, _ note: String? = nil
  ) {
    items.append(
      ImportPlan.Item(
        outcome: outcome, kind: kind, id: id, reference: reference, origin: origin, note: note))
    guard origin != nil else { return }
    done += 1
    progress(done, total)
  }

  /// Adds the command of a verdict, and notes what becomes of the entry.
  mutating func settle(
    _ verdict: Verdict, _ kind: ImportPlan.Kind, _ id: String, _ reference: Reference?,
    _ origin: Origin, _ command: () -> any Command
  ) {
    switch verdict {
    case .unchanged: note(.unchanged, kind, id, reference, origin)
    case .diverged(let why): note(.diverged, kind, id, reference, origin, why)
    case .corrected:
      script.add(command(), from: origin)
      note(.corrected, kind, id, reference, origin)
    }
  }
}

// MARK: The casebook's own

extension ImportPlanner {
  private mutating func planCasebook(_ entry: Entry<CasebookContent>) {
    guard let old = before.register?.content else { return }
    let isSame = old.title == entry.content.title && old.description == entry.content.description
    note(
      isSame ? .unchanged : .diverged, .casebook, entry.id, nil, entry.origin,
      isSame ? nil : "title and description were given when the casebook was created")
  }

  private mutating func planPredicate(_ entry: Entry<Predicate>) {
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    guard let old = before.register?.entry(entry.id) else {
      script.add(DefinePredicate(entry.content, mark: mark), from: entry.origin)
      note(.recorded, .predicate, entry.id, nil, entry.origin)
      return
    }
    let verdict = Verdict(
      isSame: old.predicate == entry.content, digest: mark.digest, mark: old.mark,
      hasDiverged: old.hasDiverged,
      sinceExport: SinceExport(exported?.register?.entry(entry.id)?.predicate, old.predicate))
    let reason = reason
    settle(verdict, .predicate, entry.id, nil, entry.origin) {
      RevisePredicate(entry.content, reason: reason, mark: mark)
    }
  }

  /// Sources first, since one can derive from another that stands below it.
  private mutating func planSources(_ entries: [SourceEntry]) {
    for entry in entries { planSource(entry.source, isOnlyNamed: entry.isOnlyNamed) }
    for entry in entries {
      let slug = entry.source.content.slug
      for copy in entry.copies { planCopy(copy, of: slug) }
      for derivation in entry.derivations { planDerivation(derivation, of: slug) }
    }
  }

  private mutating func planSource(_ entry: Entry<SourceContent>, isOnlyNamed: Bool) {
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    let reference = Reference.file(entry.content.slug)
    guard let old = before.sources[entry.content.slug] else {
      script.add(RegisterSource(entry.content, mark: mark), from: entry.origin)
      note(.recorded, .source, entry.id, reference, entry.origin)
      return
    }
    let verdict = Verdict(
      isSame: isOnlyNamed || old.content.asFile == entry.content, digest: mark.digest,
      mark: old.mark, hasDiverged: old.hasDiverged,
      sinceExport: SinceExport(exported?.sources[old.slug]?.content, old.content))
    let reason = reason
    settle(verdict, .source, entry.id, reference, entry.origin) {
      AmendSource(entry.content, reason: reason, mark: mark)
    }
  }

  private mutating func planCopy(_ entry: Entry<SourceCopy>, of slug: Slug) {
    let id = "\(slug)/\(entry.id)"
    if let old = before.sources[slug]?.copies.first(where: { $0.content.id == entry.content.id }) {
      let isSame = old.content == entry.content
      note(
        isSame ? .unchanged : .diverged, .copy, id, nil, entry.origin,
        isSame ? nil : "a copy is registered once; give what was read now another id")
      return
    }
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    script.add(RegisterCopy(slug, entry.content, mark: mark), from: entry.origin)
    note(.recorded, .copy, id, nil, entry.origin)
  }

  private mutating func planDerivation(_ entry: Entry<SourceDerivation>, of slug: Slug) {
    let id = "\(slug)/\(entry.id)"
    let old = before.sources[slug]?.derivations.filter { $0.content.from == entry.content.from }
    if let old, !old.isEmpty {
      let isSame = old.contains { $0.content == entry.content }
      note(
        isSame ? .unchanged : .diverged, .derivation, id, nil, entry.origin,
        isSame ? nil : "a derivation is recorded once; annotate the source instead")
      return
    }
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    script.add(DeriveSource(slug, entry.content, mark: mark), from: entry.origin)
    note(.recorded, .derivation, id, nil, entry.origin)
  }

  private mutating func planTabulation(_ entry: Entry<TabulationContent>) {
    let mark = ImportMark(id: entry.id, digest: entry.digest)
    let reference = Reference.tabulation(entry.content.id)
    guard let old = before.register?.tabulation(entry.content.id) else {
      script.add(StateTabulation(entry.content, mark: mark), from: entry.origin)
      note(.recorded, .tabulation, entry.id, reference, entry.origin)
      return
    }
    guard !old.isWithdrawn else {
      note(.diverged, .tabulation, entry.id, reference, entry.origin, "it is withdrawn")
      return
    }
    let verdict = Verdict(
      isSame: old.content == entry.content, digest: mark.digest, mark: old.mark,
      hasDiverged: old.hasDiverged,
      sinceExport: SinceExport(
        exported?.register?.tabulation(entry.content.id)?.content, old.content))
    let kind = options.correctionKind ?? Self.kind(from: old.content, to: entry.content)
    let reason = reason
    settle(verdict, .tabulation, entry.id, reference, entry.origin) {
      CorrectTabulation(entry.content, kind: kind, reason: reason, mark: mark)
    }
  }

  private static func kind(
    from old: TabulationContent, to new: TabulationContent
  ) -> CorrectionKind {
    var same = old
    same.locator = new.locator
    if same == new { return .locator }
    same.quote = new.quote
    return same == new ? .transcription : .interpretation
  }
}

extension SourceContent {
  /// The content as a file would give it: files hold texts only.
  fileprivate var asFile: SourceContent {
    var content = self
    content.csl = csl?.withTextsOnly
    return content
  }
}

extension CorpusFiles {
  /// How many entries there are.
  var count: Int {
    let perCase = cases.map { file in
      1 + file.claims.reduce(0) { $0 + 1 + $1.citations.count } + file.disputes.count
        + file.conclusions.count + file.identities.count
        + file.annotations.reduce(0) { $0 + 1 + $1.citations.count }
    }
    let perSource = sources.map { 1 + $0.copies.count + $0.derivations.count }
    return 1 + vocabulary.count + tabulations.count
      + (perCase + perSource).reduce(0, +)
  }
}

extension [Entry<TabulationContent>] {
  /// The tabulations, each after the one whose cases it counts.
  fileprivate var inOrderOfCounting: [Entry<TabulationContent>] {
    var waiting = self
    var ordered: [Entry<TabulationContent>] = []
    while !waiting.isEmpty {
      let names = Set(waiting.map(\.content.id))
      let ready = waiting.filter { entry in
        if case .tabulation(let id) = entry.content.population { return !names.contains(id) }
        return true
      }
      // What counts in a circle is left for the casebook to refuse.
      ordered += ready.isEmpty ? waiting : ready
      let taken = Set((ready.isEmpty ? waiting : ready).map(\.content.id))
      waiting.removeAll { taken.contains($0.content.id) }
    }
    return ordered
  }
}
