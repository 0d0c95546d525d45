import Analysis
import Casebook
import Testing

@Suite("What claims say to a condition") struct ConditionTests {
  @Test(
    "dates are compared by the days that they can mean, and overlap decides nothing",
    arguments: [
      ("1937-07", "= 1937", Outcome.yes), ("1937-07", "= 1938", .no),
      ("1937", "= 1937-07", .silent),
      ("1937", "!= 1937-07", .silent), ("1937-07", "!= 1938", .yes), ("1937-07", "!= 1937", .no),
      ("1937", "< 1938", .yes), ("1937", "< 1937-07", .silent), ("1937", "< 1937", .no),
      ("1937-12-31", "<= 1937", .yes), ("1937", "<= 1937-07", .silent), ("1938", "<= 1937", .no),
      ("1938", "> 1937", .yes), ("1937", "> 1937-07", .silent), ("1937", "> 1937", .no),
      ("1937", ">= 1937", .yes), ("1937", ">= 1937-07", .silent), ("1936", ">= 1937", .no),
      ("[1936,1937]", "= 1937", .silent), ("1937/..", ">= 1937", .yes), ("../1937", "< 1938", .yes),
      ("../1937", "< 1937", .silent), ("1937/..", "> 1940", .silent),
      ("1937", "in (1936, 1937)", .yes),
      ("[1936,1937]", "in (1936, 1937)", .yes), ("[1936,1938]", "in (1936, 1937)", .silent),
      ("[1927,1929]", "in (1927, 1929)", .yes), ("[1927,1929]", "= 1928", .no),
      ("19X7", "= 1928", .no), ("1928", "= \"[1927,1929]\"", .no),
      ("1927", "= \"[1927,1929]\"", .yes), ("[1927,1929]", "!= 1928", .yes),
      ("156X-12-25", "= 1563-06", .no), ("1928~", "= 1928", .yes), ("1928~", "= 1927", .silent),
      ("1928~", "= 1931", .no), ("1928~", "< 1928", .silent), ("1928~", "> 1930", .no),
      ("1937-07-16T23:00:00Z", "< \"1937-07-17T01:00:00+01:00\"", .yes),
      ("1937-07-16T23:00:00Z", "< \"1937-07-17T01:00:00+02:00\"", .no),
      ("1937-07-16T23:00:00Z", "= \"1937-07-17T01:00:00+02:00\"", .yes),
      ("1937-07-16T23:00:00Z", "in (\"1937-07-16T22:00:00Z\", \"1937-07-16T21:00:00Z\")", .no),
      ("1870-04-10 O.S.", "= 1870-04-22", .yes), ("1870-04-22", "= \"1870-04-10 O.S.\"", .yes),
      ("1870-12-31 O.S.", "< 1871", .no), ("1940", "in (1936, 1937)", .no),
    ])
  func dates(_ claimed: String, _ test: String, _ expected: Outcome) throws {
    var study = try Study()
    try study.claim("anna", "birth.date", claimed)
    #expect(try study.finding("birth.date \(test)").outcome == expected)
  }

  @Test(
    "numbers are compared as numbers, not as words",
    arguments: [
      ("9", "< 10", Outcome.yes), ("-10", "< -9", .yes), ("2.50", "= 2.5", .yes),
      ("007", "= 7", .yes),
      ("0", "= -0.0", .yes), ("2.5", "> 2.49", .yes),
      ("123456789012345678901", "> 123456789012345678900", .yes),
      ("10", "<= 9", .no), ("1", "!= 1.0", .no), ("1", ">= 1", .yes),
    ])
  func numbers(_ claimed: String, _ test: String, _ expected: Outcome) throws {
    var study = try Study()
    try study.claim("anna", "height", claimed)
    #expect(try study.finding("height \(test)").outcome == expected)
  }

  @Test("silence, not knowing, and an unspecified value decide nothing")
  func silence() throws {
    #expect(try Study().finding("fear = yes").outcome == .silent)
    for state in [Assertion.State.unknown, .someValue] {
      var study = try Study()
      try study.claim("anna", "fear", nil) { $0.state = state }
      #expect(try study.finding("fear = yes").outcome == .silent)
      #expect(try study.finding("fear = no").outcome == .silent)
      #expect(try study.finding("fear is known").outcome == .no)
    }
  }

  @Test("that there is none decides as the sense demands")
  func none() throws {
    var study = try Study()
    try study.claim("anna", "recall", nil) { $0.state = .noValue }
    for (test, outcome) in [
      ("= ordered", Outcome.no), ("!= ordered", .yes), ("in (ordered, summoned)", .no),
      ("is none", .yes), ("is known", .yes),
    ] {
      #expect(try study.finding("recall \(test)").outcome == outcome, "\(test)")
    }
    try study.claim("boris", "recall", "ordered")
    let results = try study.results(study.count("recall is none"))
    #expect(results[0].cases(.no) == ["boris"])
    #expect(results[0].cases(.silent) == ["clara"])
  }

  @Test("that it was not so counts against it, and for nothing else")
  func negative() throws {
    var study = try Study()
    try study.claim("anna", "recall", "ordered") { $0.isNegative = true }
    try study.claim("anna", "fear", "yes") { $0.isNegative = true }
    try study.claim("anna", "birth.date", "1937") { $0.isNegative = true }
    for (criterion, outcome) in [
      ("recall = ordered", Outcome.no), ("recall != ordered", .yes), ("recall = summoned", .silent),
      ("recall in (ordered, summoned)", .silent), ("recall in (ordered)", .no),
      ("fear = yes", .no), ("fear = no", .yes), ("birth.date = 1937-07", .no),
      ("birth.date = 1936", .silent), ("birth.date < 1937", .silent),
      ("birth.date in (1937-07, 1937-08)", .no), ("birth.date = 193X", .silent),
    ] {
      #expect(try study.finding(criterion).outcome == outcome, "\(criterion)")
    }
  }

  @Test("what the source denies was not so; what it doubts decides nothing")
  func stances() throws {
    var denied = try Study()
    try denied.claim("anna", "fear", "yes") {
      $0.stance = .denies
      $0.saidBy = "his wife"
    }
    #expect(try denied.finding("fear = yes").outcome == .no)
    var doubted = try Study()
    try doubted.claim("anna", "fear", "yes") { $0.stance = .doubts }
    #expect(try doubted.finding("fear = yes").outcome == .silent)
    #expect(try doubted.finding("fear is known").outcome == .no)
  }

  @Test("qualifiers choose among the claims; a claim without the qualifier is not looked at")
  func qualifiers() throws {
    var study = try Study()
    try study.claim("anna", "recall", "ordered")
    try study.claim("anna", "recall", "summoned") {
      $0.qualifiers = ["outcome": "evaded", "date": "1944-09"]
    }
    for (criterion, outcome) in [
      ("recall[outcome=evaded] = summoned", Outcome.yes), ("recall[outcome=evaded] = ordered", .no),
      ("recall[outcome=cancelled] = ordered", .silent), ("recall[date=1944] = summoned", .yes),
      ("recall[outcome=evaded, date=1945] = summoned", .silent),
    ] {
      #expect(try study.finding(criterion).outcome == outcome, "\(criterion)")
    }
  }

  @Test("only current claims of the tabulation's own source are heard")
  func voice() throws {
    var study = try Study()
    try study.claim("anna", "fear", "yes") { $0.source = "paper" }
    try study.claim("anna", "fear", "yes")
    #expect(try study.finding("fear = yes").evidence.map(\.local) == ["c2"])
    try study.perform(WithdrawClaim(ItemReference("anna/c2"), reason: "another person"))
    #expect(try study.finding("fear = yes").outcome == .silent)
  }

  @Test("a source that contradicts itself supports, and what is against it is shown")
  func contradiction() throws {
    var study = try Study()
    try study.claim("anna", "fear", "no")
    try study.claim("anna", "fear", "yes")
    let condition = try study.finding("fear = yes").conditions[0]
    #expect(condition.outcome == .yes && condition.deciding.map(\.local) == ["c2"])
    #expect(condition.opposing.map(\.local) == ["c1"])
  }

  @Test("cases, works and places are compared too")
  func otherTypes() throws {
    var study = try Study()
    try study.claim("anna", "friend", "boris")
    try study.claim("anna", "wrote", "memoir")
    try study.claim("anna", "city", "Washington, D. C.")
    for (criterion, outcome) in [
      ("friend = boris", Outcome.yes), ("friend = clara", .no), ("wrote = memoir", .yes),
      ("city = \"washington, d.c.\"", .yes), ("city = Washington", .no),
    ] {
      #expect(try study.finding(criterion).outcome == outcome, "\(criterion)")
    }
  }

  @Test("conditions are joined as Kleene joins them, and support is firm as far as it is asserted")
  func joining() throws {
    var study = try Study()
    try study.claim("anna", "fear", "yes") { $0.hedge = "presumably" }
    try study.claim("anna", "recall", "ordered")
    for (criterion, outcome, isFirm) in [
      ("fear = yes and recall = ordered", Outcome.yes, false),
      ("fear = yes or recall = ordered", .yes, true), ("fear = yes or height = 1", .yes, false),
      ("fear = yes and height = 1", .silent, false), ("fear = no and height = 1", .no, false),
      ("recall = summoned and height = 1", .no, true), ("fear = no or height = 1", .silent, false),
      ("not (fear = no)", .yes, false), ("not height = 1", .silent, true),
      ("recall = ordered and not (fear = no or height is known)", .yes, false),
      ("height is known", .no, true),
    ] {
      let finding = try study.finding(criterion)
      #expect(finding.outcome == outcome, "\(criterion)")
      if outcome != .silent { #expect(finding.isFirm == isFirm, "\(criterion)") }
    }
  }
}
