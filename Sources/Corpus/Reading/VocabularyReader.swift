import Casebook

/// Reads the vocabulary.
struct VocabularyReader {
  let file: String
  let log: ProblemLog

  func read(_ root: YAMLNode) -> [Entry<Predicate>] {
    var entries: [Entry<Predicate>] = []
    for fields in ListOfEntries(root, file: file, named: "predicate", log).entries {
      if let entry = predicate(fields) { entries.append(entry) }
    }
    return entries
  }

  private func predicate(_ fields: Fields) -> Entry<Predicate>? {
    var fields = fields
    let id = fields.required("predicate")
    let label = fields.required("label", "say what people call it")
    let type: ValueType? = fields.requiredChoice("type", "say what its values are")
    let cardinality: Predicate.Cardinality? = fields.requiredChoice("values", "say one or many")
    let qualifiers = qualifiers(&fields)
    let terms = terms(&fields)
    let scope = fields.required("scope", "say what counts and what does not")
    let comparison: Predicate.Comparison? = fields.choice("comparison")
    fields.finish()
    guard let id, let label, let type, let cardinality, let scope else { return nil }
    return Entry(
      id,
      Predicate(
        id: id, label: label, type: type, cardinality: cardinality, qualifiers: qualifiers,
        terms: terms, comparison: comparison, scope: scope), fields.origin)
  }

  private func qualifiers(_ fields: inout Fields) -> [Predicate.Qualifier] {
    guard var inner = fields.fields("qualifiers") else { return [] }
    var qualifiers: [Predicate.Qualifier] = []
    for id in inner.keys {
      if case .mapping = inner.node(id) {
        guard var qualifier = inner.fields(id) else { continue }
        let type: ValueType? = qualifier.requiredChoice("type", "say what its values are")
        let terms = qualifier.texts("terms")
        qualifier.finish()
        if let type { qualifiers.append(.init(id: id, type: type, terms: terms)) }
      } else if let type: ValueType = inner.choice(id) {
        qualifiers.append(.init(id: id, type: type))
      }
    }
    return qualifiers
  }

  /// Terms with or without an explanation each.
  private func terms(_ fields: inout Fields) -> [Predicate.Term] {
    if case .list = fields.node("terms") {
      return fields.texts("terms").map { Predicate.Term(id: $0) }
    }
    return fields.pairs("terms").map { pair in
      Predicate.Term(id: pair.key, label: pair.text.isEmpty ? nil : pair.text)
    }
  }
}
