import Casebook

// MARK: Conclusions and identities

extension CaseReader {
  mutating func conclusion(_ node: YAMLNode, _ place: String) -> ConclusionEntry? {
    guard var fields = entry(node, place) else { return nil }
    let id = id(&fields, .conclusion)
    let predicate = fields.required("predicate", "see vocabulary.yaml for those there are")
    var adopted = ClaimDraft(predicate: predicate ?? "")
    readValue(&fields, into: &adopted)
    let grounds = fields.texts("on")
    if !fields.contains("on") { fields.refuse("on is missing; name the claims it rests on") }
    let basis = fields.required("basis", "say why these claims lead to it")
    let likelihood: Likelihood? = fields.choice("likelihood")
    let confidence: Confidence? = fields.choice("confidence")
    fields.finish()
    guard predicate != nil, let basis else { return nil }
    return ConclusionEntry(
      id: id, adopted: adopted, grounds: grounds, basis: basis, likelihood: likelihood,
      confidence: confidence, origin: fields.origin)
  }

  mutating func identity(_ node: YAMLNode, _ place: String) -> IdentityEntry? {
    guard var fields = Fields(node, of: file, at: place, log) else { return nil }
    let other = fields.requiredSlug("other", "name the other case")
    let judgement: IdentityContent.Judgement? = fields.requiredChoice(
      "judgement", "say same, different or unsure")
    let grounds = fields.required("grounds", "say why")
    fields.finish()
    guard let other, let judgement, let grounds else { return nil }
    return IdentityEntry(
      content: IdentityContent(other: other, judgement: judgement, grounds: grounds),
      origin: fields.origin)
  }
}
