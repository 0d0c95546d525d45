import Casebook
import StrictJSON
import Testing

@Suite("Conclusions") struct ConclusionTests {
  private static let claims = [
    RecordClaim("gouzenko", .birth), RecordClaim("gouzenko", .riehle("birth.date", "1919-01-26")),
    RecordClaim("barmine", .birth),
  ]

  private func world(_ commands: any Command...) throws -> Given {
    var world = try given()
    for claim in Self.claims { try world.perform(claim) }
    for command in commands { try world.perform(command) }
    return world
  }

  private func draft(
    _ value: String? = "1919-01-26", on grounds: [ItemReference] = ["gouzenko/c1", "gouzenko/c2"],
    basis: String? = "The passport", _ change: (inout ConclusionDraft) -> Void = { _ in }
  ) -> ConclusionDraft {
    var draft = ConclusionDraft(
      ClaimDraft(predicate: "birth.date", value: value), on: grounds, basis: basis)
    change(&draft)
    return draft
  }

  private func conclude(_ draft: ConclusionDraft) -> DrawConclusion {
    DrawConclusion("gouzenko", draft)
  }

  private func revise(
    _ reason: String? = "looked again", _ change: (inout ConclusionEdit) -> Void = { _ in }
  ) -> ReviseConclusion {
    var edit = ConclusionEdit()
    change(&edit)
    return ReviseConclusion("gouzenko/k1", edit, reason: reason)
  }

  private static let content = ConclusionContent(
    predicate: "birth.date", assertion: .value(.date("1919-01-26")), isNegative: false,
    qualifiers: [:], grounds: ["gouzenko/c1", "gouzenko/c2"], basis: "The passport",
    likelihood: .likely, confidence: .low)

  // MARK: Drawing

  @Test("an analyst adopts a value, with likelihood and confidence apart")
  func drawn() throws {
    let full = draft {
      $0.likelihood = .likely
      $0.confidence = .low
    }
    try world().when(conclude(full)).then(
      .conclusionDrawn(1, Self.content, nil), on: World.file("gouzenko"), as: "gouzenko/k1")
    var second = Self.content
    second.assertion = .unknown
    second.likelihood = nil
    second.confidence = nil
    try world(conclude(full)).when(
      conclude(draft(nil) { $0.adopted.state = .unknown })
    ).then(.conclusionDrawn(2, second, nil), on: World.file("gouzenko"), as: "gouzenko/k2")
  }

  @Test("the claims stay as they are")
  func untouched() throws {
    let before = try world()
    let after = try before.and(conclude(draft()))
    #expect(after.state.cases["gouzenko"]?.claims == before.state.cases["gouzenko"]?.claims)
    #expect(after.state.cases["gouzenko"]?.standingConclusions.map(\.number) == [1])
  }

  @Test("a claim named twice counts once; those of another case keep their stream from moving")
  func grounds() throws {
    var content = Self.content
    content.grounds = ["gouzenko/c1", "barmine/c1"]
    content.likelihood = nil
    content.confidence = nil
    let command = conclude(draft(on: ["gouzenko/c1", "barmine/c1", "gouzenko/c1"]))
    try world().when(command).then(
      .conclusionDrawn(1, content, nil), on: World.file("gouzenko"), as: "gouzenko/k1")
    #expect(command.cases.isSuperset(of: ["gouzenko", "barmine"]))
    #expect(command.guards == [World.file("barmine")])
    #expect(conclude(draft()).guards == [])
  }

  @Test("it names claims that stand, at least one, and a basis")
  func guards() throws {
    func refused(
      _ draft: ConclusionDraft, _ rule: Refusal.Rule, _ message: String, _ remedy: String,
      after commands: any Command...
    ) throws {
      var given = try world()
      for command in commands { try given.perform(command) }
      given.when(conclude(draft)).refused(rule, message, remedy)
    }
    try refused(
      draft(on: []), .missingGrounds, "a conclusion rests on claims, and none is named",
      "--on gouzenko/c1")
    try refused(
      draft(on: ["gouzenko/c9"]), .unknownClaim, "there is no claim gouzenko/c9",
      "The last one is gouzenko/c2")
    try refused(
      draft(on: ["gouzenko/d1"]), .unknownClaim, "there is no claim gouzenko/d1", "gouzenko/c2")
    try refused(
      draft(on: ["nobody/c1"]), .unknownCase, "there is no case \"nobody\"", "dossier case list")
    try refused(
      draft(), .claimWithdrawn, "gouzenko/c2 is withdrawn", "reinstate gouzenko/c2",
      after: WithdrawClaim("gouzenko/c2", reason: "so"))
    for basis in [nil, "", " "] {
      try refused(draft(basis: basis), .missingReason, "the basis is missing", "-m BASIS")
    }
    try refused(
      draft(), .caseClosed, "the case gouzenko is closed", "reopen",
      after: CloseCase("gouzenko", reason: "done"))
    try refused(
      draft(), .nothingChanged, "gouzenko/k1 already concludes exactly that",
      "dossier conclusion revise gouzenko/k1", after: conclude(draft()))
  }

  @Test("what is adopted is read as a claim's value is")
  func values() throws {
    let predicate = try given()
    predicate.when(conclude(draft { $0.adopted.predicate = "birthday" })).refused(
      .unknownPredicate, "there is no predicate \"birthday\"", "birth.date")
    try world().when(conclude(draft("early 1919"))).refused(
      .badDate,
      "birth.date: \"early 1919\" is not a date in EDTF: "
        + TestDates.complaint("early 1919"), "--as-written")
    try world().when(conclude(draft(nil))).refused(
      .missingValue, "the value of birth.date is missing", "--unknown")
    try world().when(conclude(draft { $0.adopted.qualifiers = ["stage": "left"] })).refused(
      .badQualifier, "birth.date has no qualifier \"stage\"", "It takes none.")
    try world().when(
      conclude(
        draft(nil) {
          $0.adopted.state = .unknown
          $0.adopted.isNegative = true
        })
    ).refused(
      .badValue, "birth.date: only a value can be denied, not the state unknown",
      "Give the value that it was not")
  }

  // MARK: Revising and withdrawing

  @Test("a revision keeps what it does not name")
  func revised() throws {
    try world(conclude(draft { $0.likelihood = .likely })).when(
      revise {
        $0.grounds = ["gouzenko/c2"]
        $0.likelihood = .some(nil)
        $0.confidence = .some(.high)
      }
    ).then(
      .conclusionRevised(
        1,
        .revision(
          reason: "looked again",
          changes: ["on": ["gouzenko/c2"], "confidence": "high", "likelihood": .null])),
      on: World.file("gouzenko"), as: "gouzenko/k1")
    let after = try world(
      conclude(draft()),
      revise { $0.adopted = ClaimDraft(predicate: "", value: "1919-01-13") })
    let conclusion = try #require(after.state.cases["gouzenko"]?.conclusions[1])
    #expect(conclusion.content.assertion == .value(.date("1919-01-13")))
    #expect(conclusion.content.basis == "The passport" && conclusion.revision == 2)
  }

  @Test("a revision changes something, says why, and must find the conclusion standing")
  func revisionGuards() throws {
    try world(conclude(draft())).when(revise()).refused(
      .nothingChanged, "gouzenko/k1 already says that, and its ground has not moved", "--on")
    try world(conclude(draft())).when(revise(" ")).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try world().when(revise()).refused(
      .unknownConclusion, "there is no conclusion gouzenko/k1", "It has none yet.")
    let withdrawn = try world(
      conclude(draft()), WithdrawConclusion("gouzenko/k1", reason: "so"))
    withdrawn.when(revise()).refused(
      .alreadyWithdrawn, "gouzenko/k1 is withdrawn", "dossier conclude gouzenko birth.date")
    withdrawn.when(WithdrawConclusion("gouzenko/k1", reason: "so")).refused(
      .alreadyWithdrawn, "gouzenko/k1 is withdrawn", "Draw it anew")
    try world(conclude(draft()), WithdrawClaim("gouzenko/c1", reason: "so")).when(revise()).refused(
      .claimWithdrawn, "gouzenko/c1 is withdrawn", "reinstate")
    try world(conclude(draft()), CloseCase("gouzenko", reason: "done")).when(revise()).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
  }

  @Test("a withdrawn one no longer stands")
  func withdrawn() throws {
    try world(conclude(draft())).when(WithdrawConclusion("gouzenko/k1", reason: "so")).then(
      .conclusionWithdrawn(1, reason: "so"), on: World.file("gouzenko"), as: "gouzenko/k1")
    try world(conclude(draft())).when(WithdrawConclusion("gouzenko/k1", reason: nil)).refused(
      .missingReason, "the reason is missing", "-m REASON")
    let after = try world(conclude(draft()), WithdrawConclusion("gouzenko/k1", reason: "so"))
    #expect(after.state.cases["gouzenko"]?.standingConclusions == [])
    try after.when(conclude(draft())).then(
      .conclusionDrawn(
        2, try #require(after.state.cases["gouzenko"]?.conclusions[1]?.content), nil),
      on: World.file("gouzenko"), as: "gouzenko/k2")
  }

  // MARK: Staleness

  private static let moves: [(move: [any Command], MovedGround.Move)] = [
    (
      [
        CorrectClaim(
          "gouzenko/c1", ClaimEdit(fields: [.locator: "p. 42"]), kind: .locator, reason: "so")
      ], .corrected
    ),
    ([WithdrawClaim("gouzenko/c1", reason: "so")], .withdrawn),
    (
      [WithdrawClaim("gouzenko/c1", reason: "so"), ReinstateClaim("gouzenko/c1", reason: "so")],
      .reinstated
    ),
    ([DisputeClaim("gouzenko/c1", grounds: "so", counter: nil)], .disputed),
  ]

  @Test(
    "a conclusion is stale when its ground moves after it, not before", arguments: moves.indices)
  func stale(_ index: Int) throws {
    let (commands, move) = Self.moves[index]
    func moved(_ given: Given) throws -> [MovedGround] {
      let file = try #require(given.state.cases["gouzenko"])
      return try #require(file.conclusions[1]).movedGrounds(in: file, and: [:])
    }
    var after = try world(conclude(draft()))
    #expect(try moved(after) == [])
    for command in commands { try after.perform(command) }
    let found = try moved(after)
    #expect(found.map(\.claim) == ["gouzenko/c1"] && found.map(\.move) == [move])
    #expect(found.first?.position == after.facts.last?.position)
    if move != .withdrawn {
      let again = try after.and(revise())
      #expect(try moved(again) == [])
      var before = try world()
      for command in commands { try before.perform(command) }
      #expect(try moved(before.and(conclude(draft()))) == [])
    }
  }

  @Test("what becomes of other claims, or of a withdrawn conclusion, makes nothing stale")
  func fresh() throws {
    let other = try world(
      conclude(draft(on: ["gouzenko/c2"])), WithdrawClaim("gouzenko/c1", reason: "so"),
      RecordClaim("gouzenko", .fbi("birth.date", "1920")))
    let gone = try world(
      conclude(draft()), WithdrawConclusion("gouzenko/k1", reason: "so"),
      WithdrawClaim("gouzenko/c1", reason: "so"))
    for given in [other, gone] {
      let file = try #require(given.state.cases["gouzenko"])
      #expect(file.conclusions[1]?.movedGrounds(in: file, and: given.state.cases) == [])
    }
  }

  @Test("a ground in another case moves it where that case is known")
  func elsewhere() throws {
    let given = try world(
      conclude(draft(on: ["barmine/c1"])), WithdrawClaim("barmine/c1", reason: "so"))
    let file = try #require(given.state.cases["gouzenko"])
    let conclusion = try #require(file.conclusions[1])
    #expect(conclusion.movedGrounds(in: file, and: given.state.cases).map(\.move) == [.withdrawn])
    #expect(conclusion.movedGrounds(in: file, and: [:]) == [])
  }

  // MARK: Voices

  @Test("it is an analyst's, heard only with all the claims it rests on")
  func voices() throws {
    let given = try world(
      conclude(draft()), conclude(draft(on: ["gouzenko/c2"])),
      conclude(draft("1919", on: ["barmine/c1"])))
    func heard(_ voices: Voices) throws -> [Int]? {
      try given.fold(hearing: voices).cases["gouzenko"]?.conclusions.keys.sorted()
    }
    #expect(try heard(.all) == [1, 2, 3])
    #expect(try heard(Voices(sources: ["riehle-2020"], includesAnalysts: true)) == [2])
    #expect(try heard(Voices(sources: ["riehle-2020"], includesAnalysts: false)) == [])
    #expect(try heard(Voices(sources: nil, includesAnalysts: false)) == [])
  }

  @Test("one that comes to rest on a claim not heard is not heard any more, nor what follows")
  func revisedVoices() throws {
    let given = try world(
      conclude(draft(on: ["gouzenko/c2"])), revise { $0.grounds = ["gouzenko/c1"] },
      revise { $0.grounds = ["gouzenko/c2"] })
    let state = try given.fold(hearing: Voices(sources: ["riehle-2020"], includesAnalysts: true))
    #expect(state.cases["gouzenko"]?.conclusions == [:])
    #expect(given.state.cases["gouzenko"]?.conclusions[1]?.revision == 3)
  }

  @Test("it can be annotated")
  func annotated() throws {
    let note = AddAnnotation(
      AnnotationContent(target: "gouzenko/k1", text: "x", motivation: nil, tags: []))
    #expect(
      try world(conclude(draft()), note).state.cases["gouzenko"]?.annotations[1] != nil)
    try world().when(note).refused(
      .unknownConclusion, "there is no conclusion gouzenko/k1", "It has none yet.")
  }

  @Test("the terms of ICD 203 are read as the standard writes them")
  func terms() {
    #expect(Likelihood(words: "Very likely") == .veryLikely)
    #expect(Likelihood(words: "remote") == .almostNoChance)
    #expect(Likelihood(words: "roughly even chance") == .roughlyEven)
    #expect(Likelihood(words: "nearly certain") == .almostCertain)
    #expect(Likelihood(words: "maybe") == nil)
    #expect(Likelihood.allCases.allSatisfy { Likelihood(words: $0.inWords) == $0 })
    for (lower, upper) in zip(Likelihood.allCases, Likelihood.allCases.dropFirst()) {
      #expect(lower.percent.upperBound == upper.percent.lowerBound)
    }
  }
}
