import StrictJSON
import Testing

@Suite("Counts recorded from the command line")
struct TabulationCommandTests {
  private static let state =
    "tabulation state feared -s fbi-1955 -l 'p. i' --statement 'Fourteen feared.' "
    + "--among fbi-twenty"

  @Test("A count is stated, counted and withdrawn")
  func life() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let known = try await desk.json("tabulate fear-and-recall")["tabulations"]?[0]
      try await desk.done(
        "\(Self.state) --count 14 --criterion 'fear.for-safety = yes' --yes gouzenko --no orlov "
          + "-q 'fourteen of them'")
      let counted = try #require(try await desk.json("tabulate feared")["tabulations"]?[0])
      #expect(counted["stated"] == ["count": 14, "bound": "exactly"])
      #expect(counted["population"] == "fbi-twenty" && counted["source"] == "fbi-1955")
      #expect(counted["verdict"]?.stringValue != nil && counted["evidence"] != known?["evidence"])
      try await desk.done("tabulation withdraw tabulation/feared -m 'another edition'")
      try await desk.expect([
        .init("tabulation withdraw feared -m again", 65, "is withdrawn")
      ])
      #expect(try await desk.json("tabulate")["tabulations"]?.arrayValue?.count == 24)
      try await desk.done(
        "\(Self.state.replacing("feared", with: "most-feared")) --bound majority "
          + "--criterion 'fear.for-safety = yes'")
      let most = try await desk.json("tabulate most-feared")["tabulations"]?[0]
      #expect(most?["stated"]?["bound"] == "majority" && most?["stated"]?["count"] == nil)
    }
  }

  @Test("What cannot be a count is refused with what to do")
  func refusals() async throws {
    try await Sandbox.withBundledCasebook { desk in
      let known = "--criterion 'fear.for-safety = yes'"
      try await desk.expect([
        .init("\(Self.state) \(known)", 64, "the number is missing", "--bound"),
        .init("\(Self.state) \(known) --count many", 64, "many"),
        .init("\(Self.state) \(known) --bound exactly", 65, "needs a count"),
        .init("\(Self.state) \(known) --count 3 --yes orlov --no orlov", 65, "named twice"),
        .init("\(Self.state) --count 3 --criterion 'fear.for-safety is'", 65, "character"),
        .init("\(Self.state) --count 3 --criterion 'fear.for-safty = yes'", 65, "fear.for-safety"),
        .init(
          "\(Self.state.replacing("fbi-twenty", with: "orlov")) \(known) --count 3", 65,
          "not a group"),
        .init(
          "\(Self.state.replacing(" feared ", with: " fear-and-recall ")) \(known) --count 3", 65,
          "already a tabulation"),
        .init("tabulation withdraw nothing -m why", 66, "no tabulation"),
        .init("tabulation withdraw fear-and-recall", 65, "reason"),
      ])
    }
  }
}
