/// A casebook, or the part of it that was loaded, as a prefix of its log leaves it. Everything a reader sees is made
/// from this; nothing else interprets events.
public struct CasebookState: Sendable {
  /// Whose events were taken in.
  public let voices: Voices
  /// The casebook's own stream; nil before it is created.
  public private(set) var register: Register?
  /// The sources loaded, by short name.
  public private(set) var sources: [Slug: Source] = [:]
  /// The cases loaded, by short name.
  public private(set) var cases: [Slug: Case] = [:]
  /// Positions that an event later in the same prefix sets aside.
  public let voided: Set<Int64>
  /// Positions of the events that set others aside, with effect or without.
  public let voids: Set<Int64>
  /// Streams that stand still.
  public private(set) var stopped: [StreamName: StoppedStream] = [:]
  /// The versions of these: what stands behind the event at which one does counts, though it is not applied.
  private var stoppedVersions: [StreamName: Int64] = [:]
  /// Cases that there are beside those loaded, where they are known: only to suggest what was meant.
  public var otherCases: [Slug] = []
  /// Whether claims are looked for by what they say.
  private var findsClaims = false
  /// The events set aside of each stream that has no other yet.
  private var emptied: [StreamAddress: Emptied] = [:]

  /// An empty casebook. `voided` names the events that the prefix sets aside, and `voids` those that say so: they come
  /// after those.
  public init(
    hearing voices: Voices = .all, voided: Set<Int64> = [], voids: Set<Int64> = []
  ) {
    self.voices = voices
    self.voided = voided
    self.voids = voids
  }
}

// MARK: Folding

extension CasebookState {
  /// Applies the next event.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact) throws(EvolveError) {
    switch fact.stream.kind {
    case .casebook:
      if register == nil {
        register = try Register.evolve(fact, hearing: voices)
      } else {
        try register?.evolve(fact, hearing: voices)
      }
    case .source:
      if sources[fact.stream.id] == nil {
        guard voices.includes(fact.stream.id) else { return }
        sources[fact.stream.id] = try Source.evolve(fact, hearing: voices)
        keepNumbers(of: fact)
      } else {
        try sources[fact.stream.id]?.evolve(fact, hearing: voices)
      }
    case .caseFile:
      if cases[fact.stream.id] == nil {
        cases[fact.stream.id] = try Case.evolve(fact, hearing: voices)
        if findsClaims { cases[fact.stream.id]?.indexClaims() }
        keepNumbers(of: fact)
      } else {
        try cases[fact.stream.id]?.evolve(fact, hearing: voices)
      }
    }
  }

  /// A stream that begins anew does not give out again what events set aside before had given out.
  private mutating func keepNumbers(of opening: Fact) {
    guard let before = emptied.removeValue(forKey: opening.stream) else { return }
    for reference in before.references {
      skip(opening.stream, version: opening.streamVersion, reference: reference)
    }
  }

  /// Passes over an event that the prefix sets aside. `reference` is the local reference it gave out, if it can be read:
  /// that number is not given again.
  public mutating func skip(_ stream: StreamAddress, version: Int64, reference: String?) {
    let isThere: Void? =
      switch stream.kind {
      case .casebook where register?.content.slug == stream.id:
        register?.skip(reference, version: version)
      case .casebook: nil
      case .source: sources[stream.id]?.skip(reference, version: version)
      case .caseFile: cases[stream.id]?.skip(reference, version: version)
      }
    guard isThere == nil else { return }
    emptied[stream, default: Emptied()].version = version
    if let reference { emptied[stream]?.references.append(reference) }
  }

  /// Prepares for many commands, each of which asks whether a claim says the same already.
  public mutating func indexClaims() {
    findsClaims = true
    for slug in Array(cases.keys) { cases[slug]?.indexClaims() }
  }

  /// The state with nothing in it but what an event speaks of: enough to tell how that was before, without keeping a
  /// copy of a long case for each event.
  public func part(of fact: Fact) -> CasebookState {
    var part = CasebookState(hearing: voices, voided: voided, voids: voids)
    let annotation = fact.annotation
    switch fact.stream.kind {
    case .casebook:
      part.register = register
      part.register?.annotations = register?.annotations.part(annotation) ?? Annotations()
    case .source:
      part.sources[fact.stream.id] = sources[fact.stream.id]
      part.sources[fact.stream.id]?.annotations =
        sources[fact.stream.id]?.annotations.part(annotation) ?? Annotations()
    case .caseFile: part.cases[fact.stream.id] = cases[fact.stream.id]?.part(of: fact)
    }
    return part
  }

  /// Notes that a stream stands still.
  public mutating func stop(_ stop: StoppedStream) { stopped[stop.stream] = stop }

  /// Counts an event of a stream that stands still, so that it is known what the next one would be.
  public mutating func count(_ stream: StreamName, version: Int64) {
    stoppedVersions[stream] = version
  }

  /// Forgets a case, so that a fold over many cases holds one at a time.
  public mutating func removeCase(_ slug: Slug) -> Case? { cases.removeValue(forKey: slug) }
}

// MARK: Looking things up

extension CasebookState {
  /// The version of a stream: the number of its events, 0 when it has none.
  public func version(of stream: StreamAddress) -> Int64 {
    if !stoppedVersions.isEmpty, let version = stoppedVersions[StreamName(stream)] {
      return version
    }
    let version: Int64? =
      switch stream.kind {
      case .casebook: register?.version
      case .source: sources[stream.id]?.version
      case .caseFile: cases[stream.id]?.version
      }
    return version ?? emptied[stream]?.version ?? 0
  }

  /// Where and why a stream stands still; nil when it goes on.
  public func stop(of stream: StreamAddress) -> StoppedStream? {
    stopped.isEmpty ? nil : stopped[StreamName(stream)]
  }

  /// Sources in whose voice something may have been said, though nothing of their own stream counts: it stands still
  /// before they were registered, or all of it is set aside.
  public var unregisteredSources: Set<Slug> {
    let stopped = stopped.keys.lazy.filter { $0.kind == .source }.compactMap { try? Slug($0.text) }
    return Set(emptied.keys.lazy.filter { $0.kind == .source }.map(\.id)).union(stopped)
      .subtracting(sources.keys)
  }

  /// The annotations that a stream keeps; nil when it is not there.
  public func annotations(of stream: StreamAddress) -> Annotations? {
    switch stream.kind {
    case .casebook: register?.annotations
    case .source: sources[stream.id]?.annotations
    case .caseFile: cases[stream.id]?.annotations
    }
  }

  /// The case, or a refusal that suggests one.
  public func caseFile(_ slug: Slug) throws(Refusal) -> Case {
    if let found = cases[slug] { return found }
    if let stop = stop(of: StreamAddress(.caseFile, slug)) {
      throw Refusal(.unknownCase, stop.description)
    }
    throw Refusal(
      .unknownCase, "there is no case \"\(slug)\"",
      remedy: suggestion(for: slug, among: cases.keys + otherCases)
        ?? "See them with: dossier case list")
  }

  /// The source, or a refusal that suggests one.
  public func source(_ slug: Slug) throws(Refusal) -> Source {
    if let found = sources[slug] { return found }
    if let stop = stop(of: StreamAddress(.source, slug)) {
      throw Refusal(.unknownSource, stop.description)
    }
    throw Refusal(
      .unknownSource, "there is no source \"\(slug)\"",
      remedy: suggestion(for: slug, among: Array(sources.keys))
        ?? "Register it with: dossier source add \(slug) --title TITLE")
  }

  /// The predicate, or a refusal that suggests one.
  public func predicate(_ id: String) throws(Refusal) -> Predicate {
    if let found = register?.predicate(id) { return found }
    if let register, let stop = stop(of: StreamAddress(.casebook, register.content.slug)) {
      throw Refusal(.unknownPredicate, "there is no predicate \"\(id)\" yet where \(stop)")
    }
    let known = register?.vocabulary.map(\.predicate.id) ?? []
    throw Refusal(
      .unknownPredicate, "there is no predicate \"\(id)\"",
      remedy: closestName(to: id, among: known).map { "Did you mean \"\($0)\"?" }
        ?? "See them with: dossier claim predicates")
  }

  /// What was probably meant by a short name that names nothing; nil when no other is near.
  public func suggestion(for slug: Slug, among known: [Slug]) -> String? {
    closestName(to: slug.text, among: known.map(\.text).sorted()).map { "Did you mean \"\($0)\"?" }
  }
}

extension Fact {
  /// The number of the annotation that the event speaks of.
  fileprivate var annotation: Int? {
    guard case .item(let item) = reference, item.kind == .annotation else { return nil }
    return item.number
  }
}

/// What is left of a stream whose events so far are all set aside.
private struct Emptied {
  /// The version of its last event.
  var version: Int64 = 0
  /// The local references that they gave out.
  var references: [String] = []
}
