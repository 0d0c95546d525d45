import EventLog
import PostgresClient

/// The whole of a command about one case, from start to exit, against `dossier case show` of the same.
struct CaseCommandBenchmark: Benchmark {
  private static let runsPerTurn = 20

  private let laboratory: Laboratory
  private let arguments: [String]
  private let dossier: String

  init(_ laboratory: Laboratory, _ arguments: [String], dossier: String) {
    self.laboratory = laboratory
    self.arguments = arguments
    self.dossier = dossier
  }

  var name: String { "dossier \(arguments.joined(separator: " ")) / case show" }

  func measure() async throws -> [Measurement] {
    let database = "command_\(arguments[0])"
    let configuration = try await laboratory.createDatabase(database)
    let pool = PostgresPool(configuration, maximumConnections: 1)
    let casebook = try await SampleCasebook("book", in: EventLog(pool))
    _ = try await casebook.append(
      try (0...SampleCasebook.claimsPerCase).map {
        try SampleCasebook.caseEvent("person", number: $0)
      } + casebook.tabulation(of: ["person"]))
    await pool.close()
    try await laboratory.settle(database)

    let environment = Program.environment(for: configuration)
    let command = Program(dossier, arguments, environment)
    let show = Program(dossier, ["case", "show", "person"], environment)
    let times = try Contest.medians(of: command, against: show, runsPerTurn: Self.runsPerTurn)
    return [
      Measurement(
        name: name, value: times.measured * 1_000, baseline: times.baseline * 1_000,
        target: .atMost(1.5), unit: "ms")
    ]
  }
}
