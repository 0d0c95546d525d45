/// Something that can be measured.
protocol Benchmark {
  /// What it measures, in a few words.
  var name: String { get }

  /// Prepares it, warms it up and measures it; by itself, or in its parts.
  func measure() async throws -> [Measurement]
}

/// What was measured, and the baseline of the same run.
struct Measurement {
  /// Which ratio is good enough.
  enum Target {
    case atLeast(Double)
    case atMost(Double)

    /// The number, whichever way it points.
    var bound: Double {
      switch self {
      case .atLeast(let bound), .atMost(let bound): bound
      }
    }
  }

  /// What was measured.
  let name: String
  /// Dossier's result, in `unit`.
  let value: Double
  /// The baseline's result, in `unit`.
  let baseline: Double
  /// What the ratio should be; nil for a number that is only good to know.
  let target: Target?
  /// What `value` and `baseline` count.
  let unit: String

  /// How Dossier compares with the baseline.
  var ratio: Double { value / baseline }

  /// Whether the ratio is good enough.
  var isOnTarget: Bool {
    switch target {
    case nil: true
    case .atLeast(let bound): ratio >= bound
    case .atMost(let bound): ratio <= bound
    }
  }
}
