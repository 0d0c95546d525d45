import EDTF

/// Reads a typed-in value as its type demands.
struct ValueReading {
  /// The type expected.
  let type: ValueType
  /// The terms to choose from, for type `term`; empty when any word will do.
  let terms: [String]
  /// What it is the value of, for messages.
  let subject: String

  func read(_ text: String, in state: CasebookState) throws(Refusal) -> Value {
    switch type {
    case .text: return .text(text)
    case .place: return .place(text)
    case .name: return .name(text)
    case .date: return .date(try date(text))
    case .term: return .term(try term(text))
    case .number: return .number(try number(text))
    case .boolean: return .boolean(try boolean(text))
    case .caseFile: return .caseFile(try state.caseFile(try Slug(text)).slug)
    case .work: return .work(try state.source(try Slug(text)).slug)
    }
  }

  private func date(_ text: String) throws(Refusal) -> EDTF {
    do { return try EDTF(text) } catch {
      let suggestion = EDTF.suggestion(for: text)
      throw Refusal(
        .badDate, "\(subject): \"\(text)\" is not a date in EDTF: \(error.message)",
        remedy: suggestion.map { "Did you mean \($0)? Keep the wording with --as-written." }
          ?? "Write 1937, 1937-07 or 1937-07-16; ~ for about, ? for uncertain; "
          + "see: dossier edtf --help")
    }
  }

  private func term(_ text: String) throws(Refusal) -> String {
    guard !terms.isEmpty, !terms.contains(text) else { return text }
    let list = terms.joined(separator: ", ")
    throw Refusal(
      .badValue, "\(subject): \"\(text)\" is not one of \(list)",
      remedy: closestName(to: text, among: terms).map { "Did you mean \"\($0)\"?" }
        ?? "Take one of them.")
  }

  private func boolean(_ text: String) throws(Refusal) -> Bool {
    switch text.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      throw Refusal(
        .badValue, "\(subject): \"\(text)\" is neither yes nor no", remedy: "Write yes or no.")
    }
  }

  private func number(_ text: String) throws(Refusal) -> String {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let isDecimal =
      (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard isDecimal else {
      throw Refusal(
        .badValue, "\(subject): \"\(text)\" is not a number",
        remedy: "Write digits with an optional decimal point, such as 14 or 2.5.")
    }
    return text
  }
}
