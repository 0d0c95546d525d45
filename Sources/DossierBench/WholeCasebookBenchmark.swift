/// A command about every case of a large log, against a rebuild of the claims' view of the same log.
struct WholeCasebookBenchmark: Benchmark {
  private let log: RebuildLog
  private let dossier: String
  private let arguments: [String]

  init(_ arguments: [String], _ log: RebuildLog, dossier: String) {
    self.arguments = arguments
    self.log = log
    self.dossier = dossier
  }

  var name: String {
    "dossier \(arguments.joined(separator: " ")) / rebuild of claim_view, \(log.events) events"
  }

  func measure() async throws -> [Measurement] {
    let environment = Program.environment(for: try await log.counted().configuration)
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
