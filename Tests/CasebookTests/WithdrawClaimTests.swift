import Casebook
import Testing

@Suite("Withdrawing and reinstating a claim") struct WithdrawClaimTests {
  private let withdraw = WithdrawClaim("gouzenko/c1", reason: "it is on page 43")
  private let reinstate = ReinstateClaim("gouzenko/c1", reason: "it is here too")

  @Test("it is withdrawn and reinstated in the voice of its source")
  func there() throws {
    try given(RecordClaim("gouzenko", .birth)).when(withdraw).then(
      .claimWithdrawn(1, reason: "it is on page 43"), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/c1")
    try given(RecordClaim("gouzenko", .birth), withdraw).when(reinstate).then(
      .claimReinstated(1, reason: "it is here too"), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/c1")
  }

  @Test("nothing happens twice")
  func twice() throws {
    try given(RecordClaim("gouzenko", .birth), withdraw).when(withdraw).refused(
      .alreadyWithdrawn, "gouzenko/c1 is already withdrawn", "Nothing needs to be done.")
    try given(RecordClaim("gouzenko", .birth)).when(reinstate).refused(
      .claimCurrent, "gouzenko/c1 was not withdrawn", "Nothing needs to be done.")
  }

  @Test("a reason is due", arguments: [nil, "", " "])
  func reason(_ reason: String?) throws {
    try given(RecordClaim("gouzenko", .birth))
      .when(WithdrawClaim("gouzenko/c1", reason: reason)).refused(
        .missingReason, "the reason is missing", "-m REASON")
    try given(RecordClaim("gouzenko", .birth), withdraw)
      .when(ReinstateClaim("gouzenko/c1", reason: reason)).refused(
        .missingReason, "the reason is missing", "-m REASON")
  }

  @Test("the claim must be there and its case open")
  func guards() throws {
    try given().when(withdraw).refused(
      .unknownClaim, "there is no claim gouzenko/c1", "It has none yet.")
    try given().when(reinstate).refused(
      .unknownClaim, "there is no claim gouzenko/c1", "It has none yet.")
    let closed = try given(RecordClaim("gouzenko", .birth), CloseCase("gouzenko", reason: "done"))
    closed.when(withdraw).refused(.caseClosed, "the case gouzenko is closed", "reopen")
    closed.when(reinstate).refused(.caseClosed, "the case gouzenko is closed", "reopen")
  }

  @Test("what was withdrawn stays and stands again as it was, corrections included")
  func stays() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth),
      CorrectClaim(
        "gouzenko/c1", ClaimEdit(fields: [.locator: "p. 43"]), kind: .locator, reason: "so"),
      withdraw)
    var claim = try #require(given.state.cases["gouzenko"]?.claims[1])
    #expect(claim.status == .withdrawn)
    #expect(claim.revision == 2)
    #expect(claim.content.locator == "p. 43")
    #expect(given.state.cases["gouzenko"]?.sources == [])
    claim = try #require(given.and(reinstate).state.cases["gouzenko"]?.claims[1])
    #expect(claim.status == .current)
    #expect(claim.content.locator == "p. 43")
    #expect(claim.recorded.position < claim.changed.position)
  }
}
