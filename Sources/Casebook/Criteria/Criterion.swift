/// What makes a case count in a tabulation: conditions on its claims.
///
/// The language is small:
///
///     recall.ordered in (ordered, summoned) and not (fear.for-safety = no)
///     defection.date >= 1954-01 and defection.date <= 1954-02
///     motive.kind[weight=contributing] = purges or death.date is known
///
/// `PREDICATE OP VALUE` with `=`, `!=`, and for dates and numbers `<`, `<=`, `>`, `>=`; `PREDICATE in (VALUE, …)`;
/// `PREDICATE is known`, `PREDICATE is none`. Qualifiers in brackets after the predicate choose among its claims.
/// Values are bare words of letters, digits and `. - : /`, or any text in quotation marks, a quotation mark in it written
/// twice. `not` binds more closely than `and`, `and` more closely than `or`; words of the language are lower-case.
public struct Criterion: Sendable {
  /// The conditions, joined.
  public let formula: Formula<Condition>

  /// Reads a criterion and checks it against the vocabulary: the predicates, terms, cases and works it names are there,
  /// the qualifiers are declared, and the values are of the right type.
  ///
  /// - Throws: `Refusal` with `badCriterion`, naming the character at which it goes wrong.
  public init(_ text: String, in state: CasebookState) throws(Refusal) {
    var parser = try CriterionParser(text)
    formula = try parser.parse().map { condition throws(Refusal) in
      try Condition(condition, in: state)
    }
  }

  /// The words that may be names of cases. Which of them are is known only with the vocabulary at hand; a criterion that
  /// cannot be read has none.
  static func possibleCases(in text: String) -> Set<Slug> {
    guard var parser = try? CriterionParser(text), let formula = try? parser.parse() else {
      return []
    }
    let values = formula.conditions.flatMap { $0.values + $0.qualifiers.map(\.value) }
    return Set(
      values.filter { !["yes", "no"].contains($0.text) }.compactMap { try? Slug($0.text) })
  }
}

/// One condition on the claims with one predicate.
public struct Condition: Sendable {
  /// What is asked of a value.
  public enum Test: Sendable {
    case compares(Comparison, Value)
    case isOne(of: [Value])
    /// There is a value, whatever it is.
    case isKnown
    /// There is none, and the source says so.
    case isNone
  }

  /// How a value stands to the one that is asked for.
  public enum Comparison: String, Sendable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// Whether it asks which of two values comes first.
    public var isOrdering: Bool { self != .equal && self != .unequal }
  }

  /// The predicate whose claims are looked at.
  public let predicate: Predicate
  /// The qualifiers that a claim must carry to be looked at, in the order written.
  public let qualifiers: [(id: String, value: Value)]
  /// What is asked of its value.
  public let test: Test
  /// The condition as it was written.
  public let text: String
}
