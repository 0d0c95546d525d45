import Casebook
import StrictJSON
import Testing

@Suite("Correcting a claim") struct CorrectClaimTests {
  private static let recall = RecordClaim(
    "gouzenko",
    .fbi("recall.ordered", "ordered") {
      $0.hedge = "apparently"
      $0.qualifiers = ["date": "1944", "witness": "barmine"]
      $0.stance = .reports
      $0.saidBy = "orlov"
    })

  private func correct(
    _ fields: [ClaimEdit.Field: String?], _ qualifiers: [String: String?] = [:],
    reason: String? = "misread"
  ) -> CorrectClaim {
    CorrectClaim(
      "gouzenko/c1", ClaimEdit(fields: fields, qualifiers: qualifiers), kind: .transcription,
      reason: reason)
  }

  private func corrected(
    _ fields: [ClaimEdit.Field: String?], with qualifiers: [String: String?] = [:],
    _ changes: JSONObject, at location: SourceLocation = #_sourceLocation
  ) throws {
    try given(Self.recall).when(correct(fields, qualifiers)).then(
      .claimCorrected(1, .revision(.transcription, reason: "misread", changes: changes)),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1", at: location)
  }

  @Test("only what changed is stored: new values, and null for what is taken away")
  func changes() throws {
    try corrected([.value: "summoned"], ["value": ["term": "summoned"]])
    try corrected(
      [.locator: "p. 42", .hedge: nil, .quote: "so"],
      ["locator": "p. 42", "quote": "so", "hedge": .null])
    try corrected([.polarity: "negative"], ["polarity": "negative"])
    try corrected([.state: "unknown"], ["state": "unknown", "value": .null])
    try corrected([.stance: "asserts"], ["attribution": ["stance": "asserts"]])
    try corrected([.stance: nil], ["attribution": ["stance": "asserts"]])
    try corrected(
      [.stance: "denies"], ["attribution": ["stance": "denies", "saidBy": ["case": "orlov"]]])
    try corrected(
      [.saidBy: "memoir"], ["attribution": ["stance": "reports", "saidBy": ["source": "memoir"]]])
    try corrected([.saidBy: nil], ["attribution": ["stance": "reports"]])
    try corrected(
      [:], with: ["date": "1944-09", "witness": nil, "outcome": "evaded"],
      ["qualifiers": ["date": ["date": "1944-09"], "outcome": ["term": "evaded"]]])
    try corrected(
      [.predicate: "statement"], with: ["date": nil, "witness": nil],
      ["predicate": "statement", "value": ["text": "ordered"], "qualifiers": [:]])
  }

  @Test("a new value ends another state, and a state takes its value away")
  func states() throws {
    let unknown = RecordClaim("gouzenko", .fbi("birth.date", nil) { $0.state = .unknown })
    try given(unknown).when(correct([.value: "1919"])).then(
      .claimCorrected(
        1,
        .revision(
          .transcription, reason: "misread",
          changes: ["state": "value", "value": ["date": "1919"]])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
    try given(unknown).when(correct([.state: "value"])).refused(
      .missingValue, "the value of birth.date is missing", "Give it")
    try given(unknown).when(correct([.state: "novalue", .value: "1919"])).refused(
      .badValue, "birth.date has both a value and the state novalue", "Give one of them.")
    try given(RecordClaim("gouzenko", .fbi("fear", "yes") { $0.isNegative = true }))
      .when(correct([.state: "unknown"])).refused(
        .badValue, "fear: only a value can be denied, not the state unknown", "polarity positive")
  }

  @Test("cases that a claim names and a correction leaves alone need not be loaded")
  func notLoaded() throws {
    var given = try given(
      Self.recall, RecordClaim("gouzenko", .fbi("linked-case", "barmine")),
      RecordClaim("gouzenko", .fbi("group.member", "orlov")))
    // A store loads the cases that a command names, no others.
    given = try given.without("barmine").without("orlov")
    try given.when(correct([.locator: "p. 42"])).then(
      .claimCorrected(
        1, .revision(.transcription, reason: "misread", changes: ["locator": "p. 42"])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
    // Another predicate of the same type keeps the value too.
    let moved = CorrectClaim(
      "gouzenko/c2", ClaimEdit(fields: [.predicate: "group.member"]), kind: .interpretation,
      reason: "misread")
    try given.when(moved).then(
      .claimCorrected(
        2, .revision(.interpretation, reason: "misread", changes: ["predicate": "group.member"])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c2")
  }

  @Test("a predicate whose type the value does not fit needs a new value")
  func predicateOfAnotherType() throws {
    let place = RecordClaim("gouzenko", .fbi("birth.place", "barmine"))
    try given(place).when(correct([.predicate: "birth.date"])).refused(
      .badDate,
      "birth.date: \"barmine\" is not a date in EDTF: \(TestDates.complaint("barmine"))", "1937")
    try given(place).when(correct([.predicate: "linked-case"])).refused(
      .badValue, "linked-case needs a case where birth.place has place \"barmine\"",
      "Give the case as the new value.")
    try given(place).when(correct([.predicate: "linked-case", .value: "barmine"])).then(
      .claimCorrected(
        1,
        .revision(
          .transcription, reason: "misread",
          changes: ["predicate": "linked-case", "value": ["case": "barmine"]])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
    try given(Self.recall).when(correct([.predicate: "fear", .value: "yes"])).refused(
      .badQualifier, "fear has no qualifier \"date\"", "It takes none.")
  }

  @Test("a term or a qualifier that has left the vocabulary stays where it was")
  func narrowedVocabulary() throws {
    var narrow = World.vocabulary[World.vocabulary.count - 1]
    narrow.terms = [.init(id: "summoned")]
    narrow.qualifiers = []
    let given = try given(Self.recall, RevisePredicate(narrow, reason: "unused"))
    try given.when(correct([.locator: "p. 42"])).then(
      .claimCorrected(
        1, .revision(.transcription, reason: "misread", changes: ["locator": "p. 42"])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
    given.when(correct([.value: "ordered", .locator: "p. 42"])).refused(
      .badValue, "recall.ordered: \"ordered\" is not one of summoned", "Take one of them.")
  }

  @Test("words can become the case they meant, once it is open")
  func credit() throws {
    let given = try given(
      RecordClaim(
        "gouzenko",
        .fbi("fear", "yes") {
          $0.stance = .reports
          $0.saidBy = "petrov"
        }),
      OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil)))
    try given.when(correct([.saidBy: "petrov"])).then(
      .claimCorrected(
        1,
        .revision(
          .transcription, reason: "misread",
          changes: ["attribution": ["stance": "reports", "saidBy": ["case": "petrov"]]])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
  }

  @Test("a composed accent can become a decomposed one")
  func accents() throws {
    let given = try given(RecordClaim("gouzenko", .fbi("alias", "Orl\u{E9}v")))
    try given.when(correct([.value: "Orle\u{301}v"])).then(
      .claimCorrected(
        1,
        .revision(
          .transcription, reason: "misread", changes: ["value": ["name": "Orle\u{301}v"]])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
  }

  @Test(
    "it is refused when nothing changes",
    arguments: [
      [:], [.value: "ordered"], [.hedge: "apparently"], [.quote: nil], [.state: "value"],
      [.stance: "reports"], [.polarity: nil], [.asWritten: "  "],
    ] as [[ClaimEdit.Field: String?]])
  func nothingChanged(_ fields: [ClaimEdit.Field: String?]) throws {
    try given(Self.recall).when(correct(fields)).refused(
      .nothingChanged, "gouzenko/c1 already says that", "Name a field to change")
  }

  @Test(
    "it is refused without a reason, and the way to a dispute is shown",
    arguments: [
      nil, "", " \t",
    ])
  func noReason(_ reason: String?) throws {
    try given(Self.recall).when(correct([.locator: "p. 42"], reason: reason)).refused(
      .missingReason, "the reason is missing", "dossier claim dispute gouzenko/c1 -m GROUNDS")
  }

  @Test("it is refused when a field that every claim has is taken away")
  func required() throws {
    try given(Self.recall).when(correct([.predicate: nil])).refused(
      .missingValue, "the predicate is missing", "Every claim has one.")
    try given(Self.recall).when(correct([.locator: nil])).refused(
      .missingLocator, "the locator is missing", "-l")
    try given(Self.recall).when(correct([.value: nil])).refused(
      .missingValue, "the value of recall.ordered is missing", "Give it")
  }

  @Test("it is refused when a choice is none")
  func choices() throws {
    try given(Self.recall).when(correct([.state: "none"])).refused(
      .badField, "\"none\" is not a state", "value, somevalue, novalue, unknown")
    try given(Self.recall).when(correct([.stance: "claims"])).refused(
      .badField, "\"claims\" is not a stance", "asserts, reports, doubts, denies")
    try given(Self.recall).when(correct([.polarity: "not"])).refused(
      .badField, "\"not\" is not a polarity", "positive, negative")
  }

  @Test("it is refused for a claim that is withdrawn, missing or on a closed case")
  func notStanding() throws {
    try given(Self.recall, WithdrawClaim("gouzenko/c1", reason: "why"))
      .when(correct([.locator: "p. 42"])).refused(
        .claimWithdrawn, "gouzenko/c1 is withdrawn",
        "dossier claim reinstate gouzenko/c1 -m REASON")
    try given().when(correct([.locator: "p. 42"])).refused(
      .unknownClaim, "there is no claim gouzenko/c1", "It has none yet.")
    try given(Self.recall).when(
      CorrectClaim("gouzenko/c7", ClaimEdit(), kind: .copy, reason: "why")
    ).refused(
      .unknownClaim, "there is no claim gouzenko/c7",
      "The last one is gouzenko/c1; see: dossier claim list --case gouzenko")
    try given(Self.recall).when(
      CorrectClaim("gouzenko/d1", ClaimEdit(), kind: .copy, reason: "why")
    ).refused(.unknownClaim, "there is no claim gouzenko/d1", "The last one is gouzenko/c1")
    try given(Self.recall, CloseCase("gouzenko", reason: "done"))
      .when(correct([.locator: "p. 42"])).refused(
        .caseClosed, "the case gouzenko is closed", "reopen")
  }

  @Test(
    "it is refused when another claim that stands says the same; a withdrawn one does not count")
  func sameClaim() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth), RecordClaim("gouzenko", .fbi("birth.date", "1919")))
    let command = CorrectClaim(
      "gouzenko/c2", ClaimEdit(fields: [.value: "1919-01-13"]), kind: .transcription, reason: "so")
    given.when(command).refused(
      .sameClaim, "gouzenko/c1 already says exactly that", "Nothing needs to be done.")
    let after = try given.and(WithdrawClaim("gouzenko/c1", reason: "twice"), command)
    after.when(ReinstateClaim("gouzenko/c1", reason: "no")).refused(
      .sameClaim, "gouzenko/c2 already says exactly that", "Nothing needs to be done.")
  }

  @Test("an import that changed nothing but the entry's form still says that it was here")
  func mark() throws {
    let given = try given(RecordClaim("gouzenko", .birth, mark: .init(id: "birth", digest: "01")))
    let again = CorrectClaim(
      "gouzenko/c1", ClaimEdit(), kind: .transcription, reason: "imported again",
      mark: .init(id: "birth", digest: "02"))
    try given.when(again).then(
      .claimCorrected(
        1,
        .revision(
          .transcription, reason: "imported again", changes: [:],
          mark: .init(id: "birth", digest: "02"))),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/c1")
    try given.and(again).when(again).refused(
      .nothingChanged, "gouzenko/c1 already says that", "Name a field")
  }
}
