import StrictJSON

extension Source {
  /// Registers a source with the first event of its stream.
  ///
  /// - Throws: `EvolveError` when the event does not register a source.
  public static func evolve(_ fact: Fact) throws(EvolveError) -> Source {
    guard case .sourceRegistered(let content, let mark) = fact.event,
      content.slug == fact.stream.id
    else {
      throw EvolveError(position: fact.position, message: "the source was never registered")
    }
    return Source(
      content: content, registered: fact.stamp, lastPosition: fact.position,
      version: fact.streamVersion, mark: mark)
  }

  /// Applies the next event of the source's stream. What the source is (its registration, copies and derivations) is
  /// record-keeping and always heard; what analysts say of it is not when they are left out.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    version = fact.streamVersion
    lastPosition = fact.position
    do {
      switch fact.event {
      case .sourceAmended(let revision):
        content = try content.applying(revision.changes)
        hasDiverged = revision.mark == nil
        mark = revision.mark ?? mark
      case .copyRegistered(let copy, let mark):
        copies.append(Recorded(content: copy, grounds: nil, mark: mark, recorded: fact.stamp))
      case .sourceDerived(let derivation, let mark):
        derivations.append(
          Recorded(content: derivation, grounds: nil, mark: mark, recorded: fact.stamp))
      case .sourceGraded(let grade, let grounds):
        guard voices.includesAnalysts else { return }
        self.grade = Recorded(content: grade, grounds: grounds, mark: nil, recorded: fact.stamp)
      case .annotationAdded(let number, let content, let mark):
        annotations.reserve(number)
        guard voices.includesAnalysts else { return }
        annotations.add(number, content, mark, fact.stamp)
      case .annotationRevised(let number, let revision):
        guard voices.includesAnalysts else { return }
        try require(annotations.revise(number, revision, fact.stamp))
      case .annotationWithdrawn(let number, _):
        guard voices.includesAnalysts else { return }
        try require(annotations.withdraw(number, fact.stamp))
      default:
        throw JSONError("\(fact.event.type.rawValue) does not belong on a source")
      }
    } catch {
      throw EvolveError(position: fact.position, message: "\(error)")
    }
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

func require(_ isThere: Bool) throws(JSONError) {
  guard isThere else { throw JSONError("it speaks of something that was never recorded") }
}
