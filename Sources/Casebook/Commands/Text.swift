/// Checks of free text that every command makes alike.
enum Text {
  /// The longest text of one field, in bytes of UTF-8. Longer passages belong into an attached source.
  static let limit = 65_536

  /// The text, when it says something and is not too long.
  static func required(
    _ text: String?, _ field: String, rule: Refusal.Rule, remedy: String
  ) throws(Refusal) -> String {
    guard let text = try optional(text, field) else {
      let verb = field == "grounds" ? "are" : "is"
      throw Refusal(rule, "the \(field) \(verb) missing", remedy: remedy)
    }
    return text
  }

  /// The text, nil when it is empty.
  static func optional(_ text: String?, _ field: String) throws(Refusal) -> String? {
    guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
    guard text.utf8.count <= limit else {
      throw Refusal(
        .badField, "the \(field) is \(text.utf8.count) bytes long; the limit is \(limit)",
        remedy: "Keep the passage with its source and record what matters.")
    }
    guard !text.utf8.contains(0) else {
      throw Refusal(.badField, "the \(field) contains a NUL character", remedy: "Remove it.")
    }
    return text
  }

  /// A reason, which `-m` gives.
  static func reason(_ text: String?) throws(Refusal) -> String {
    try required(text, "reason", rule: .missingReason, remedy: "Give it with -m REASON.")
  }

  /// The reason of a correction: our record was wrong. Whoever has none because the source is wrong wants a dispute.
  static func reason(_ text: String?, correcting claim: ItemReference) throws(Refusal) -> String {
    try required(
      text, "reason", rule: .missingReason,
      remedy:
        "Say with -m REASON what was wrong with our record; if it is the source that is wrong, "
        + "use: dossier claim dispute \(claim) -m GROUNDS")
  }
}
