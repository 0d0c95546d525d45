/// A command about every case of a large log, against a rebuild of the claims' view of the same log.
struct WholeCasebookBenchmark: Benchmark {
  private let log: RebuildLog
  private let dossier: String
  private let arguments: [String]
  private let countsCases: Bool

  /// Measures the command, on a log with a count of all its cases if that is what the command is about.
  init(_ arguments: [String], _ log: RebuildLog, countingCases: Bool = false, dossier: String) {
    self.arguments = arguments
    countsCases = countingCases
    self.log = log
    self.dossier = dossier
  }

  var name: String {
    "dossier \(arguments.joined(separator: " ")) / rebuild of claim_view, \(log.events) events"
  }

  func measure() async throws -> [Measurement] {
    let filled = try await countsCases ? log.counted() : log.filled()
    let environment = Program.environment(for: filled.configuration)
    let command = Program(dossier, arguments, environment)
    let rebuild = Program(dossier, ["projection", "rebuild", "claim_view"], environment)
    let times = try await Contest.medians(settle: log.settle) {
      _ = try command.seconds()
    } against: {
      _ = try rebuild.seconds()
    }
    return [
      Measurement(
        name: name, value: times.measured, baseline: times.baseline, target: .atMost(1.5), unit: "s"
      )
    ]
  }
}
