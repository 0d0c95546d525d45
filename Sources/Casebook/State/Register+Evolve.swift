import StrictJSON

extension Register {
  /// Begins with the first event of the casebook's stream.
  ///
  /// - Throws: `EvolveError` when the event does not create a casebook.
  public static func evolve(
    _ fact: Fact, hearing voices: Voices = .all
  ) throws(EvolveError) -> Register {
    guard case .casebookCreated(let content) = fact.event, content.slug == fact.stream.id else {
      throw EvolveError(position: fact.position, message: "the casebook was never created")
    }
    var register = Register(
      content, stamp: fact.stamp(hearing: voices), version: fact.streamVersion)
    if voices.includesAnalysts {
      register.admit(AccessContent(role: fact.recordedBy, access: .admin), fact.stamp)
    }
    return register
  }

  /// Applies the next event of the casebook's stream. The vocabulary and voided events are always heard; a tabulation is
  /// its source's.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    guard fact.stream.id == content.slug else {
      throw EvolveError(
        position: fact.position, message: "the casebook's own stream is \(content.slug)")
    }
    do {
      if try apply(fact, voices) { lastPosition = fact.position }
    } catch {
      throw EvolveError(position: fact.position, message: "\(error)")
    }
    version = fact.streamVersion
  }

  /// Applies the event; false when it is not heard or speaks of something not heard.
  private mutating func apply(_ fact: Fact, _ voices: Voices) throws -> Bool {
    if let voice = fact.voice, !voices.includes(voice) { return false }
    let stamp = fact.stamp(hearing: voices)
    switch fact.event {
    case .predicateDefined(let predicate, let mark):
      guard self.predicate(predicate.id) == nil else {
        throw JSONError("\(predicate.id) was defined before")
      }
      define(VocabularyEntry(predicate: predicate, recorded: stamp, mark: mark))
    case .predicateRevised(let id, let revision):
      try require(
        revise(id) { entry in
          let old = entry.predicate
          entry.predicate = try old.applying(revision.changes)
          guard entry.predicate.type == old.type, entry.predicate.id == id else {
            throw JSONError("a predicate's id and type never change")
          }
          entry.hasDiverged = revision.mark == nil
          entry.mark = revision.mark ?? entry.mark
        })

    case .tabulationStated(let content, let mark):
      guard content.source == fact.voice, tabulation(content.id) == nil else {
        throw JSONError("the tabulation is in another voice or was stated before")
      }
      tabulations.append(Tabulation(content: content, recorded: stamp, mark: mark))
    case .tabulationCorrected(let id, let revision):
      try changeTabulation(id, fact.voice) { tabulation in
        tabulation.content = try tabulation.content.applying(revision.changes)
        guard tabulation.content.id == id else {
          throw JSONError("a tabulation's id never changes")
        }
        tabulation.revision += 1
        tabulation.hasDiverged = revision.mark == nil
        tabulation.mark = revision.mark ?? tabulation.mark
      }
    case .tabulationWithdrawn(let id, _):
      try changeTabulation(id, fact.voice) { $0.isWithdrawn = true }

    case .eventVoided(let position, let reason):
      voids.take(fact.position, naming: position)
      guard voids.targets[fact.position] != nil else { return true }
      voided[position] = voices.includesAnalysts ? reason : ""

    case .accessGranted(let content):
      guard voices.includesAnalysts else { return false }
      admit(content, stamp)
    case .accessRevoked(let role):
      guard voices.includesAnalysts else { return false }
      // It may have been given before grants were kept in the log.
      dismiss(role)

    case .annotationAdded(let number, let content, let mark):
      guard voices.includesAnalysts else { return false }
      try annotations.take(number, version: fact.streamVersion)
      guard has(content.target) else { return try passOver(voices) }
      annotations.add(number, content, mark, stamp)
    case .annotationRevised(let number, let revision):
      guard voices.includesAnalysts else { return false }
      return try annotations.revise(number, revision, stamp) || passOver(voices)
    case .annotationWithdrawn(let number, _):
      guard voices.includesAnalysts else { return false }
      return try annotations.withdraw(number, stamp) || passOver(voices)
    default:
      throw JSONError("\(fact.event.type.rawValue) does not belong on a casebook")
    }
    return true
  }

  /// Whether what an annotation speaks of is there: the casebook, a tabulation or another annotation.
  private func has(_ target: Reference) -> Bool {
    switch target {
    case .file: true
    case .tabulation(let id): tabulation(id) != nil
    case .item(let item): annotations[item.number] != nil
    case .event: false
    }
  }

  private func passOver(_ voices: Voices) throws -> Bool {
    try require(voices.isNarrowed)
    return false
  }

  private mutating func changeTabulation(
    _ id: Slug, _ voice: Slug?, _ body: (inout Tabulation) throws -> Void
  ) throws {
    guard let index = tabulations.firstIndex(where: { $0.content.id == id }) else {
      return try require(false)
    }
    var tabulation = tabulations[index]
    try body(&tabulation)
    guard tabulations[index].content.source == voice, tabulation.content.source == voice else {
      throw JSONError("a tabulation's source never changes and no other voice speaks of it")
    }
    tabulations[index] = tabulation
  }

  /// Passes over a voided event: its numbers are not given again.
  public mutating func skip(_ reference: String?, version: Int64) {
    self.version = version
    guard let reference, case (.annotation, let number)? = ItemReference.parseLocal(reference)
    else {
      return
    }
    annotations.reserve(number, version: version)
  }
}

func require(_ isThere: Bool) throws(JSONError) {
  guard isThere else { throw JSONError("it speaks of something that was never recorded") }
}
