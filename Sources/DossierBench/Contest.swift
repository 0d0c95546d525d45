/// Two pieces of work that take turns, so that whatever else the machine does slows both alike.
enum Contest {
  /// How often each has its turn.
  static let rounds = 5

  /// The median times of both, in seconds, after a warm-up of one turn each. `settle` is done before every turn and
  /// not measured.
  static func medians(
    settle: () async throws -> Void = {},
    _ measured: () async throws -> Void, against baseline: () async throws -> Void
  ) async throws -> (measured: Double, baseline: Double) {
    try await measured()
    try await baseline()
    var times: (measured: [Double], baseline: [Double]) = ([], [])
    for round in 0..<rounds {
      // Who goes first alternates too: the second finds what the first has left to be written.
      let isMeasuredFirst = round.isMultiple(of: 2)
      for isMeasured in [isMeasuredFirst, !isMeasuredFirst] {
        try await settle()
        if isMeasured {
          times.measured.append(try await seconds(measured))
        } else {
          times.baseline.append(try await seconds(baseline))
        }
      }
    }
    return (median(times.measured), median(times.baseline))
  }

  /// The median times of two programs that end so soon that they alternate run by run; a turn of each is the warm-up.
  static func medians(
    of measured: Program, against baseline: Program, runsPerTurn: Int
  ) throws -> (measured: Double, baseline: Double) {
    var times: (measured: [Double], baseline: [Double]) = ([], [])
    for run in 0..<runsPerTurn * (rounds + 1) {
      let (first, second) = (try measured.seconds(), try baseline.seconds())
      guard run >= runsPerTurn else { continue }
      times.measured.append(first)
      times.baseline.append(second)
    }
    return (median(times.measured), median(times.baseline))
  }

  /// How long a body takes by a clock that is never set.
  static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return start.duration(to: clock.now) / .seconds(1)
  }

  /// The middle of some numbers.
  static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
