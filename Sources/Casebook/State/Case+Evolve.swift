import StrictJSON

extension Case {
  /// Opens a case with the first event of its stream.
  ///
  /// - Throws: `EvolveError` when the event does not open a case.
  public static func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) -> Case {
    guard case .caseOpened(let content, let mark) = fact.event, content.slug == fact.stream.id
    else {
      throw EvolveError(position: fact.position, message: "the case was never opened")
    }
    var heard = content
    if !voices.includesAnalysts { heard.name = nil }
    return Case(heard, mark: mark, stamp: fact.stamp, version: fact.streamVersion)
  }

  /// Applies the next event of the case's stream. What is not heard is passed over; an event that speaks of something
  /// not heard is passed over too.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    version = fact.streamVersion
    guard hears(fact, voices) else { return }
    lastPosition = fact.position
    do {
      let isApplied = try apply(fact)
      guard isApplied || voices.isNarrowed else {
        throw EvolveError(
          position: fact.position, message: "it speaks of something that was never recorded")
      }
    } catch let error as EvolveError {
      throw error
    } catch {
      throw EvolveError(position: fact.position, message: "\(error)")
    }
  }

  private func hears(_ fact: Fact, _ voices: Voices) -> Bool {
    guard let voice = fact.voice else { return voices.includesAnalysts }
    return voices.includes(voice)
  }

  /// Applies the event; false when what it speaks of is not there.
  private mutating func apply(_ fact: Fact) throws -> Bool {
    let stamp = fact.stamp
    switch fact.event {
    case .caseRenamed(let name, _, let mark):
      self.name = name
      noteImport(mark)
    case .caseClosed: isClosed = true
    case .caseReopened: isClosed = false

    case .claimRecorded(let number, let content, let mark):
      guard content.source == fact.voice else {
        throw JSONError("a claim of \(content.source) in another voice", path: "source")
      }
      nextClaim = max(nextClaim, number + 1)
      claims[number] = Claim(
        number: number, content: content, recorded: stamp, changed: stamp, mark: mark)
    case .claimCorrected(let number, let revision):
      return try change(&claims, number) { claim in
        try Self.requireVoice(fact, claim)
        claim.content = try claim.content.applying(revision.changes)
        try Self.requireVoice(fact, claim)
        claim.revision += 1
        claim.changed = stamp
        claim.mark = revision.mark ?? claim.mark
        claim.hasDiverged = revision.mark == nil
      }
    case .claimWithdrawn(let number, _):
      return try change(&claims, number) { claim in
        try Self.requireVoice(fact, claim)
        claim.status = .withdrawn
        claim.changed = stamp
      }
    case .claimReinstated(let number, _):
      return try change(&claims, number) { claim in
        try Self.requireVoice(fact, claim)
        claim.status = .current
        claim.changed = stamp
      }
    case .claimDisputed(let number, let content, let mark):
      nextDispute = max(nextDispute, number + 1)
      guard claims[content.claim] != nil else { return false }
      disputes[number] = Dispute(number: number, content: content, recorded: stamp, mark: mark)
    case .disputeResolved(let number, let resolution):
      return change(&disputes, number) { dispute in
        dispute.resolution = resolution
        dispute.resolved = stamp
      }

    case .citationAdded(let number, let content, let mark):
      nextCitation = max(nextCitation, number + 1)
      guard has(content.target) else { return false }
      citations[number] = Citation(
        number: number, content: content, voice: fact.voice, recorded: stamp, changed: stamp,
        mark: mark)
    case .citationCorrected(let number, let revision):
      return try change(&citations, number) { citation in
        citation.content = try citation.content.applying(revision.changes)
        citation.revision += 1
        citation.changed = stamp
        citation.mark = revision.mark ?? citation.mark
        citation.hasDiverged = revision.mark == nil
      }
    case .citationWithdrawn(let number, _):
      return change(&citations, number) { citation in
        citation.isWithdrawn = true
        citation.changed = stamp
      }

    case .annotationAdded(let number, let content, let mark):
      annotations.reserve(number)
      guard has(content.target) else { return false }
      annotations.add(number, content, mark, stamp)
    case .annotationRevised(let number, let revision):
      return try annotations.revise(number, revision, stamp)
    case .annotationWithdrawn(let number, _):
      return annotations.withdraw(number, stamp)

    default:
      throw JSONError("\(fact.event.type.rawValue) does not belong on a case")
    }
    return true
  }

  private mutating func noteImport(_ mark: ImportMark?) {
    hasDiverged = mark == nil
    self.mark = mark ?? self.mark
  }

  private func has(_ target: CitationTarget) -> Bool {
    switch target {
    case .claim(let number): claims[number] != nil
    case .annotation(let number): annotations[number] != nil
    }
  }

  /// Whether what an annotation speaks of is there: the case itself or something numbered in it.
  func has(_ target: Reference) -> Bool {
    guard target.home == slug else { return false }
    guard case .item(let item) = target else { return true }
    return switch item.kind {
    case .claim: claims[item.number] != nil
    case .citation: citations[item.number] != nil
    case .annotation: annotations[item.number] != nil
    case .dispute: disputes[item.number] != nil
    case .conclusion: false
    }
  }

  private static func requireVoice(_ fact: Fact, _ claim: Claim) throws(JSONError) {
    guard claim.content.source == fact.voice else {
      throw JSONError("a claim of \(claim.content.source) cannot change in another voice")
    }
  }

  private func change<Item>(
    _ items: inout [Int: Item], _ number: Int, _ body: (inout Item) throws -> Void
  ) rethrows -> Bool {
    guard var item = items[number] else { return false }
    try body(&item)
    items[number] = item
    return true
  }

  /// Passes over a voided event: its numbers are not given again.
  public mutating func skip(_ reference: String?, version: Int64) {
    self.version = version
    guard let reference, let (kind, number) = ItemReference.parseLocal(reference) else { return }
    switch kind {
    case .claim: nextClaim = max(nextClaim, number + 1)
    case .citation: nextCitation = max(nextCitation, number + 1)
    case .dispute: nextDispute = max(nextDispute, number + 1)
    case .annotation: annotations.reserve(number)
    case .conclusion: break
    }
  }
}
