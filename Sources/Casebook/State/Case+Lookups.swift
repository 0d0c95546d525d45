/// The numbers of things that hang on another, in the order of recording, by what they hang on.
struct Hanging<Key: Hashable & Sendable>: Hashable, Sendable {
  private var numbers: [Key: [Int]] = [:]

  subscript(key: Key) -> [Int] { numbers[key] ?? [] }

  mutating func add(_ number: Int, to key: Key) { numbers[key, default: []].append(number) }

  mutating func move(_ number: Int, from old: Key, to new: Key) {
    guard old != new else { return }
    numbers[old]?.removeAll { $0 == number }
    numbers[new, default: []].append(number)
    numbers[new]?.sort()
  }
}

/// Finds claims by what they say.
struct ClaimsByContent: Hashable, Sendable {
  /// Their numbers by the hash of their content: to keep the content would double a case.
  private var numbers: [Int: [Int]] = [:]

  init(_ claims: some Collection<Claim>) {
    for claim in claims { add(claim.number, saying: claim.content) }
  }

  /// The numbers of claims that may say this.
  subscript(content: ClaimContent) -> [Int] { numbers[content.hashValue] ?? [] }

  mutating func add(_ number: Int, saying content: ClaimContent) {
    numbers[content.hashValue, default: []].append(number)
  }

  mutating func change(_ number: Int, from old: ClaimContent, to new: ClaimContent) {
    numbers[old.hashValue]?.removeAll { $0 == number }
    add(number, saying: new)
  }
}

extension Case {
  /// The disputes of a claim, resolved ones included, in the order of recording.
  public func disputes(of claim: Int) -> [Dispute] {
    disputesOfClaim[claim].compactMap { disputes[$0] }
  }

  /// The disputes of a claim that still stand.
  public func openDisputes(of claim: Int) -> [Dispute] { disputes(of: claim).filter(\.isOpen) }

  /// The citations of a claim or an annotation that stand.
  public func citations(of target: CitationTarget) -> [Citation] {
    citationsOfTarget[target].compactMap { citations[$0] }.filter { !$0.isWithdrawn }
  }

  /// The claims that say exactly this, withdrawn ones included.
  func claims(saying content: ClaimContent) -> [Claim] {
    guard let claimsByContent else { return claims.values.filter { $0.content == content } }
    return claimsByContent[content].compactMap { claims[$0] }.filter { $0.content == content }
  }

  /// Makes looking for claims by their content fast, and keeps it so.
  mutating func indexClaims() {
    if claimsByContent == nil { claimsByContent = ClaimsByContent(claims.values) }
  }

  /// The case with nothing in it but what an event speaks of: enough to tell how that was, without a copy of all else.
  func part(of fact: Fact) -> Case {
    var part = Case(
      CaseContent(slug: slug, kind: kind, name: name), mark: mark, stamp: opened, version: version)
    if case .identityJudged(let content, _) = fact.event {
      part.identities[content.other] = identities[content.other]
    }
    guard case .item(let item) = fact.reference else { return part }
    let number = item.number
    switch item.kind {
    case .claim: part.claims[number] = claims[number]
    case .citation: part.citations[number] = citations[number]
    case .dispute: part.disputes[number] = disputes[number]
    case .conclusion: part.conclusions[number] = conclusions[number]
    case .annotation: part.annotations = annotations.part(number)
    }
    return part
  }
}
