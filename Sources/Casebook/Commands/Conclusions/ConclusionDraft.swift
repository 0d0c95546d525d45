import StrictJSON

/// A conclusion as it is typed in. Nothing in it is checked until it is read against the casebook.
public struct ConclusionDraft: Hashable, Sendable {
  /// The predicate, the state, the value or that it was not this, and the qualifiers; nothing else of it counts.
  public var adopted: ClaimDraft
  /// The claims that it rests on.
  public var grounds: [ItemReference]
  /// Why they lead to it.
  public var basis: String?
  /// How likely it is.
  public var likelihood: Likelihood?
  /// How sound its basis is.
  public var confidence: Confidence?

  /// A draft that adopts what `adopted` says, from the claims `grounds`.
  public init(
    _ adopted: ClaimDraft, on grounds: [ItemReference], basis: String?,
    likelihood: Likelihood? = nil, confidence: Confidence? = nil
  ) {
    self.adopted = adopted
    self.grounds = grounds
    self.basis = basis
    self.likelihood = likelihood
    self.confidence = confidence
  }

  /// The draft that would give this content.
  public init(_ content: ConclusionContent) {
    var adopted = ClaimDraft(
      predicate: content.predicate, value: content.assertion.value?.display)
    adopted.state = content.assertion.state
    adopted.isNegative = content.isNegative
    adopted.qualifiers = content.qualifiers.mapValues(\.display)
    self.init(
      adopted, on: content.grounds, basis: content.basis, likelihood: content.likelihood,
      confidence: content.confidence)
  }

  var json: JSON {
    .members(
      ("adopted", adopted.json), ("on", .array(grounds.map(JSON.reference))),
      ("basis", .text(basis)), ("likelihood", .text(likelihood?.rawValue)),
      ("confidence", .text(confidence?.rawValue)))
  }

  /// Reads the draft of a conclusion on the case `home`.
  ///
  /// - Throws: `Refusal` naming what is wrong.
  func content(on home: Slug, in state: CasebookState) throws(Refusal) -> ConclusionContent {
    let predicate = try state.predicate(adopted.predicate)
    try adopted.checkPolarity()
    guard !grounds.isEmpty else {
      throw Refusal(
        .missingGrounds, "a conclusion rests on claims, and none is named",
        remedy: "Name at least one, with --on \(home)/c1.")
    }
    var named: [ItemReference] = []
    for ground in grounds where !named.contains(ground) {
      try state.caseFile(ground.home).claim(ground).refuseIfWithdrawn(ground)
      named.append(ground)
    }
    return ConclusionContent(
      predicate: predicate.id, assertion: try adopted.assertion(of: predicate, in: state),
      isNegative: adopted.isNegative, qualifiers: try adopted.qualifiers(of: predicate, in: state),
      grounds: named,
      basis: try Text.required(
        basis, "basis", rule: .missingReason,
        remedy: "Say why these claims lead to it, with -m BASIS."),
      likelihood: likelihood, confidence: confidence)
  }
}
