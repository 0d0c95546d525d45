import PostgresClient

/// The peak memory of `dossier projection rebuild`, against a bound or against what a shorter log takes.
struct MemoryBenchmark: Benchmark {
  private static let megabyte = 1_000_000.0

  private let log: RebuildLog
  private let shorter: RebuildLog?
  private let dossier: String

  /// Compares with 200 MB, or with a rebuild of a shorter log.
  init(_ log: RebuildLog, dossier: String, against shorter: RebuildLog? = nil) {
    self.log = log
    self.shorter = shorter
    self.dossier = dossier
  }

  var name: String {
    let length = shorter.map { "\(log.events) events against \($0.events)" }
    return "peak memory of a rebuild of claim_view, \(length ?? "\(log.events) events")"
  }

  func measure() async throws -> [Measurement] {
    var baseline = 200 * Self.megabyte
    if let shorter { baseline = try await peak(of: shorter) }
    return [
      Measurement(
        name: name, value: try await peak(of: log) / Self.megabyte,
        baseline: baseline / Self.megabyte, target: .atMost(shorter == nil ? 1 : 1.1), unit: "MB")
    ]
  }

  private func peak(of log: RebuildLog) async throws -> Double {
    let environment = Program.environment(for: try await log.filled().configuration)
    return try Program(dossier, ["projection", "rebuild", "claim_view"], environment).run()
      .peakMemory
  }
}
