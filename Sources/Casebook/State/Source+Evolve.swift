import StrictJSON

extension Source {
  /// Registers a source with the first event of its stream.
  ///
  /// - Throws: `EvolveError` when the event does not register a source.
  public static func evolve(
    _ fact: Fact, hearing voices: Voices = .all
  ) throws(EvolveError) -> Source {
    guard case .sourceRegistered(let content, let mark) = fact.event,
      content.slug == fact.stream.id
    else {
      throw EvolveError(position: fact.position, message: "the source was never registered")
    }
    return Source(
      content: content, registered: fact.stamp(hearing: voices), lastPosition: fact.position,
      version: fact.streamVersion, mark: mark)
  }

  /// Applies the next event of the source's stream. What the source is (its registration, copies, texts and derivations) is
  /// record-keeping and always heard; what analysts say of it, the grounds of a derivation included, is not when they
  /// are left out.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    do {
      if try apply(fact, voices) { lastPosition = fact.position }
    } catch {
      throw EvolveError(position: fact.position, message: "\(error)")
    }
    version = fact.streamVersion
  }

  /// Applies the event; false when it is not heard.
  private mutating func apply(_ fact: Fact, _ voices: Voices) throws -> Bool {
    let stamp = fact.stamp(hearing: voices)
    switch fact.event {
    case .sourceAmended(let revision):
      let amended = try content.applying(revision.changes)
      guard amended.slug == slug else { throw JSONError("a source's short name never changes") }
      content = amended
      hasDiverged = revision.mark == nil
      mark = revision.mark ?? mark
      return true
    case .copyRegistered(let copy, let mark):
      copies.append(Recorded(content: copy, grounds: nil, mark: mark, recorded: stamp))
      return true
    case .textAttached(let text):
      texts.append(Recorded(content: text, grounds: nil, mark: nil, recorded: stamp))
      return true
    case .sourceDerived(var derivation, let mark):
      if !voices.includesAnalysts { derivation.grounds = "" }
      derivations.append(Recorded(content: derivation, grounds: nil, mark: mark, recorded: stamp))
      return true
    default:
      guard voices.includesAnalysts else { return false }
      try hear(fact, stamp)
      return true
    }
  }

  /// Applies what an analyst says of the source.
  private mutating func hear(_ fact: Fact, _ stamp: Stamp) throws {
    switch fact.event {
    case .sourceGraded(let grade, let grounds):
      self.grade = Recorded(content: grade, grounds: grounds, mark: nil, recorded: stamp)
    case .annotationAdded(let number, let content, let mark):
      try annotations.take(number, version: fact.streamVersion)
      annotations.add(number, content, mark, stamp)
    case .annotationRevised(let number, let revision):
      try require(annotations.revise(number, revision, stamp))
    case .annotationWithdrawn(let number, _):
      try require(annotations.withdraw(number, stamp))
    default:
      throw JSONError("\(fact.event.type.rawValue) does not belong on a source")
    }
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
