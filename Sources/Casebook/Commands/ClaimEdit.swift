public import StrictJSON

/// What a correction changes in a claim, as it is typed in. A field that is not named stays as it is.
public struct ClaimEdit: Hashable, Sendable {
  /// The fields a correction may change: all but case and source.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case predicate, value, state, polarity, hedge, asWritten, stance, saidBy, locator, quote
  }

  /// The new text of each field; an inner nil takes the field away.
  public var fields: [Field: String?]
  /// The new text of each qualifier; an inner nil takes the qualifier away.
  public var qualifiers: [String: String?]

  /// An edit of nothing, or of what is given.
  public init(fields: [Field: String?] = [:], qualifiers: [String: String?] = [:]) {
    self.fields = fields
    self.qualifiers = qualifiers
  }

  /// What turns one draft into the other; case and source are not compared.
  public init(from old: ClaimDraft, to new: ClaimDraft) {
    self.init()
    let before = Self.texts(of: old)
    let after = Self.texts(of: new)
    for field in Field.allCases where !isSameText(before[field], after[field]) {
      fields.updateValue(after[field], forKey: field)
    }
    // A new state drops the value and a new stance the credit, unless they are named too.
    if fields.keys.contains(.state) { fields.updateValue(new.value, forKey: .value) }
    if fields.keys.contains(.stance) { fields.updateValue(new.saidBy, forKey: .saidBy) }
    for id in Set(old.qualifiers.keys).union(new.qualifiers.keys)
    where !isSameText(old.qualifiers[id], new.qualifiers[id]) {
      qualifiers.updateValue(new.qualifiers[id], forKey: id)
    }
  }

  /// True when it changes nothing.
  public var isEmpty: Bool { fields.isEmpty && qualifiers.isEmpty }

  /// The canonical form.
  public var json: JSON {
    func object(_ pairs: [(String, String?)]) -> JSON {
      .object(
        JSONObject(
          pairs.sorted { $0.0 < $1.0 }.map { ($0.0, $0.1.map(JSON.string) ?? .null) }))
    }
    return .members(
      ("fields", object(fields.map { ($0.key.rawValue, $0.value) })),
      ("qualifiers", object(qualifiers.map { ($0.key, $0.value) })))
  }

  private static func texts(of draft: ClaimDraft) -> [Field: String] {
    var texts: [Field: String] = [
      .predicate: draft.predicate, .state: draft.state.rawValue,
      .polarity: (draft.isNegative ? ClaimContent.Polarity.negative : .positive).rawValue,
      .stance: draft.stance.rawValue,
    ]
    texts[.value] = draft.value
    texts[.hedge] = draft.hedge
    texts[.asWritten] = draft.asWritten
    texts[.saidBy] = draft.saidBy
    texts[.locator] = draft.locator
    texts[.quote] = draft.quote
    return texts
  }
}

// MARK: Applying

extension ClaimEdit {
  func applied(to draft: ClaimDraft) throws(Refusal) -> ClaimDraft {
    var draft = draft
    if let text = fields[.predicate] {
      draft.predicate = try Text.required(
        text, "predicate", rule: .missingValue, remedy: "Every claim has one.")
    }
    if let text = fields[.state] {
      draft.state = try Self.choice(text, of: "state") ?? .value
      if draft.state != .value { draft.value = nil }
    }
    if let text = fields[.value] {
      draft.value = text
      if text != nil, fields[.state] == nil { draft.state = .value }
    }
    if let text = fields[.polarity] {
      let polarity: ClaimContent.Polarity? = try Self.choice(text, of: "polarity")
      draft.isNegative = polarity == .negative
    }
    if let text = fields[.hedge] { draft.hedge = text }
    if let text = fields[.asWritten] { draft.asWritten = text }
    if let text = fields[.stance] {
      draft.stance = try Self.choice(text, of: "stance") ?? .asserts
      if draft.stance == .asserts { draft.saidBy = nil }
    }
    if let text = fields[.saidBy] { draft.saidBy = text }
    if let text = fields[.locator] { draft.locator = text }
    if let text = fields[.quote] { draft.quote = text }
    for (id, text) in qualifiers { draft.qualifiers[id] = text }
    return draft
  }

  /// The choice that the text names; nil when the field is taken away.
  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String?, of field: String
  ) throws(Refusal) -> Choice? {
    guard let text else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw Refusal(.badField, "\"\(text)\" is not a \(field)", remedy: "It is one of \(known).")
  }
}
