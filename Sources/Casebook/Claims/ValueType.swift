/// The type that a predicate or a qualifier gives to its values. It never changes.
public enum ValueType: String, Hashable, Sendable, CaseIterable {
  case text, date, place, name, term, number
  case boolean = "yes/no"
  case caseFile = "case"
  case work
}
