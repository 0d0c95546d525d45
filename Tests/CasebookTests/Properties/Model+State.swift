import Casebook

extension Model {
  /// The state of the domain in the model's terms, so that the two can be compared.
  init(_ state: CasebookState) {
    files = Self.texts(state.cases).mapValues { file in
      File(
        name: file.name, isClosed: file.isClosed, claims: file.claims.mapValues(Claim.init),
        disputes: file.disputes.mapValues(Dispute.init),
        citations: file.citations.mapValues(Citation.init),
        annotations: file.annotations.all.mapValues(Annotation.init), events: Int(file.version))
    }
    works = Self.texts(state.sources).mapValues { source in
      Work(
        title: source.content.title, grade: source.grade?.content.rawValue,
        origins: source.derivations.map(\.content.from.text),
        annotations: source.annotations.all.mapValues(Annotation.init), events: Int(source.version))
    }
  }

  private static func texts<Value>(_ values: [Slug: Value]) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: values.map { ($0.key.text, $0.value) })
  }
}

extension Model.Claim {
  fileprivate init(_ claim: Casebook.Claim) {
    let content = claim.content
    fields = ["predicate": content.predicate, "source": content.source.text]
    fields["locator"] = content.locator
    fields["value"] = content.assertion.value?.display
    fields["state"] = content.assertion.value == nil ? "\(content.assertion.state)" : nil
    fields["not"] = content.isNegative ? "yes" : nil
    fields["hedge"] = content.hedge
    fields["quote"] = content.quote
    fields["asWritten"] = content.asWritten
    fields["stance"] =
      content.attribution.stance == .asserts ? nil : "\(content.attribution.stance)"
    fields["saidBy"] = content.attribution.saidBy?.display
    for (id, value) in content.qualifiers { fields["with \(id)"] = value.display }
    isWithdrawn = claim.status == .withdrawn
    revision = claim.revision
  }
}

extension Model.Dispute {
  fileprivate init(_ dispute: Casebook.Dispute) {
    claim = dispute.content.claim
    grounds = dispute.content.grounds
    counter = dispute.content.counter?.description
    resolution = dispute.resolution
  }
}

extension Model.Citation {
  fileprivate init(_ citation: Casebook.Citation) {
    target = citation.content.target.local
    voice = citation.voice?.text
    fields = ["work": citation.content.work.text, "as": citation.content.role.rawValue]
    fields["locator"] = citation.content.locator
    fields["note"] = citation.content.note
    isWithdrawn = citation.isWithdrawn
  }
}

extension Model.Annotation {
  fileprivate init(_ annotation: Casebook.Annotation) {
    target = annotation.content.target.description
    text = annotation.content.text
    isWithdrawn = annotation.isWithdrawn
  }
}
