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
    return Case(
      heard, mark: voices.includesAnalysts ? mark : nil, stamp: fact.stamp(hearing: voices),
      version: fact.streamVersion)
  }

  /// Applies the next event of the case's stream. What is not heard is passed over; an event that speaks of something
  /// not heard is passed over too.
  ///
  /// - Throws: `EvolveError` when the event contradicts those before it.
  public mutating func evolve(_ fact: Fact, hearing voices: Voices) throws(EvolveError) {
    if hears(fact, voices) {
      do {
        if try apply(fact, fact.stamp(hearing: voices), voices) {
          lastPosition = fact.position
        } else {
          try require(voices.isNarrowed)
        }
      } catch {
        throw EvolveError(position: fact.position, message: "\(error)")
      }
    }
    version = fact.streamVersion
  }

  private func hears(_ fact: Fact, _ voices: Voices) -> Bool {
    guard let voice = fact.voice else { return voices.includesAnalysts }
    return voices.includes(voice)
  }

  /// Applies the event; false when what it speaks of is not there.
  private mutating func apply(
    _ fact: Fact, _ stamp: Stamp, _ voices: Voices
  ) throws -> Bool {
    let heard = { (reason: String?) in voices.includesAnalysts ? reason : nil }
    switch fact.event {
    case .caseRenamed(let name, _, let mark):
      self.name = name
      noteImport(mark)
    case .caseClosed: isClosed = true
    case .caseReopened: isClosed = false
    case .identityJudged(let content, let mark):
      identities[content.other] = Recorded(
        content: content, grounds: nil, mark: mark, recorded: stamp)

    case .claimRecorded(let number, let content, let mark):
      try Self.requireVoice(content.source, fact)
      try claimNumbers.take(number, version: fact.streamVersion)
      claims[number] = Claim(
        number: number, content: content, recorded: stamp, changed: stamp, mark: mark)
      claimsByContent?.add(number, saying: content)
    case .claimCorrected(let number, let revision):
      let before = claims[number]?.content
      let isThere = try change(&claims, number) { claim in
        try Self.requireVoice(claim.content.source, fact)
        claim.content = try claim.content.applying(revision.changes)
        try Self.requireVoice(claim.content.source, fact)
        claim.revision += 1
        claim.changed = stamp
        claim.reason = heard(revision.reason)
        claim.correction = revision.kind
        claim.mark = revision.mark ?? claim.mark
        claim.hasDiverged = revision.mark == nil
      }
      if let before, let after = claims[number]?.content {
        claimsByContent?.change(number, from: before, to: after)
      }
      return isThere
    case .claimWithdrawn(let number, let reason):
      return try change(&claims, number) { claim in
        try Self.requireVoice(claim.content.source, fact)
        claim.status = .withdrawn
        claim.changed = stamp
        claim.reason = heard(reason)
        claim.correction = nil
      }
    case .claimReinstated(let number, let reason):
      return try change(&claims, number) { claim in
        try Self.requireVoice(claim.content.source, fact)
        claim.status = .current
        claim.changed = stamp
        claim.reason = heard(reason)
        claim.correction = nil
      }
    case .claimDisputed(let number, let content, let mark):
      try disputeNumbers.take(number, version: fact.streamVersion)
      guard claims[content.claim] != nil else { return false }
      var heard = content
      if !hears(content.counter, voices) { heard.counter = nil }
      disputes[number] = Dispute(number: number, content: heard, recorded: stamp, mark: mark)
      disputesOfClaim.add(number, to: content.claim)
    case .disputeResolved(let number, let resolution):
      return change(&disputes, number) { dispute in
        dispute.resolution = resolution
        dispute.resolved = stamp
      }

    case .conclusionDrawn(let number, let content, let mark):
      try conclusionNumbers.take(number, version: fact.streamVersion)
      guard hearsAll(content.grounds, voices) else { return false }
      conclusions[number] = Conclusion(
        number: number, content: content, recorded: stamp, changed: stamp, mark: mark)
    case .conclusionRevised(let number, let revision):
      guard var revised = conclusions[number] else { return false }
      revised.content = try revised.content.applying(revision.changes)
      revised.revision += 1
      revised.changed = stamp
      revised.mark = revision.mark ?? revised.mark
      revised.hasDiverged = revision.mark == nil
      guard hearsAll(revised.content.grounds, voices) else {
        try require(voices.isNarrowed)
        // It now rests on what is not heard, so nothing of it is.
        conclusions[number] = nil
        return false
      }
      conclusions[number] = revised
    case .conclusionWithdrawn(let number, _):
      return change(&conclusions, number) { conclusion in
        conclusion.isWithdrawn = true
        conclusion.changed = stamp
      }

    case .citationAdded(let number, let content, let mark):
      try citationNumbers.take(number, version: fact.streamVersion)
      guard has(content.target) else { return false }
      try Self.requireVoice(voice(of: content.target), fact)
      citations[number] = Citation(
        number: number, content: content, voice: fact.voice, recorded: stamp, changed: stamp,
        mark: mark)
      citationsOfTarget.add(number, to: content.target)
    case .citationCorrected(let number, let revision):
      let voice = voice(of:)
      let before = citations[number]?.content.target
      let isThere = try change(&citations, number) { citation in
        try Self.requireVoice(citation.voice, fact)
        citation.content = try citation.content.applying(revision.changes)
        try Self.requireVoice(voice(citation.content.target), fact)
        citation.revision += 1
        citation.changed = stamp
        citation.mark = revision.mark ?? citation.mark
        citation.hasDiverged = revision.mark == nil
      }
      if let before, let after = citations[number]?.content.target {
        citationsOfTarget.move(number, from: before, to: after)
      }
      return isThere
    case .citationWithdrawn(let number, _):
      return try change(&citations, number) { citation in
        try Self.requireVoice(citation.voice, fact)
        citation.isWithdrawn = true
        citation.changed = stamp
      }

    case .annotationAdded(let number, let content, let mark):
      try annotations.take(number, version: fact.streamVersion)
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

  /// Whether the claim held against another may be named. Whose a claim of another case is cannot be known here, so it
  /// is named only when every source is heard.
  private func hears(_ counter: ItemReference?, _ voices: Voices) -> Bool {
    guard let counter, voices.sources != nil else { return true }
    return counter.home == slug && claims[counter.number] != nil
  }

  /// Whether all claims that a conclusion rests on are heard. Those of other cases are taken for heard when every source
  /// is.
  private func hearsAll(_ grounds: [ItemReference], _ voices: Voices) -> Bool {
    grounds.allSatisfy { ground in
      ground.home == slug ? claims[ground.number] != nil : voices.sources == nil
    }
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

  /// The source whose claim it is; nil for an annotation.
  private func voice(of target: CitationTarget) -> Slug? {
    guard case .claim(let number) = target else { return nil }
    return claims[number]?.content.source
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
    case .conclusion: conclusions[item.number] != nil
    }
  }

  private static func requireVoice(_ owner: Slug?, _ fact: Fact) throws(JSONError) {
    guard owner == fact.voice else {
      throw JSONError(
        "what \(owner?.text ?? "an analyst") says cannot be recorded or changed in the voice of "
          + (fact.voice?.text ?? "an analyst"))
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
    case .claim: claimNumbers.reserve(number, version: version)
    case .citation: citationNumbers.reserve(number, version: version)
    case .dispute: disputeNumbers.reserve(number, version: version)
    case .annotation: annotations.reserve(number, version: version)
    case .conclusion: conclusionNumbers.reserve(number, version: version)
    }
  }
}
