extension Condition {
  /// Makes sense of a written condition by the vocabulary.
  init(_ written: WrittenCondition, in state: CasebookState) throws(Refusal) {
    let name = written.predicate
    let predicate = try Self.at(name) { () throws(Refusal) in try state.predicate(name.text) }
    let reading = ValueReading(
      type: predicate.type, terms: predicate.terms.map(\.id), subject: predicate.id)
    var values: [Value] = []
    for token in written.values {
      values.append(
        try Self.at(token) { () throws(Refusal) in try reading.read(token.text, in: state) })
    }
    self.predicate = predicate
    qualifiers = try Self.qualifiers(written, of: predicate, in: state)
    text = written.text
    switch written.test {
    case .isKnown: test = .isKnown
    case .isNone: test = .isNone
    case .isOneOf: test = .isOne(of: values)
    case .compares(let comparison):
      guard !comparison.isOrdering || predicate.type == .date || predicate.type == .number else {
        throw .criterion(
          "\(predicate.id) has values of type \(predicate.type.rawValue), none of which comes before "
            + "another", at: written.sign.start,
          "Only dates and numbers take \(comparison.rawValue).")
      }
      test = .compares(comparison, values[0])
    }
  }

  private static func qualifiers(
    _ written: WrittenCondition, of predicate: Predicate, in state: CasebookState
  ) throws(Refusal) -> [(String, Value)] {
    var qualifiers: [(id: String, value: Value)] = []
    for (id, value) in written.qualifiers {
      guard let declared = predicate.qualifiers.first(where: { $0.id == id.text }) else {
        let known = predicate.qualifiers.map(\.id)
        throw .criterion(
          "\(predicate.id) has no qualifier \"\(id.text)\"", at: id.start,
          closestName(to: id.text, among: known).map { "Did you mean \"\($0)\"?" }
            ?? (known.isEmpty ? "It has none." : "It has: \(known.joined(separator: ", ")).")
        )
      }
      guard !qualifiers.contains(where: { $0.id == id.text }) else {
        throw .criterion("the qualifier \(id.text) is given twice", at: id.start, "Give it once.")
      }
      let reading = ValueReading(
        type: declared.type, terms: declared.terms, subject: "\(predicate.id), \(declared.id)")
      qualifiers.append(
        (id.text, try at(value) { () throws(Refusal) in try reading.read(value.text, in: state) }))
    }
    return qualifiers
  }

  /// A refusal of what a token says, with its place.
  private static func at<Result>(
    _ token: CriterionToken, _ body: () throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    do throws(Refusal) { return try body() } catch {
      throw .criterion(error.message, at: token.start, error.remedy ?? "Check it.")
    }
  }
}
