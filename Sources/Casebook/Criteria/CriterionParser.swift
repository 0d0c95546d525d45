/// A condition as it is written, before the vocabulary says what it means.
struct WrittenCondition {
  enum Test {
    case compares(Condition.Comparison)
    case isOneOf
    case isKnown
    case isNone
  }

  let predicate: CriterionToken
  let qualifiers: [(id: CriterionToken, value: CriterionToken)]
  let test: Test
  /// Where the test is written.
  let sign: CriterionToken
  let values: [CriterionToken]
  let text: String
}

/// Reads a criterion by recursive descent.
struct CriterionParser {
  /// How deep parentheses and `not` may stand in one another.
  private static let deepest = 64

  private let characters: [Character]
  private let tokens: [CriterionToken]
  private var index = 0
  private var depth = 0

  init(_ text: String) throws(Refusal) {
    var lexer = CriterionLexer(text)
    tokens = try lexer.tokens()
    characters = lexer.characters
  }

  mutating func parse() throws(Refusal) -> Formula<WrittenCondition> {
    let formula = try alternatives()
    guard next.kind == .end else {
      let isJoin = ["and", "or"].contains(next.text.lowercased())
      throw .criterion(
        "\(next.display) follows a whole condition", at: next.start,
        isJoin ? "Write \(next.text.lowercased())." : "Join conditions by and or by or.")
    }
    return formula
  }

  // MARK: Joining

  private mutating func alternatives() throws(Refusal) -> Formula<WrittenCondition> {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(Refusal) -> Formula<WrittenCondition> {
    var parts = [try factor()]
    while take("and") { parts.append(try factor()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func factor() throws(Refusal) -> Formula<WrittenCondition> {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw .criterion(
        "parentheses stand more than \(Self.deepest) deep", at: next.start, "Write it more plainly."
      )
    }
    if take("not") { return .not(try factor()) }
    guard take("(") else { return .condition(try condition()) }
    let inner = try alternatives()
    try expect(")")
    return inner
  }

  // MARK: Conditions

  private mutating func condition() throws(Refusal) -> WrittenCondition {
    let predicate = next
    guard predicate.kind == .word else {
      throw .criterion(
        "a predicate is missing before \(next.display)", at: next.start,
        "Write a condition such as birth.date < 1900.")
    }
    index += 1
    let qualifiers = try take("[") ? qualifiers() : []
    let sign = next
    let (test, values) = try test()
    let text = String(characters[predicate.start..<tokens[index - 1].end])
    return WrittenCondition(
      predicate: predicate, qualifiers: qualifiers, test: test, sign: sign, values: values,
      text: text)
  }

  private mutating func qualifiers() throws(Refusal) -> [(CriterionToken, CriterionToken)] {
    var qualifiers: [(CriterionToken, CriterionToken)] = []
    repeat {
      let id = try value("the name of a qualifier")
      try expect("=")
      qualifiers.append((id, try value("the value of the qualifier \(id.text)")))
    } while take(",")
    try expect("]")
    return qualifiers
  }

  private mutating func test() throws(Refusal) -> (WrittenCondition.Test, [CriterionToken]) {
    if take("is") {
      if take("known") { return (.isKnown, []) }
      if take("none") { return (.isNone, []) }
      throw .criterion("\(next.display) follows “is”", at: next.start, "Write is known or is none.")
    }
    if take("in") {
      try expect("(")
      var values: [CriterionToken] = []
      repeat { values.append(try value("a value of the list")) } while take(",")
      try expect(")")
      return (.isOneOf, values)
    }
    guard next.kind == .sign, let comparison = Condition.Comparison(rawValue: next.text) else {
      throw .criterion(
        "\(next.display) stands where a comparison is expected", at: next.start,
        "Write one of = != < <= > >=, in (…), is known or is none.")
    }
    index += 1
    return (.compares(comparison), [try value("the value after \(comparison.rawValue)")])
  }

  // MARK: Tokens

  private var next: CriterionToken { tokens[index] }

  private mutating func take(_ text: String) -> Bool {
    guard next.kind == .word || next.kind == .sign, next.text == text else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ sign: String) throws(Refusal) {
    guard take(sign) else {
      throw .criterion(
        "\(next.display) stands where “\(sign)” is expected", at: next.start, "Write \(sign) there."
      )
    }
  }

  private mutating func value(_ what: String) throws(Refusal) -> CriterionToken {
    let token = next
    guard token.kind == .word || token.kind == .quoted else {
      throw .criterion("\(what) is missing before \(token.display)", at: token.start, "Give it.")
    }
    index += 1
    return token
  }
}
