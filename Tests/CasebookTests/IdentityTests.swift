import Casebook
import Testing

@Suite("Whether two cases are one") struct IdentityTests {
  private func judge(
    _ slug: Slug = "gouzenko", _ other: Slug = "barmine",
    _ judgement: IdentityContent.Judgement = .same, _ grounds: String? = "the same passport"
  ) -> JudgeIdentity {
    JudgeIdentity(slug, other, judgement, grounds: grounds)
  }

  private func content(
    _ other: Slug, _ judgement: IdentityContent.Judgement, _ grounds: String = "the same passport"
  ) -> IdentityContent {
    IdentityContent(other: other, judgement: judgement, grounds: grounds)
  }

  @Test("a judgement is recorded on both cases, and neither is touched")
  func judged() throws {
    for judgement in IdentityContent.Judgement.allCases {
      let decisions = try judge("gouzenko", "barmine", judgement).decide(on: given().state)
      #expect(decisions.map(\.stream) == [World.file("gouzenko"), World.file("barmine")])
      #expect(decisions.map(\.voice) == [nil, nil])
      #expect(
        decisions.map(\.event) == [
          .identityJudged(content("barmine", judgement), nil),
          .identityJudged(content("gouzenko", judgement), nil),
        ])
    }
    let before = try given(RecordClaim("gouzenko", .birth))
    let after = try before.and(judge())
    #expect(after.state.cases["gouzenko"]?.claims == before.state.cases["gouzenko"]?.claims)
    #expect(after.state.cases["barmine"]?.identities["gouzenko"]?.content.judgement == .same)
  }

  @Test("the last judgement counts")
  func reversible() throws {
    let state = try given(judge(), judge("barmine", "gouzenko", .different, "two passports")).state
    #expect(
      state.cases["gouzenko"]?.identities["barmine"]?.content
        == content("barmine", .different, "two passports"))
    #expect(state.casesJoined(with: "gouzenko") == ["gouzenko"])
  }

  @Test("it names two cases of one kind that are open, with grounds, and says something new")
  func guards() throws {
    try given().when(judge("gouzenko", "gouzenko")).refused(
      .badReference, "gouzenko is one with itself", "Name two cases.")
    try given().when(judge("gouzenko", "nobody")).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
    for judgement in [IdentityContent.Judgement.same, .unsure] {
      try given().when(judge("gouzenko", "fbi-twenty", judgement)).refused(
        .badValue,
        "gouzenko is a case of kind person and fbi-twenty of kind group: they cannot be one",
        "--different")
    }
    for grounds in [nil, "", " "] {
      try given().when(judge("gouzenko", "barmine", .same, grounds)).refused(
        .missingReason, "the grounds are missing", "-m GROUNDS")
    }
    for slug: Slug in ["gouzenko", "barmine"] {
      try given(CloseCase(slug, reason: "done")).when(judge()).refused(
        .caseClosed, "the case \(slug) is closed", "reopen")
    }
    try given(judge()).when(judge("barmine", "gouzenko")).refused(
      .nothingChanged, "barmine and gouzenko are already judged so, on these grounds",
      "Nothing needs to be done.")
    #expect(
      try given(judge(), judge("gouzenko", "barmine", .same, "and the same birth"))
        .state.cases["barmine"]?.identities["gouzenko"]?.content.grounds == "and the same birth")
  }

  @Test("cases that are one are found through others, but not against a judgement of their own")
  func joined() throws {
    let chain = try given(judge(), judge("barmine", "orlov"))
    for (slug, all): (Slug, [Slug]) in [
      ("gouzenko", ["gouzenko", "barmine", "orlov"]), ("orlov", ["orlov", "barmine", "gouzenko"]),
      ("fbi-twenty", ["fbi-twenty"]),
    ] {
      #expect(chain.state.casesJoined(with: slug) == all)
    }
    let broken = try chain.and(judge("orlov", "gouzenko", .different, "two graves"))
    #expect(broken.state.casesJoined(with: "gouzenko") == ["gouzenko", "barmine"])
    #expect(broken.state.casesJoined(with: "barmine") == ["barmine", "gouzenko", "orlov"])
    let unsure = try given(judge("gouzenko", "barmine", .unsure))
    #expect(unsure.state.casesJoined(with: "gouzenko") == ["gouzenko"])
  }

  @Test("it is an analyst's, not heard with one source alone")
  func voices() throws {
    let given = try given(judge())
    let alone = try given.fold(hearing: Voices(sources: ["memoir"], includesAnalysts: false))
    #expect(alone.cases["gouzenko"]?.identities == [:])
    #expect(alone.casesJoined(with: "gouzenko") == ["gouzenko"])
    let some = try given.fold(hearing: Voices(sources: ["memoir"], includesAnalysts: true))
    #expect(some.casesJoined(with: "gouzenko") == ["gouzenko", "barmine"])
  }

  @Test("undone, what was judged before counts again; without that, it cannot be told")
  func undone() throws {
    for (before, judgement, grounds) in [
      ([], IdentityContent.Judgement.unsure, "undone"),
      ([judge("gouzenko", "barmine", .different, "two graves")], .different, "two graves"),
    ] {
      var first = try given()
      for command in before { try first.perform(command) }
      let after = try first.and(judge())
      let commands = try Compensation(
        undoing: Array(after.facts[first.facts.count...]), before: first.state, now: after.state
      ).commands(reason: "undone")
      #expect(commands.count == 1)
      var undone = after
      for command in commands { try undone.perform(command) }
      #expect(
        undone.state.cases["barmine"]?.identities["gouzenko"]?.content
          == content("gouzenko", judgement, grounds))
    }
  }
}
