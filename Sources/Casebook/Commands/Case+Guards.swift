/// Guards that several commands share.
extension CasebookState {
  /// The case, when it can be written to.
  func openCase(_ slug: Slug) throws(Refusal) -> Case {
    let file = try caseFile(slug)
    guard !file.isClosed else {
      throw Refusal(
        .caseClosed, "the case \(slug) is closed",
        remedy: "Reopen it with: dossier case reopen \(slug) -m REASON")
    }
    return file
  }
}

extension Case {
  /// The claim, withdrawn or not.
  public func claim(_ reference: ItemReference) throws(Refusal) -> Claim {
    guard reference.kind == .claim, let claim = claims[reference.number] else {
      throw Refusal(
        .unknownClaim, "there is no claim \(reference)",
        remedy: hint(claims.keys, .claim, shownBy: "dossier claim list --case \(slug)"))
    }
    return claim
  }

  func citation(_ reference: ItemReference) throws(Refusal) -> Citation {
    guard reference.kind == .citation, let citation = citations[reference.number] else {
      throw Refusal(
        .unknownCitation, "there is no citation \(reference)",
        remedy: hint(citations.keys, .citation, shownBy: "dossier citation list --case \(slug)"))
    }
    return citation
  }

  func dispute(_ reference: ItemReference) throws(Refusal) -> Dispute {
    if reference.kind == .claim, claims[reference.number] != nil {
      let open = openDisputes(of: reference.number).map {
        ItemReference(slug, .dispute, $0.number).description
      }
      throw Refusal(
        .unknownDispute, "\(reference) is a claim, not a dispute",
        remedy: open.isEmpty
          ? "It has no open dispute." : "Name its open dispute: \(open.joined(separator: ", ")).")
    }
    guard reference.kind == .dispute, let dispute = disputes[reference.number] else {
      throw Refusal(
        .unknownDispute, "there is no dispute \(reference)",
        remedy: hint(disputes.keys, .dispute, shownBy: "dossier case show \(slug)"))
    }
    return dispute
  }

  /// The conclusion, withdrawn or not.
  public func conclusion(_ reference: ItemReference) throws(Refusal) -> Conclusion {
    guard reference.kind == .conclusion, let conclusion = conclusions[reference.number] else {
      throw Refusal(
        .unknownConclusion, "there is no conclusion \(reference)",
        remedy: hint(conclusions.keys, .conclusion, shownBy: "dossier case show \(slug)"))
    }
    return conclusion
  }

  /// What to look at when a number does not exist.
  func hint(
    _ numbers: some Collection<Int>, _ kind: ItemReference.Kind, shownBy command: String
  ) -> String {
    guard let last = numbers.max() else { return "It has none yet." }
    return "The last one is \(ItemReference(slug, kind, last)); see: \(command)"
  }

  /// Refuses a claim whose value is the case itself: it links nothing.
  func refuseLinkToItself(_ content: ClaimContent) throws(Refusal) {
    guard content.assertion.value == .caseFile(slug) else { return }
    throw Refusal(
      .badValue, "\(content.predicate) of \(slug) cannot be \(slug) itself",
      remedy: "Name the other case")
  }

  /// Refuses a claim that another already makes in every field; for a claim that is there, another that stands.
  func refuseSameClaim(_ content: ClaimContent, as own: Int? = nil) throws(Refusal) {
    // The first comparison is the fast one, the second tells composed from decomposed accents.
    let same = claims(saying: content).filter { claim in
      (own == nil || claim.number != own && claim.status == .current)
        && claim.content.isIdentical(to: content)
    }
    guard let first = same.min(by: { $0.number < $1.number }) else { return }
    let reference = ItemReference(slug, .claim, first.number)
    throw Refusal(
      .sameClaim,
      first.status == .current
        ? "\(reference) already says exactly that"
        : "\(reference) said exactly that and was withdrawn",
      remedy: first.status == .current
        ? "Nothing needs to be done."
        : "Let it stand again with: dossier claim reinstate \(reference) -m REASON")
  }
}

extension Claim {
  func refuseIfWithdrawn(_ reference: ItemReference) throws(Refusal) {
    guard status == .current else {
      throw Refusal(
        .claimWithdrawn, "\(reference) is withdrawn",
        remedy: "Let it stand again first: dossier claim reinstate \(reference) -m REASON")
    }
  }
}
