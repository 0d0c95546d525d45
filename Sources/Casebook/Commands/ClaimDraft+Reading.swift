import EDTF

extension ClaimDraft {
  /// Reads the draft against the casebook's vocabulary, sources and cases, but for the parts that a correction keeps.
  ///
  /// - Throws: `Refusal` naming the field, with the nearest valid form where there is one.
  func content(
    in state: CasebookState, keeping old: UneditedParts? = nil
  ) throws(Refusal) -> ClaimContent {
    let predicate = try state.predicate(predicate)
    let sourceText = try Text.required(
      source, "source", rule: .missingSource, remedy: "Give it with -s SOURCE.")
    let source = try state.source(try Slug(sourceText)).slug
    let locator = try Text.required(
      locator, "locator", rule: .missingLocator,
      remedy: "Say where in the source, with -l 'p. 41'.")
    try checkPolarity()
    return ClaimContent(
      predicate: predicate.id,
      assertion: try assertion(of: predicate, in: state, keeping: old),
      isNegative: isNegative,
      hedge: try Text.optional(hedge, "hedge"),
      asWritten: try Text.optional(asWritten, "wording"),
      attribution: Attribution(stance: stance, saidBy: try credit(in: state, keeping: old)),
      qualifiers: try qualifiers(of: predicate, in: state, keeping: old),
      source: source,
      locator: locator,
      quote: try Text.optional(quote, "quote"))
  }

  func checkPolarity() throws(Refusal) {
    guard !isNegative || state == .value else {
      throw Refusal(
        .badValue, "\(predicate): only a value can be denied, not the state \(state.rawValue)",
        remedy: "Give the value that it was not, or leave the polarity positive.")
    }
  }

  func assertion(
    of predicate: Predicate, in state: CasebookState, keeping old: UneditedParts? = nil
  ) throws(Refusal) -> Assertion {
    switch self.state {
    case .value:
      if let kept = try old?.value(for: predicate) { return .value(kept) }
      let text = try Text.required(
        value, "value of \(predicate.id)", rule: .missingValue,
        remedy: "Give it, or say --unknown, --none or --some.")
      let reading = ValueReading(
        type: predicate.type, terms: predicate.terms.map(\.id), subject: predicate.id)
      return .value(try reading.read(text, in: state))
    case .someValue, .noValue, .unknown:
      guard value == nil else {
        throw Refusal(
          .badValue, "\(predicate.id) has both a value and the state \(self.state.rawValue)",
          remedy: "Give one of them.")
      }
      return
        switch self.state
      {
      case .someValue: .someValue
      case .noValue: .noValue
      default: .unknown
      }
    }
  }

  func qualifiers(
    of predicate: Predicate, in state: CasebookState, keeping old: UneditedParts? = nil
  ) throws(Refusal) -> [String: Value] {
    var values: [String: Value] = [:]
    for (id, text) in qualifiers.sorted(by: { $0.key < $1.key }) {
      if let kept = try old?.qualifier(id, of: predicate) {
        values[id] = kept
        continue
      }
      guard let declared = predicate.qualifiers.first(where: { $0.id == id }) else {
        let known = predicate.qualifiers.map(\.id)
        let remedy =
          closestName(to: id, among: known).map { "Did you mean \"\($0)\"?" }
          ?? (known.isEmpty ? "It takes none." : "It takes \(known.joined(separator: ", ")).")
        throw Refusal(
          .badQualifier, "\(predicate.id) has no qualifier \"\(id)\"", remedy: remedy)
      }
      let reading = ValueReading(
        type: declared.type, terms: declared.terms, subject: "\(predicate.id), \(id)")
      let text = try Text.required(
        text, "value of \(predicate.id), \(id)", rule: .missingValue,
        remedy: "Write --with \(id)=VALUE, or leave it out.")
      values[id] = try reading.read(text, in: state)
    }
    return values
  }

  private func credit(
    in state: CasebookState, keeping old: UneditedParts?
  ) throws(Refusal) -> Credit? {
    guard let words = try Text.optional(saidBy, "credit") else { return nil }
    guard stance != .asserts else {
      throw Refusal(
        .badField, "a claim that the source asserts itself credits nobody",
        remedy: "Say --reports, --doubts or --denies \"\(words)\".")
    }
    if let kept = old?.credit { return kept }
    if let slug = try? Slug(words) {
      if state.cases[slug] != nil { return .caseFile(slug) }
      if state.sources[slug] != nil { return .source(slug) }
    }
    return .words(words)
  }
}
