import Casebook

/// The cells of one row of a table of claims, read as a draft.
struct ClaimRow {
  /// What begins the name of a qualifier's column.
  static let qualifierPrefix = "with."

  /// The draft, as far as it could be read.
  private(set) var draft: ClaimDraft
  /// What is wrong, by column.
  private(set) var problems: [(column: String, message: String)] = []

  private let cells: [String: String]

  /// Reads the `cells` that are not empty; `source` is that of rows that name none.
  init(_ cells: [String: String], source: String?) {
    self.cells = cells
    draft = ClaimDraft(predicate: cells["predicate"] ?? "", value: cells["value"])
    if cells["predicate"] == nil { refuse("predicate", "it is empty") }
    readState()
    readStance()
    draft.hedge = cells["hedge"]
    draft.asWritten = cells["as_written"]
    draft.quote = cells["quote"]
    draft.source = cells["source"] ?? source
    if draft.source == nil { refuse("source", "it is empty; say whose claim it is") }
    draft.locator = cells["locator"]
    if draft.locator == nil { refuse("locator", "it is empty; say where in the source") }
    for (name, text) in cells where name.hasPrefix(Self.qualifierPrefix) {
      draft.qualifiers[String(name.dropFirst(Self.qualifierPrefix.count))] = text
    }
  }

  private mutating func refuse(_ column: String, _ message: String) {
    problems.append((column, message))
  }

  private mutating func readState() {
    if let state: Assertion.State = choice("state") { draft.state = state }
    if draft.state == .value, draft.value == nil {
      refuse("value", "it is empty; give it, or a state such as unknown")
    } else if draft.state != .value, draft.value != nil {
      refuse("state", "it has both a value and the state \(draft.state.rawValue); keep one")
    }
    readPolarity()
  }

  /// `not: yes` and `polarity: negative` say the same.
  private mutating func readPolarity() {
    if let text = cells["not"] {
      guard let flag = Fields.flag(text) else {
        return refuse("not", "\"\(text)\" is neither yes nor no")
      }
      draft.isNegative = flag
    }
    guard let text = cells["polarity"] else { return }
    let polarities = ["positive": false, "negative": true]
    guard let isNegative = polarities[text] else {
      return refuse("polarity", Fields.notOne(text, of: polarities.keys.sorted()))
    }
    if cells["not"] != nil, draft.isNegative != isNegative {
      return refuse("polarity", "it contradicts the column \"not\"")
    }
    draft.isNegative = isNegative
  }

  private mutating func readStance() {
    if let stance: Attribution.Stance = choice("stance") { draft.stance = stance }
    draft.saidBy = cells["said_by"]
    if draft.saidBy != nil, cells["stance"] == nil {
      refuse("said_by", "it needs a stance: reports, doubts or denies")
    }
  }

  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ column: String
  ) -> Choice? {
    guard let text = cells[column] else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    refuse(column, Fields.notOne(text, of: Choice.allCases.map(\.rawValue)))
    return nil
  }
}
