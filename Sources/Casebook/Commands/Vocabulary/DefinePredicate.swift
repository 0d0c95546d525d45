public import StrictJSON

/// Adds a predicate to the vocabulary.
public struct DefinePredicate: Command {
  let predicate: Predicate
  let mark: ImportMark?

  /// Defines `predicate`.
  public init(_ predicate: Predicate, mark: ImportMark? = nil) {
    self.predicate = predicate
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "predicate.define"), ("predicate", .object(predicate.fields)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    guard register.predicate(predicate.id) == nil else {
      throw Refusal(
        .alreadyExists, "there is already a predicate \"\(predicate.id)\"",
        remedy: "Revise it, or choose another id.")
    }
    return [
      register.decision(
        .predicateDefined(try predicate.checked(), mark), .file(register.content.slug))
    ]
  }
}

extension CasebookState {
  func requireRegister() throws(Refusal) -> Register {
    guard let register else {
      throw Refusal(
        .unknownEvent, "the casebook has no first event",
        remedy: "Create one with: dossier casebook create SLUG")
    }
    return register
  }
}

extension Register {
  func decision(_ event: Event, voice: Slug? = nil, _ reference: Reference) -> Decision {
    Decision(
      stream: StreamAddress(.casebook, content.slug), voice: voice, event: event,
      reference: reference)
  }
}

extension Predicate {
  /// The predicate, when its parts fit together.
  func checked() throws(Refusal) -> Predicate {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    for part in parts { _ = try Slug(String(part)) }
    _ = try Text.required(
      label, "label of \(id)", rule: .missingText, remedy: "Say what people call it.")
    _ = try Text.required(
      scope, "scope note of \(id)", rule: .missingText,
      remedy: "Say what counts and what does not.")
    guard type == .term || terms.isEmpty else {
      throw Refusal(
        .badField, "\(id) lists terms but its values are of type \(type.rawValue)",
        remedy: "Only predicates of type term have terms.")
    }
    guard type != .term || !terms.isEmpty else {
      throw Refusal(.badField, "\(id) is of type term and lists none", remedy: "List them.")
    }
    guard comparison != .dates || type == .date else {
      throw Refusal(
        .badField, "\(id) compares dates but its values are of type \(type.rawValue)",
        remedy: "Only predicates of type date compare as dates.")
    }
    try Self.refuseRepeated(terms.map(\.id), "term", of: id)
    for term in terms { _ = try Text.optional(term.label, "label of the term \(term.id)") }
    try Self.refuseRepeated(qualifiers.map(\.id), "qualifier", of: id)
    for qualifier in qualifiers {
      guard qualifier.type == .term || qualifier.terms.isEmpty else {
        throw Refusal(
          .badField, "\(id): the qualifier \(qualifier.id) lists terms but is not of type term",
          remedy: "Make it a term, or drop the list.")
      }
      try Self.refuseRepeated(qualifier.terms, "term", of: "\(id), \(qualifier.id)")
    }
    return self
  }

  private static func refuseRepeated(
    _ ids: [String], _ what: String, of predicate: String
  ) throws(Refusal) {
    var seen: Set<String> = []
    for id in ids {
      _ = try Slug(id)
      guard seen.insert(id).inserted else {
        throw Refusal(
          .badField, "\(predicate): the \(what) \(id) appears twice", remedy: "Remove one.")
      }
    }
  }
}
