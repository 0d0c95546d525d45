import Casebook
import EDTF

extension Provenance {
  /// What an event is about, as it leaves it.
  struct Thing {
    /// What an event does to a thing.
    enum Change {
      case made, withdrawn, spokenOf
    }

    /// That one thing derives from another, or is held to be one with it.
    struct Tie {
      let from: String
      let to: String
      var type: String?
      var isAlternate = false
    }

    let name: String
    let type: String
    let change: Change
    var label = ""
    /// What is known of it, by the names of fields.
    var says: [(String, String)] = []
    var reason: String?
    /// The thing without which it is nothing: the claim that cites or is disputed.
    var owner: String?
    /// What ties it to other things, in place of what did before; nil when the event does not touch that.
    var others: [Tie]?
  }

  /// What the event is about; nil for what has no history of its own.
  func thing(of fact: Fact, in state: CasebookState) -> Thing? {
    let name = fact.reference.description
    let change = fact.event.change
    switch fact.stream.kind {
    case .source:
      if let source = state.sources[fact.stream.id] { return thing(name, change, fact, source) }
    case .caseFile:
      if let file = state.cases[fact.stream.id] { return thing(name, change, fact, file) }
    case .casebook:
      if let register = state.register { return thing(name, change, fact, register) }
    }
    return nil
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ fact: Fact, _ source: Source
  ) -> Thing? {
    if case .item(let item) = fact.reference {
      return thing(name, change, source.annotations[item.number])
    }
    var thing = Thing(name: name, type: "Source", change: change, label: source.content.title)
    thing.says = fields(
      ("title", source.content.title), ("issued", source.content.issued?.text),
      ("issuedTo", source.content.issuedTo),
      ("grade", change == .spokenOf ? nil : source.grade?.content.rawValue))
    thing.others = source.derivations.map { .init(from: name, to: $0.content.from.text) }
    return thing
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ fact: Fact, _ register: Register
  ) -> Thing? {
    switch fact.reference {
    case .item(let item): return thing(name, change, register.annotations[item.number])
    case .tabulation(let id):
      guard let content = register.tabulation(id)?.content else { return nil }
      var thing = Thing(name: name, type: "Tabulation", change: change, label: content.statement)
      thing.says = fields(
        ("locator", content.locator), ("quote", content.quote),
        ("count", content.count.map { "\($0)" }), ("bound", content.bound.rawValue),
        ("criterion", content.criterion))
      thing.others = [.init(from: name, to: content.source.text, type: "PrimarySource")]
      return thing
    case .file, .event: return nil
    }
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ fact: Fact, _ file: Case
  ) -> Thing? {
    guard case .item(let item) = fact.reference else {
      var thing = Thing(
        name: name, type: "Case", change: change, label: file.name ?? file.slug.text)
      thing.says = fields(("kind", file.kind.rawValue))
      thing.others = file.sortedIdentities.filter { $0.content.judgement == .same }
        .map { .init(from: name, to: $0.content.other.text, isAlternate: true) }
      return thing
    }
    switch item.kind {
    case .claim: return file.claims[item.number].map { thing(name, change, $0, of: file) }
    case .citation: return file.citations[item.number].map { thing(name, change, $0, of: file) }
    case .annotation: return thing(name, change, file.annotations[item.number])
    case .conclusion:
      return file.conclusions[item.number].map { thing(name, change, $0, of: file) }
    case .dispute:
      guard let dispute = file.disputes[item.number] else { return nil }
      var thing = Thing(
        name: name, type: "Dispute", change: change, label: dispute.content.grounds,
        reason: dispute.resolution)
      let claim = "\(file.slug)/c\(dispute.content.claim)"
      thing.owner = claim
      thing.others = ([claim] + [dispute.content.counter?.description].compactMap { $0 })
        .map { .init(from: name, to: $0) }
      return thing
    }
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ claim: Claim, of file: Case
  ) -> Thing {
    let content = claim.content
    var thing = Thing(
      name: name, type: "Claim", change: change, label: "\(content.predicate): \(content.words)")
    thing.says =
      fields(
        ("case", file.slug.text), ("predicate", content.predicate),
        ("state", content.assertion.state.rawValue), ("value", content.assertion.value?.display),
        ("polarity", content.isNegative ? "negative" : "positive"), ("hedge", content.hedge),
        ("asWritten", content.asWritten), ("stance", content.attribution.stance.rawValue),
        ("saidBy", content.attribution.saidBy?.display), ("locator", content.locator),
        ("quote", content.quote))
      + content.sortedQualifiers.map { ("qualifier.\($0.id)", $0.value.display) }
    thing.reason = claim.reason
    thing.others = [.init(from: name, to: content.source.text, type: "PrimarySource")]
    return thing
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ citation: Citation, of file: Case
  ) -> Thing {
    let content = citation.content
    var thing = Thing(
      name: name, type: "Citation", change: change,
      label: [content.work.text, content.locator].compactMap { $0 }.joined(separator: ", "))
    thing.says = fields(
      ("as", content.role.rawValue), ("locator", content.locator), ("note", content.note))
    let citing = "\(file.slug)/\(content.target.local)"
    thing.owner = citing
    thing.others = [.init(from: name, to: content.work.text)]
    // To point at a work is not to derive from it.
    if content.role != .see {
      thing.others?.append(
        .init(
          from: citing, to: content.work.text, type: content.role == .quotes ? "Quotation" : nil))
    }
    return thing
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ conclusion: Conclusion, of file: Case
  ) -> Thing {
    let content = conclusion.content
    let value = (content.isNegative ? "not " : "") + content.assertion.display
    var thing = Thing(
      name: name, type: "Conclusion", change: change, label: "\(content.predicate): \(value)")
    thing.says =
      fields(
        ("case", file.slug.text), ("predicate", content.predicate),
        ("state", content.assertion.state.rawValue), ("value", content.assertion.value?.display),
        ("polarity", content.isNegative ? "negative" : "positive"), ("basis", content.basis),
        ("likelihood", content.likelihood?.rawValue), ("confidence", content.confidence?.rawValue))
      + content.sortedQualifiers.map { ("qualifier.\($0.id)", $0.value.display) }
    thing.others = content.grounds.map { .init(from: name, to: $0.description) }
    return thing
  }

  private func thing(
    _ name: String, _ change: Thing.Change, _ annotation: Annotation?
  ) -> Thing? {
    guard let content = annotation?.content else { return nil }
    var thing = Thing(name: name, type: "Annotation", change: change, label: content.text)
    thing.says = fields(
      ("motivation", content.motivation?.rawValue),
      ("tags", content.tags.isEmpty ? nil : content.tags.joined(separator: ", ")))
    if case .event = content.target { return thing }
    thing.others = [.init(from: name, to: content.target.description)]
    return thing
  }

  private func fields(_ fields: (String, String?)...) -> [(String, String)] {
    fields.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension Event {
  /// What it does to the thing it is about.
  fileprivate var change: Provenance.Thing.Change {
    switch self {
    case .claimWithdrawn, .citationWithdrawn, .annotationWithdrawn, .conclusionWithdrawn,
      .tabulationWithdrawn:
      .withdrawn
    case .copyRegistered, .sourceDerived, .sourceGraded, .caseClosed, .caseReopened,
      .identityJudged, .disputeResolved, .eventVoided, .accessGranted, .accessRevoked:
      .spokenOf
    default: .made
    }
  }
}
