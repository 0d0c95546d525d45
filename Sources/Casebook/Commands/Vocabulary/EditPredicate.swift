public import StrictJSON

/// Changes some parts of what the vocabulary says of a predicate.
public struct EditPredicate: Command {
  /// What changes; nil and empty lists leave things as they are.
  public struct Edit: Hashable, Sendable {
    /// Another label.
    public var label: String?
    /// Whether a case can have one value or many.
    public var cardinality: Predicate.Cardinality?
    /// How two values are compared.
    public var comparison: Predicate.Comparison?
    /// Another scope note.
    public var scope: String?
    /// Qualifiers that are added, or take the place of those with the same ids.
    public var qualifiers: [Predicate.Qualifier] = []
    /// Terms that are added, or take the place of those with the same ids.
    public var terms: [Predicate.Term] = []
    /// The ids of qualifiers that are taken away.
    public var droppedQualifiers: [String] = []
    /// The ids of terms that are taken away.
    public var droppedTerms: [String] = []

    /// An edit of nothing.
    public init() {}
  }

  let id: String
  let edit: Edit
  let reason: String?

  /// Revises the predicate `id` as `edit` says.
  public init(_ id: String, _ edit: Edit, reason: String?) {
    self.id = id
    self.edit = edit
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "predicate.edit"), ("predicate", .string(id)), ("label", .text(edit.label)),
      ("cardinality", .text(edit.cardinality?.rawValue)),
      ("comparison", .text(edit.comparison?.rawValue)), ("scope", .text(edit.scope)),
      ("qualifiers", .array(edit.qualifiers.map(\.json))),
      ("terms", .array(edit.terms.map(\.json))),
      ("droppedQualifiers", .array(edit.droppedQualifiers.map(JSON.string))),
      ("droppedTerms", .array(edit.droppedTerms.map(JSON.string))), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    var predicate = try state.predicate(id)
    if let label = edit.label { predicate.label = label }
    if let cardinality = edit.cardinality { predicate.cardinality = cardinality }
    if let comparison = edit.comparison { predicate.comparison = comparison }
    if let scope = edit.scope { predicate.scope = scope }
    for dropped in edit.droppedQualifiers {
      try Self.drop(dropped, "qualifier", of: id, from: &predicate.qualifiers, \.id)
    }
    for dropped in edit.droppedTerms {
      try Self.drop(dropped, "term", of: id, from: &predicate.terms, \.id)
    }
    for qualifier in edit.qualifiers { Self.put(qualifier, in: &predicate.qualifiers, \.id) }
    for term in edit.terms { Self.put(term, in: &predicate.terms, \.id) }
    return try RevisePredicate(predicate, reason: reason).decide(on: state)
  }

  private static func drop<Part>(
    _ dropped: String, _ what: String, of predicate: String, from parts: inout [Part],
    _ id: (Part) -> String
  ) throws(Refusal) {
    guard let index = parts.firstIndex(where: { id($0) == dropped }) else {
      throw Refusal(
        .badField, "\(predicate) has no \(what) \"\(dropped)\"",
        remedy: "See what it has with: dossier predicate show \(predicate)")
    }
    parts.remove(at: index)
  }

  private static func put<Part>(_ part: Part, in parts: inout [Part], _ id: (Part) -> String) {
    if let index = parts.firstIndex(where: { id($0) == id(part) }) {
      parts[index] = part
    } else {
      parts.append(part)
    }
  }
}
