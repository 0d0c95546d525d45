import Casebook
import Testing

@Suite("Recording a claim is refused") struct RecordClaimRefusalTests {
  private func refused(
    _ draft: ClaimDraft, on slug: Slug = "gouzenko", _ rule: Refusal.Rule, _ message: String,
    _ remedy: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    try given().when(RecordClaim(slug, draft)).refused(rule, message, remedy, at: location)
  }

  @Test("without a source", arguments: [nil, "", "  "])
  func noSource(_ source: String?) throws {
    try refused(
      .fbi("fear", "yes") { $0.source = source }, .missingSource, "the source is missing",
      "-s SOURCE")
  }

  @Test("without a locator", arguments: [nil, "", " \n"])
  func noLocator(_ locator: String?) throws {
    try refused(
      .fbi("fear", "yes") { $0.locator = locator }, .missingLocator, "the locator is missing",
      "-l 'p. 41'")
  }

  @Test("for a source that is not registered, with the nearest one")
  func unknownSource() throws {
    try refused(
      .fbi("fear", "yes") { $0.source = "fbi-1995" }, .unknownSource,
      "there is no source \"fbi-1995\"", "Did you mean \"fbi-1955\"?")
    try refused(
      .fbi("fear", "yes") { $0.source = "somebody" }, .unknownSource,
      "there is no source \"somebody\"", "dossier source add somebody --title TITLE")
    try refused(
      .fbi("fear", "yes") { $0.source = "FBI" }, .badSlug, "\"FBI\" is not a valid short name",
      "such as \"fbi\"")
  }

  @Test("for a predicate that is not defined, with the nearest one")
  func unknownPredicate() throws {
    try refused(
      .fbi("birth.dat", "1919"), .unknownPredicate, "there is no predicate \"birth.dat\"",
      "Did you mean \"birth.date\"?")
    try refused(
      .fbi("shoe-size", "42"), .unknownPredicate, "there is no predicate \"shoe-size\"", "dossier")
  }

  @Test("that links a case to itself")
  func linkToItself() throws {
    try refused(
      .fbi("linked-case", "gouzenko"), .badValue,
      "linked-case of gouzenko cannot be gouzenko itself", "Name the other case")
  }

  @Test("on a case that is not there or closed")
  func noCase() throws {
    try refused(
      .birth, on: "gouzenk", .unknownCase, "there is no case \"gouzenk\"",
      "Did you mean \"gouzenko\"?")
    try refused(
      .birth, on: "nobody", .unknownCase, "there is no case \"nobody\"", "dossier case list")
    try given(CloseCase("gouzenko", reason: "done")).when(RecordClaim("gouzenko", .birth)).refused(
      .caseClosed, "the case gouzenko is closed", "dossier case reopen gouzenko -m REASON")
  }

  @Test("without a value", arguments: [nil, "", " "])
  func noValue(_ value: String?) throws {
    try refused(
      .fbi("birth.date", value), .missingValue, "the value of birth.date is missing", "--unknown")
  }

  @Test("for a date that is none, with the nearest one")
  func badDate() throws {
    try refused(
      .fbi("birth.date", "early 1928"), .badDate,
      "birth.date: \"early 1928\" is not a date in EDTF: "
        + TestDates.complaint("early 1928"), "Keep the wording with --as-written.")
    try refused(
      .fbi("birth.date", "no idea"), .badDate,
      "birth.date: \"no idea\" is not a date in EDTF: " + TestDates.complaint("no idea"),
      "Write 1937, 1937-07 or 1937-07-16")
  }

  @Test("for a number that is none", arguments: ["", "1,5", "1.", ".5", "1e3", "+1", "--1", "１"])
  func badNumber(_ text: String) throws {
    if text.isEmpty {
      try refused(.fbi("age", text), .missingValue, "the value of age is missing", "Give it")
    } else {
      try refused(
        .fbi("age", text), .badValue, "age: \"\(text)\" is not a number", "such as 14 or 2.5")
    }
  }

  @Test("for anything but yes and no")
  func badBoolean() throws {
    try refused(
      .fbi("fear", "maybe"), .badValue, "fear: \"maybe\" is neither yes nor no",
      "Write yes or no.")
  }

  @Test("for a term that is not in the list, with the nearest one")
  func badTerm() throws {
    try refused(
      .fbi("recall.ordered", "order"), .badValue,
      "recall.ordered: \"order\" is not one of ordered, summoned", "Did you mean \"ordered\"?")
    try refused(
      .fbi("recall.ordered", "x"), .badValue,
      "recall.ordered: \"x\" is not one of ordered, summoned", "Take one of them.")
  }

  @Test("for a case or a work that is not there")
  func badPointer() throws {
    try refused(
      .fbi("linked-case", "nobody"), .unknownCase, "there is no case \"nobody\"", "case list")
    try refused(
      .fbi("linked-case", "Alexander Orlov"), .badSlug,
      "\"Alexander Orlov\" is not a valid short name", "alexander-orlov")
    try refused(
      .fbi("publication", "memoirs"), .unknownSource, "there is no source \"memoirs\"",
      "Did you mean \"memoir\"?")
  }

  @Test("with a qualifier that the predicate does not declare, or a value that does not fit")
  func badQualifier() throws {
    func recall(_ qualifiers: [String: String]) -> ClaimDraft {
      .fbi("recall.ordered", "ordered") { $0.qualifiers = qualifiers }
    }
    try refused(
      recall(["dat": "1944"]), .badQualifier, "recall.ordered has no qualifier \"dat\"",
      "Did you mean \"date\"?")
    try refused(
      recall(["x": "1944"]), .badQualifier, "recall.ordered has no qualifier \"x\"",
      "It takes date, outcome, witness, note.")
    try refused(
      .fbi("fear", "yes") { $0.qualifiers = ["date": "1944"] }, .badQualifier,
      "fear has no qualifier \"date\"", "It takes none.")
    try refused(
      recall(["date": " "]), .missingValue, "the value of recall.ordered, date is missing",
      "--with date=VALUE")
    try refused(
      recall(["outcome": "delayed"]), .badValue,
      "recall.ordered, outcome: \"delayed\" is not one of cancelled, evaded", "")
    try refused(
      recall(["witness": "nobody"]), .unknownCase, "there is no case \"nobody\"", "")
    #expect(try given(RecordClaim("orlov", recall(["note": "any-word"]))).facts.count > 0)
  }

  @Test("when it credits somebody for what the source asserts itself")
  func creditedAssertion() throws {
    try refused(
      .fbi("fear", "yes") { $0.saidBy = "Orlov" }, .badField,
      "a claim that the source asserts itself credits nobody", "--reports, --doubts or --denies")
  }

  @Test("when a text is too long or holds a NUL")
  func badText() throws {
    try refused(
      .fbi("fear", "yes") { $0.quote = String(repeating: "é", count: 32_769) }, .badField,
      "the quote is 65538 bytes long; the limit is 65536", "record what matters")
    try refused(
      .fbi("fear", "yes") { $0.hedge = "a\u{0}b" }, .badField,
      "the hedge contains a NUL character", "Remove it.")
    #expect(
      try given(
        RecordClaim(
          "orlov", .fbi("fear", "yes") { $0.quote = String(repeating: "x", count: 65_536) })
      )
      .state.cases["orlov"]?.claims.count == 1)
  }

  @Test("when the same was claimed before, naming the first")
  func sameClaim() throws {
    try given(RecordClaim("gouzenko", .birth)).when(RecordClaim("gouzenko", .birth)).refused(
      .sameClaim, "gouzenko/c1 already says exactly that", "Nothing needs to be done.")
    try given(RecordClaim("gouzenko", .birth), WithdrawClaim("gouzenko/c1", reason: "why"))
      .when(RecordClaim("gouzenko", .birth)).refused(
        .sameClaim, "gouzenko/c1 said exactly that and was withdrawn",
        "dossier claim reinstate gouzenko/c1 -m REASON")
  }
}
