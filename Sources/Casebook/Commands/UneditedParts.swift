/// What a correction leaves alone in a claim. It was checked when it was recorded and is kept as it is, not read again:
/// the cases it points to may not be loaded, and the vocabulary may have changed since.
struct UneditedParts {
  /// The claim before the correction.
  let content: ClaimContent
  /// The correction.
  let edit: ClaimEdit

  /// The value, if it stays and fits the predicate; nil when it has to be read.
  ///
  /// - Throws: `Refusal` when it stays but has to name a case, which only a new value can.
  func value(for predicate: Predicate) throws(Refusal) -> Value? {
    guard !edit.fields.keys.contains(.value), let value = content.assertion.value else {
      return nil
    }
    return try kept(
      value, predicate, type: predicate.type, terms: predicate.terms.map(\.id),
      remedy: "Give the case as the new value.")
  }

  /// The same of a qualifier.
  func qualifier(_ id: String, of predicate: Predicate) throws(Refusal) -> Value? {
    guard !edit.qualifiers.keys.contains(id), let value = content.qualifiers[id] else { return nil }
    let declared = predicate.qualifiers.first { $0.id == id }
    return try kept(
      value, predicate, type: declared?.type, terms: declared?.terms ?? [],
      remedy: "Give the case as the new value of \(id).")
  }

  /// Whom the source credits, if that stays.
  var credit: Credit? {
    edit.fields.keys.contains(.saidBy) ? nil : content.attribution.saidBy
  }

  private func kept(
    _ value: Value, _ predicate: Predicate, type: ValueType?, terms: [String], remedy: String
  ) throws(Refusal) -> Value? {
    if predicate.id == content.predicate { return value }
    if value.type == type, type != .term || terms.isEmpty || terms.contains(value.display) {
      return value
    }
    guard type != .caseFile else {
      throw Refusal(
        .badValue,
        "\(predicate.id) needs a case where \(content.predicate) has "
          + "\(value.type.rawValue) \"\(value.display)\"", remedy: remedy)
    }
    return nil
  }
}
