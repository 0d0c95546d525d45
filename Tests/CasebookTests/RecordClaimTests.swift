import Casebook
import EDTF
import StrictJSON
import Testing

@Suite("Recording a claim") struct RecordClaimTests {
  @Test("a claim is recorded in the voice of its source, under the next number")
  func recorded() throws {
    try given(RecordClaim("gouzenko", .fbi("fear", "yes")))
      .when(RecordClaim("gouzenko", .birth, mark: EventPayloads.mark)).then(
        .claimRecorded(
          2, content("birth.date", .value(.date("1919-01-13"))), EventPayloads.mark),
        on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c2")
  }

  @Test("every field is kept as it was typed")
  func everyField() throws {
    let draft = ClaimDraft.fbi("recall.ordered", "ordered") {
      $0.isNegative = true
      $0.hedge = "apparently"
      $0.asWritten = "was ordered back"
      $0.stance = .reports
      $0.saidBy = "barmine"
      $0.qualifiers = ["date": "1944-09", "witness": "barmine"]
      $0.quote = "the order"
    }
    try given().when(RecordClaim("gouzenko", draft)).then(
      .claimRecorded(1, EventPayloads.claim, nil), on: World.file("gouzenko"), voice: "fbi-1955",
      as: "gouzenko/c1")
  }

  @Test(
    "a value is read as its predicate's type",
    arguments: [
      ("statement", " any text; '\u{2028}--", Value.text(" any text; '\u{2028}--")),
      ("birth.date", "[1927,1928]", .date("[1927,1928]")),
      ("birth.date", "1900-02-29 O.S.", .date("1900-02-29 O.S.")),
      ("birth.place", "Kiev", .place("Kiev")),
      ("alias", "Petrov", .name("Petrov")), ("age", "-2.50", .number("-2.50")),
      ("age", "007", .number("007")), ("fear", "Yes", .boolean(true)),
      ("fear", "false", .boolean(false)),
      ("recall.ordered", "summoned", .term("summoned")),
      ("linked-case", "orlov", .caseFile("orlov")),
      ("publication", "memoir", .work("memoir")),
    ])
  func types(_ predicate: String, _ text: String, _ value: Value) throws {
    try given().when(RecordClaim("gouzenko", .fbi(predicate, text))).then(
      .claimRecorded(1, content(predicate, .value(value)), nil), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/c1")
  }

  @Test(
    "a source can say that there is some value, none, or that it does not know",
    arguments: [
      (Assertion.State.someValue, Assertion.someValue), (.noValue, .noValue), (.unknown, .unknown),
    ])
  func states(_ state: Assertion.State, _ assertion: Assertion) throws {
    let draft = ClaimDraft.fbi("birth.date", nil) { $0.state = state }
    try given().when(RecordClaim("gouzenko", draft)).then(
      .claimRecorded(1, content("birth.date", assertion), nil), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/c1")
    try given().when(RecordClaim("gouzenko", .fbi("birth.date", "1919") { $0.state = state }))
      .refused(
        .badValue, "birth.date has both a value and the state \(state.rawValue)",
        "Give one of them.")
    let denied = ClaimDraft.fbi("birth.date", nil) {
      $0.state = state
      $0.isNegative = true
    }
    try given().when(RecordClaim("gouzenko", denied)).refused(
      .badValue, "birth.date: only a value can be denied, not the state \(state.rawValue)",
      "Give the value that it was not")
  }

  @Test("the one credited is a case or a source, where there is one of that name, or words")
  func credit() throws {
    for (who, credit) in [
      ("orlov", Credit.caseFile("orlov")), ("memoir", .source("memoir")),
      ("other sources", .words("other sources")), ("nobody-known", .words("nobody-known")),
    ] {
      var expected = content("fear", .value(.boolean(true)))
      expected.attribution = Attribution(stance: .reports, saidBy: credit)
      let draft = ClaimDraft.fbi("fear", "yes") {
        $0.stance = .reports
        $0.saidBy = who
      }
      try given().when(RecordClaim("gouzenko", draft)).then(
        .claimRecorded(1, expected, nil), on: World.file("gouzenko"), voice: "fbi-1955",
        as: "gouzenko/c1")
    }
  }

  @Test("blank words are no words")
  func blank() throws {
    let draft = ClaimDraft.fbi("fear", "yes") {
      $0.hedge = " "
      $0.asWritten = "\t"
      $0.quote = "\u{A0}\n"
      $0.saidBy = ""
    }
    try given().when(RecordClaim("gouzenko", draft)).then(
      .claimRecorded(1, content("fear", .value(.boolean(true))), nil), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/c1")
  }

  @Test("the same said by two sources, at two places or of two cases is two claims")
  func notTheSame() throws {
    let given = try given(RecordClaim("gouzenko", .birth))
    for draft in [
      ClaimDraft.riehle("birth.date", "1919-01-13"),
      .fbi("birth.date", "1919-01-13") { $0.locator = "p. 42" },
      .fbi("birth.date", "1919-01-13") { $0.quote = "born" },
      .fbi("birth.date", "1919-01-13?"),
    ] {
      #expect(
        try given.and(RecordClaim("gouzenko", draft)).state.cases["gouzenko"]?.claims.count == 2)
    }
    #expect(try given.and(RecordClaim("barmine", .birth)).state.cases["barmine"]?.claims.count == 1)
  }

  @Test("a composed and a decomposed accent are different words")
  func accents() throws {
    let given = try given(RecordClaim("gouzenko", .fbi("alias", "Orl\u{E9}v")))
      .and(RecordClaim("gouzenko", .fbi("alias", "Orle\u{301}v")))
    #expect(given.state.cases["gouzenko"]?.claims.count == 2)
  }

  private func content(_ predicate: String, _ assertion: Assertion) -> ClaimContent {
    var content = ClaimContent.bare(assertion)
    content.predicate = predicate
    content.locator = "p. 41"
    return content
  }
}
