import EventLog
import PostgresClient

/// The whole of a command about one case, from start to exit, against `dossier case show` of the same.
struct CaseCommandBenchmark: Benchmark {
  private let laboratory: Laboratory
  private let arguments: [String]
  private let claims: Int
  private let target: Double
  private let dossier: String

  /// Measures a command about a case with so many claims, which may take so many times as long.
  init(
    _ laboratory: Laboratory, _ arguments: [String], claims: Int = SampleCasebook.claimsPerCase,
    target: Double = 1.5, dossier: String
  ) {
    self.laboratory = laboratory
    self.arguments = arguments
    self.claims = claims
    self.target = target
    self.dossier = dossier
  }

  var name: String {
    "dossier \(arguments.joined(separator: " ")) / case show"
      + (claims == SampleCasebook.claimsPerCase ? "" : ", \(claims) claims")
  }

  /// Long cases take long enough to be measured one by one.
  private var runsPerTurn: Int { max(20 * SampleCasebook.claimsPerCase / claims, 1) }

  func measure() async throws -> [Measurement] {
    let database = "command_\(arguments.joined(separator: "_"))_\(claims)"
    let configuration = try await laboratory.createDatabase(database)
    let pool = PostgresPool(configuration, maximumConnections: 1)
    let casebook = try await SampleCasebook("book", in: EventLog(pool))
    _ = try await casebook.append(
      try (0...claims).map {
        try SampleCasebook.caseEvent("person", number: $0)
      } + casebook.tabulation(of: ["person"]))
    await pool.close()
    try await laboratory.settle(database)

    let environment = Program.environment(for: configuration)
    let command = Program(dossier, arguments, environment)
    let show = Program(dossier, ["case", "show", "person"], environment)
    let times = try Contest.medians(of: command, against: show, runsPerTurn: runsPerTurn)
    return [
      Measurement(
        name: name, value: times.measured * 1_000, baseline: times.baseline * 1_000,
        target: .atMost(target), unit: "ms")
    ]
  }
}
