import StrictJSON

extension Register {
  /// Begins with the first event of the casebook's stream.
  ///
  /// - Throws: `EvolveError` when the event does not create a casebook.
  public static func evolve(_ fact: Fact) throws(EvolveError) -> Register {
    guard case .casebookCreated(let content) = fact.event else {
      throw EvolveError(position: fact.position, message: "the casebook was never created")
    }
    return Register(content, stamp: fact.stamp, version: fact.streamVersion)
  }

  /// Applies the next event of the casebook's stream. The vocabulary and voided events are always heard; a tabulation is
  /// its source's.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    version = fact.streamVersion
    lastPosition = fact.position
    do {
      try apply(fact, voices)
    } catch {
      throw EvolveError(position: fact.position, message: "\(error)")
    }
  }

  private mutating func apply(_ fact: Fact, _ voices: Voices) throws {
    if let voice = fact.voice, !voices.includes(voice) { return }
    switch fact.event {
    case .predicateDefined(let predicate, let mark):
      define(VocabularyEntry(predicate: predicate, recorded: fact.stamp, mark: mark))
    case .predicateRevised(let id, let revision):
      try require(
        revise(id) { entry in
          let type = entry.predicate.type
          entry.predicate = try entry.predicate.applying(revision.changes)
          guard entry.predicate.type == type, entry.predicate.id == id else {
            throw JSONError("a predicate's id and type never change")
          }
          entry.hasDiverged = revision.mark == nil
          entry.mark = revision.mark ?? entry.mark
        })
    case .tabulationStated(let content, let mark):
      tabulations.append(Tabulation(content: content, recorded: fact.stamp, mark: mark))
    case .tabulationCorrected(let id, let revision):
      try changeTabulation(id) { tabulation in
        tabulation.content = try tabulation.content.applying(revision.changes)
        guard tabulation.content.source == fact.voice, tabulation.content.id == id else {
          throw JSONError("a tabulation's id and source never change")
        }
        tabulation.revision += 1
        tabulation.hasDiverged = revision.mark == nil
        tabulation.mark = revision.mark ?? tabulation.mark
      }
    case .tabulationWithdrawn(let id, _):
      try changeTabulation(id) { $0.isWithdrawn = true }
    case .eventVoided(let position, let reason):
      voided[position] = reason
    case .annotationAdded(let number, let content, let mark):
      annotations.reserve(number)
      guard voices.includesAnalysts else { return }
      if voices.isNarrowed, case .tabulation(let id) = content.target, tabulation(id) == nil {
        return
      }
      annotations.add(number, content, mark, fact.stamp)
    case .annotationRevised(let number, let revision):
      guard voices.includesAnalysts else { return }
      try require(annotations.revise(number, revision, fact.stamp) || voices.isNarrowed)
    case .annotationWithdrawn(let number, _):
      guard voices.includesAnalysts else { return }
      try require(annotations.withdraw(number, fact.stamp) || voices.isNarrowed)
    default:
      throw JSONError("\(fact.event.type.rawValue) does not belong on a casebook")
    }
  }

  private mutating func changeTabulation(
    _ id: Slug, _ body: (inout Tabulation) throws -> Void
  ) throws {
    guard let index = tabulations.firstIndex(where: { $0.content.id == id }) else {
      return try require(false)
    }
    try body(&tabulations[index])
  }

  /// Passes over a voided event: its numbers are not given again.
  public mutating func skip(_ reference: String?, version: Int64) {
    self.version = version
    guard let reference, case (.annotation, let number)? = ItemReference.parseLocal(reference)
    else {
      return
    }
    annotations.reserve(number)
  }
}
