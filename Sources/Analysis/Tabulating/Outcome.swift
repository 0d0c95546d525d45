/// What claims decide of a question, in Kleene's three-valued logic.
public enum Outcome: String, Sendable, CaseIterable {
  case yes, no
  /// No claim decides.
  case silent

  /// The same answer to the opposite question.
  var negated: Outcome {
    switch self {
    case .yes: .no
    case .no: .yes
    case .silent: .silent
    }
  }
}
