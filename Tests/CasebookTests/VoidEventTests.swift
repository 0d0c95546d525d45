import Casebook
import Testing

@Suite("Setting an event aside") struct VoidEventTests {
  @Test("an event is set aside by its position, with a reason")
  func voided() throws {
    try given().when(VoidEvent(14, reason: "unreadable")).then(
      .eventVoided(position: 14, reason: "unreadable"), on: World.casebook, as: "@14")
    #expect(
      try given(VoidEvent(14, reason: "unreadable")).state.register?.voided == [14: "unreadable"])
  }

  @Test("once, for a reason, never the first one and never one that sets another aside")
  func guards() throws {
    let void = VoidEvent(14, reason: "unreadable")
    try given(void).when(void).refused(
      .nothingChanged, "the event @14 is already set aside", "Nothing needs to be done.")
    try given().when(VoidEvent(14, reason: " ")).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try given().when(VoidEvent(1, reason: "so")).refused(
      .notAllowed, "the first event of a casebook cannot be set aside", "create another one")
    for position: Int64 in [0, -4] {
      try given().when(VoidEvent(position, reason: "so")).refused(
        .unknownEvent, "there is no event @\(position)", "The first event is @1.")
    }
    let after = try given(void)
    let last = try #require(after.facts.last?.position)
    after.when(VoidEvent(last, reason: "so")).refused(
      .notAllowed, "@\(last) sets another event aside and cannot be set aside itself",
      "Record what should hold instead.")
  }
}
