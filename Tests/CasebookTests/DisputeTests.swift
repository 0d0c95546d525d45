import Casebook
import Testing

@Suite("Disputes") struct DisputeTests {
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

  private func dispute(_ grounds: String? = "The passport says so", _ counter: ItemReference? = nil)
    -> DisputeClaim
  {
    DisputeClaim("gouzenko/c1", grounds: grounds, counter: counter)
  }

  @Test("an analyst disputes a claim, perhaps holding another against it")
  func raised() throws {
    for counter: ItemReference? in [nil, "gouzenko/c2", "barmine/c1"] {
      try world().when(dispute("The passport says so", counter)).then(
        .claimDisputed(
          1, DisputeContent(claim: 1, grounds: "The passport says so", counter: counter), nil),
        on: World.file("gouzenko"), as: "gouzenko/d1")
    }
  }

  @Test("the source's value is untouched")
  func untouched() throws {
    let before = try world()
    let after = try before.and(dispute())
    #expect(
      after.state.cases["gouzenko"]?.claims == before.state.cases["gouzenko"]?.claims)
    #expect(after.state.cases["gouzenko"]?.openDisputes(of: 1).map(\.number) == [1])
    #expect(after.state.cases["gouzenko"]?.openDisputes(of: 2) == [])
  }

  @Test("the stream of a counter-claim elsewhere must not move meanwhile")
  func guarded() {
    #expect(dispute().guards == [])
    #expect(dispute("so", "gouzenko/c2").guards == [])
    #expect(dispute("so", "barmine/c1").guards == [World.file("barmine")])
    #expect(dispute("so", "barmine/c1").cases == ["gouzenko", "barmine"])
  }

  @Test("grounds are due", arguments: [nil, "", "  "])
  func grounds(_ grounds: String?) throws {
    try world().when(dispute(grounds)).refused(
      .missingReason, "the grounds are missing", "-m GROUNDS")
  }

  @Test("the claim and the counter-claim must be there and stand")
  func guards() throws {
    try world().when(DisputeClaim("gouzenko/c9", grounds: "so", counter: nil)).refused(
      .unknownClaim, "there is no claim gouzenko/c9", "The last one is gouzenko/c2")
    try world(WithdrawClaim("gouzenko/c1", reason: "why")).when(dispute()).refused(
      .claimWithdrawn, "gouzenko/c1 is withdrawn", "reinstate")
    try world().when(dispute("so", "gouzenko/c1")).refused(
      .badReference, "gouzenko/c1 cannot be held against itself", "Name another claim")
    try world().when(dispute("so", "barmine/c9")).refused(
      .unknownClaim, "there is no claim barmine/c9", "The last one is barmine/c1")
    try world().when(dispute("so", "barmine/n1")).refused(
      .unknownClaim, "there is no claim barmine/n1", "The last one is barmine/c1")
    try world().when(dispute("so", "nobody/c1")).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
    try world(WithdrawClaim("barmine/c1", reason: "why")).when(dispute("so", "barmine/c1")).refused(
      .claimWithdrawn, "barmine/c1 is withdrawn", "dossier claim reinstate barmine/c1")
    try world(CloseCase("gouzenko", reason: "done")).when(dispute()).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
    // A closed case can still be pointed to.
    #expect(
      try world(CloseCase("barmine", reason: "done"), dispute("so", "barmine/c1"))
        .state.cases["gouzenko"]?.disputes.count == 1)
  }

  @Test("the same dispute is not raised twice while it is open")
  func twice() throws {
    try world(dispute()).when(dispute()).refused(
      .nothingChanged, "gouzenko/c1 is already disputed on these grounds",
      "Nothing needs to be done.")
    #expect(
      try world(dispute(), dispute("Other grounds")).state.cases["gouzenko"]?.disputes.count == 2)
    #expect(
      try world(dispute(), ResolveDispute("gouzenko/d1", resolution: "no"), dispute())
        .state.cases["gouzenko"]?.disputes.keys.sorted() == [1, 2])
  }

  @Test("a dispute ends with what came of it")
  func resolved() throws {
    try world(dispute()).when(ResolveDispute("gouzenko/d1", resolution: "A slip")).then(
      .disputeResolved(1, resolution: "A slip"), on: World.file("gouzenko"), as: "gouzenko/d1")
    let after = try world(dispute(), ResolveDispute("gouzenko/d1", resolution: "A slip"))
    #expect(after.state.cases["gouzenko"]?.disputes[1]?.isOpen == false)
    #expect(after.state.cases["gouzenko"]?.openDisputes(of: 1) == [])
  }

  @Test("it ends once, with words, and must be there")
  func resolutionGuards() throws {
    let again = ResolveDispute("gouzenko/d1", resolution: "again")
    try world(dispute(), again).when(again).refused(
      .alreadyResolved, "gouzenko/d1 is already resolved", "Nothing needs to be done.")
    try world(dispute()).when(ResolveDispute("gouzenko/d1", resolution: " ")).refused(
      .missingReason, "the resolution is missing", "-m TEXT")
    try world().when(again).refused(
      .unknownDispute, "there is no dispute gouzenko/d1", "It has none yet.")
    try world(dispute()).when(ResolveDispute("gouzenko/c1", resolution: "so")).refused(
      .unknownDispute, "gouzenko/c1 is a claim, not a dispute",
      "Name its open dispute: gouzenko/d1.")
    try world(dispute()).when(ResolveDispute("gouzenko/d9", resolution: "so")).refused(
      .unknownDispute, "there is no dispute gouzenko/d9",
      "The last one is gouzenko/d1; see: dossier case show gouzenko")
    try world(dispute(), CloseCase("gouzenko", reason: "done")).when(again).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
  }
}
