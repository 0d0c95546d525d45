import Testing

@testable import Casebook

@Suite("Sets of positions")
struct PositionSetTests {
  @Test(
    "reach back from each of them as far as they may, and no further",
    arguments: [0, 1, 2, 12, 31, 62, 63, 64, 65, 127, 128, 129, 500])
  func reached(_ distance: Int) {
    var random = SplitMix64(seed: UInt64(distance))
    for density in [1, 2, 5, 60, 300, 5_000] {
      let last = Int.random(in: 1...1_500, using: &random)
      let positions = (0...last).filter { _ in Int.random(in: 1...density, using: &random) == 1 }
      var occurrences = Occurrences()
      for position in positions { occurrences.append(position) }
      var set = PositionSet(upTo: last)
      set.formUnion(occurrences)

      let reached = set.reached(within: distance)

      let expected = (0...last).filter { from in
        positions.contains { (from...from + distance).contains($0) }
      }
      #expect(reached.prefix(last + 1).filter { $0 <= last } == expected)
    }
  }
}
