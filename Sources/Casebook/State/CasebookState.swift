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
  /// The version of each stream at its last event set aside: all there is to know of a stream without any other.
  private var emptied: [StreamAddress: Int64] = [:]

  /// An empty casebook. `voided` names the events that the prefix sets aside: they come before the event that says so.
  public init(hearing voices: Voices = .all, voided: Set<Int64> = []) {
    self.voices = voices
    self.voided = voided
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
      } else {
        try sources[fact.stream.id]?.evolve(fact, hearing: voices)
      }
    case .caseFile:
      if cases[fact.stream.id] == nil {
        cases[fact.stream.id] = try Case.evolve(fact, hearing: voices)
      } else {
        try cases[fact.stream.id]?.evolve(fact, hearing: voices)
      }
    }
  }

  /// Passes over an event that the prefix sets aside. `reference` is the local reference it gave out, if it can be read:
  /// that number is not given again.
  public mutating func skip(_ stream: StreamAddress, version: Int64, reference: String?) {
    emptied[stream] = version
    switch stream.kind {
    case .casebook: register?.skip(reference, version: version)
    case .source: sources[stream.id]?.skip(reference, version: version)
    case .caseFile: cases[stream.id]?.skip(reference, version: version)
    }
  }

  /// Forgets a case, so that a fold over many cases holds one at a time.
  public mutating func removeCase(_ slug: Slug) -> Case? { cases.removeValue(forKey: slug) }
}

// MARK: Looking things up

extension CasebookState {
  /// The version of a stream: the number of its events, 0 when it has none.
  public func version(of stream: StreamAddress) -> Int64 {
    let version: Int64? =
      switch stream.kind {
      case .casebook: register?.version
      case .source: sources[stream.id]?.version
      case .caseFile: cases[stream.id]?.version
      }
    return version ?? emptied[stream] ?? 0
  }

  /// The annotations that a stream keeps; nil when it is not there.
  func annotations(of stream: StreamAddress) -> Annotations? {
    switch stream.kind {
    case .casebook: register?.annotations
    case .source: sources[stream.id]?.annotations
    case .caseFile: cases[stream.id]?.annotations
    }
  }

  /// The case, or a refusal that suggests one.
  public func caseFile(_ slug: Slug) throws(Refusal) -> Case {
    if let found = cases[slug] { return found }
    throw Refusal(
      .unknownCase, "there is no case \"\(slug)\"",
      remedy: suggestion(for: slug, among: Array(cases.keys))
        ?? "See them with: dossier case list")
  }

  /// The source, or a refusal that suggests one.
  public func source(_ slug: Slug) throws(Refusal) -> Source {
    if let found = sources[slug] { return found }
    throw Refusal(
      .unknownSource, "there is no source \"\(slug)\"",
      remedy: suggestion(for: slug, among: Array(sources.keys))
        ?? "Register it with: dossier source add \(slug) --title TITLE")
  }

  /// The predicate, or a refusal that suggests one.
  public func predicate(_ id: String) throws(Refusal) -> Predicate {
    if let found = register?.predicate(id) { return found }
    let known = register?.vocabulary.map(\.predicate.id) ?? []
    throw Refusal(
      .unknownPredicate, "there is no predicate \"\(id)\"",
      remedy: closestName(to: id, among: known).map { "Did you mean \"\($0)\"?" }
        ?? "See them with: dossier claim predicates")
  }

  func suggestion(for slug: Slug, among known: [Slug]) -> String? {
    closestName(to: slug.text, among: known.map(\.text).sorted()).map { "Did you mean \"\($0)\"?" }
  }
}
