@testable import Casebook
import Testing

@Suite("Criteria") struct CriterionTests {
  /// The criterion as it was understood, every part in parentheses.
  private func understood(_ text: String) throws -> String {
    func show(_ formula: Formula<Condition>) -> String {
      switch formula {
      case .condition(let condition): condition.text
      case .not(let part): "not \(show(part))"
      case .all(let parts): "(\(parts.map(show).joined(separator: " and ")))"
      case .any(let parts): "(\(parts.map(show).joined(separator: " or ")))"
      }
    }
    return show(try Criterion(text, in: World.given.state).formula)
  }

  @Test(
    "not binds more closely than and, and more closely than or",
    arguments: [
      ("fear = yes", "fear = yes"),
      ("fear = yes or age = 1 and age = 2", "(fear = yes or (age = 1 and age = 2))"),
      ("(fear = yes or age = 1) and age = 2", "((fear = yes or age = 1) and age = 2)"),
      ("not fear = yes and age = 1", "(not fear = yes and age = 1)"),
      ("not (fear = yes and not age = 1)", "not (fear = yes and not age = 1)"),
      ("  fear=yes\n or age<=-1", "(fear=yes or age<=-1)"),
      (
        "recall.ordered[outcome=evaded, note=x] in (ordered,summoned)",
        "recall.ordered[outcome=evaded, note=x] in (ordered,summoned)"
      ),
      ("birth.date is known or birth.date is none", "(birth.date is known or birth.date is none)"),
      ("fear is known", "fear is known"),
    ])
  func precedence(_ text: String, _ expected: String) throws {
    #expect(try understood(text) == expected)
  }

  @Test("values are read as their predicate's type")
  func values() throws {
    func value(_ text: String) throws -> Value? {
      let formula = try Criterion(text, in: World.given.state).formula
      guard case .compares(_, let value)? = formula.conditions.first?.test else { return nil }
      return value
    }
    #expect(try value("birth.date >= 1928-07") == .date("1928-07"))
    #expect(try value("birth.date = \"[1927,1928]\"") == .date("[1927,1928]"))
    #expect(try value("birth.place = \"Washington, D. C.\"") == .place("Washington, D. C."))
    #expect(try value("statement = \"he said \"\"no\"\"\"") == .text("he said \"no\""))
    #expect(try value("birth.place = Kraków") == .place("Kraków"))
    #expect(try value("age = 14") == .number("14"))
    #expect(try value("fear != no") == .boolean(false))
    #expect(try value("linked-case = barmine") == .caseFile("barmine"))
    #expect(try value("publication = memoir") == .work("memoir"))
    #expect(try value("recall.ordered = summoned") == .term("summoned"))
  }

  @Test(
    "what cannot be understood is refused where it stands, with what was probably meant",
    arguments: [
      ("fera = yes", "at character 1, there is no predicate \"fera\"", "Did you mean \"fear\"?"),
      (
        "fear = perhaps", "at character 8, fear: \"perhaps\" is neither yes nor no",
        "Write yes or no."
      ),
      (
        "recall.ordered = orderd",
        "at character 18, recall.ordered: \"orderd\" is not one of ordered, summoned",
        "Did you mean \"ordered\"?"
      ),
      (
        "recall.ordered[outcom=evaded] = ordered",
        "at character 16, recall.ordered has no qualifier \"outcom\"",
        "Did you mean \"outcome\"?"
      ),
      (
        "recall.ordered[outcome=evded] = ordered",
        "at character 24, recall.ordered, outcome: \"evded\" is not one of cancelled, evaded",
        "Did you mean \"evaded\"?"
      ),
      (
        "recall.ordered[note=x, note=y] = ordered",
        "at character 24, the qualifier note is given twice", "once"
      ),
      ("fear[date=1937] = yes", "at character 6, fear has no qualifier \"date\"", "It has none."),
      (
        "recall.ordered[zzz=x] = ordered",
        "at character 16, recall.ordered has no qualifier \"zzz\"",
        "It has: date, outcome, witness, note."
      ),
      (
        "birth.date = 1928-13",
        "at character 14, birth.date: \"1928-13\" is not a date in EDTF: there is no month 13", ""
      ),
      ("birth.date = 1928~", "at character 18, “~” has no meaning there", "in quotation marks"),
      (
        "linked-case = barmin", "at character 15, there is no case \"barmin\"",
        "Did you mean \"barmine\"?"
      ),
      (
        "publication = memor", "at character 15, there is no source \"memor\"",
        "Did you mean \"memoir\"?"
      ),
      (
        "fear < yes",
        "at character 6, fear has values of type yes/no, none of which comes before another",
        "dates"
      ),
      (
        "statement >= b",
        "at character 11, statement has values of type text, none of which comes before another",
        ">="
      ),
      ("fear = yes AND age = 1", "at character 12, “AND” follows a whole condition", "Write and."),
      ("fear = yes age = 1", "at character 12, “age” follows a whole condition", "Join conditions"),
      ("fear yes", "at character 6, “yes” stands where a comparison is expected", "is known"),
      ("fear", "at character 5, the end stands where a comparison is expected", "is known"),
      ("fear =", "at character 7, the value after = is missing before the end", "Give it."),
      ("fear is yes", "at character 9, “yes” follows “is”", "is known or is none"),
      ("age in 1, 2", "at character 8, “1” stands where “(” is expected", "Write ( there."),
      ("age in (1, )", "at character 12, a value of the list is missing before “)”", "Give it."),
      ("(fear = yes", "at character 12, the end stands where “)” is expected", "Write ) there."),
      ("fear = yes)", "at character 11, “)” follows a whole condition", "Join conditions"),
      ("fear = yes and", "at character 15, a predicate is missing before the end", "such as"),
      ("\"fear\" = yes", "at character 1, a predicate is missing before “fear”", "such as"),
      ("fear ! yes", "at character 6, a “!” stands alone", "Write !="),
      ("birth.place = \"Kiev", "at character 15, a quotation mark is never closed", "Close it"),
    ])
  func refused(_ text: String, _ message: String, _ remedy: String) {
    do throws(Refusal) {
      _ = try Criterion(text, in: World.given.state)
      Issue.record("\(text) was understood")
    } catch {
      #expect(error.rule == .badCriterion)
      #expect(error.message == message)
      #expect(error.remedy?.contains(remedy) == true || remedy.isEmpty, "\(error.remedy ?? "")")
    }
  }

  @Test("nesting has an end")
  func depth() {
    let deep = String(repeating: "(", count: 100_000) + "fear = yes"
    #expect(throws: Refusal.self) { try Criterion(deep, in: World.given.state) }
    #expect(throws: Refusal.self) {
      try Criterion(String(repeating: "not ", count: 100_000) + "fear = yes", in: World.given.state)
    }
  }

  @Test("a tabulation's criterion is checked when it is stated and when it is corrected")
  func entry() throws {
    var content = TabulationContent.full
    content.criterion = "fera = yes"
    try given().when(StateTabulation(content)).refused(
      .badCriterion, "at character 1, there is no predicate \"fera\"", "Did you mean \"fear\"?")
    try given(StateTabulation(.full)).when(
      CorrectTabulation(content, kind: .interpretation, reason: "why")
    ).refused(
      .badCriterion, "at character 1, there is no predicate \"fera\"", "Did you mean \"fear\"?")
    content.criterion = "linked-case = orlov"
    #expect(StateTabulation(content).cases.contains("orlov"))
    try given().when(StateTabulation(content)).then(
      .tabulationStated(content, nil), on: World.casebook, voice: "fbi-1955",
      as: "tabulation/fourteen")
  }
}
