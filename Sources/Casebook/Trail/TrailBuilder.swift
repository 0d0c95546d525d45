import StrictJSON

/// Tells the events of a casebook as steps of its history: it folds as it goes and compares what each event found with
/// what it left.
public struct TrailBuilder {
  private var state: CasebookState

  /// Begins before the first event. `voided` names the events that the prefix sets aside.
  public init(voided: Set<Int64>) {
    state = CasebookState(voided: voided)
  }

  /// Passes over an event that is set aside and cannot be read. `reference` is the local reference it gave out, if that
  /// much can be read.
  public mutating func skip(_ stream: StreamAddress, version: Int64, reference: String?) {
    state.skip(stream, version: version, reference: reference)
  }

  /// The step that `fact` is. Facts come in the order of each stream, from its first one.
  ///
  /// - Throws: `EvolveError` when the event cannot be applied.
  public mutating func step(_ fact: Fact) throws(EvolveError) -> TrailEntry {
    let isVoided = state.voided.contains(fact.position)
    let before = state.part(of: fact)
    if isVoided {
      state.skip(fact.stream, version: fact.streamVersion, reference: fact.localReference)
    } else {
      try state.evolve(fact)
    }
    return TrailEntry(fact, before: before, after: state, isVoided: isVoided)
  }
}

extension TrailEntry {
  /// The step that `fact` is, between the state it found and the one it left.
  public init(_ fact: Fact, before: CasebookState, after: CasebookState, isVoided: Bool) {
    let story = Story(fact, before: before, after: after)
    self.init(
      stamp: fact.stamp, stream: fact.stream, voice: fact.voice,
      action: fact.event.type.rawValue, reference: story.reference,
      predicate: story.predicate, before: story.before, after: story.after,
      locator: story.locator, reason: story.reason, correction: story.correction,
      claim: story.claim, isVoided: isVoided)
  }
}

extension Fact {
  /// The reference within the stream that the event gives out or speaks of: `c12`.
  public var localReference: String? {
    switch event {
    case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
      .claimWithdrawn(let number, _), .claimReinstated(let number, _):
      "c\(number)"
    case .claimDisputed(let number, _, _), .disputeResolved(let number, _): "d\(number)"
    case .conclusionDrawn(let number, _, _), .conclusionRevised(let number, _),
      .conclusionWithdrawn(let number, _):
      "k\(number)"
    case .citationAdded(let number, _, _), .citationCorrected(let number, _),
      .citationWithdrawn(let number, _):
      "n\(number)"
    case .annotationAdded(let number, _, _), .annotationRevised(let number, _),
      .annotationWithdrawn(let number, _):
      "a\(number)"
    default: nil
    }
  }

  /// What the event is about.
  public var reference: Reference {
    switch event {
    case .tabulationStated(let content, _): return .tabulation(content.id)
    case .tabulationCorrected(let id, _), .tabulationWithdrawn(let id, _): return .tabulation(id)
    case .eventVoided(let position, _): return .event(position)
    default:
      let home = stream.kind == .casebook ? Slug.casebook : stream.id
      guard let local = localReference, let (kind, number) = ItemReference.parseLocal(local) else {
        return .file(stream.id)
      }
      return .item(ItemReference(home, kind, number))
    }
  }
}
