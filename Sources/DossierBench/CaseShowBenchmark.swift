import EventLog
import PostgresClient

/// The whole of `dossier case show`, from start to exit, against `psql -c 'select 1'`.
struct CaseShowBenchmark: Benchmark {
  /// The programs to be compared.
  struct Programs {
    /// A release build of dossier.
    let dossier: String
    /// What runs when a person types `psql`: Debian's looks for a version of the client first.
    let psql: String
    /// PostgreSQL's client itself.
    let client: String
  }

  private static let runsPerTurn = 40

  let name: String
  private let laboratory: Laboratory
  private let database: String
  private let dossier: String
  private let baseline: String
  private let target: Measurement.Target?

  /// Compares with `psql` as it is typed.
  init(_ laboratory: Laboratory, typed programs: Programs) {
    name = "dossier case show / psql -c 'select 1'"
    self.laboratory = laboratory
    database = "show_typed"
    dossier = programs.dossier
    baseline = programs.psql
    target = .atMost(1.5)
  }

  /// Compares with the client alone: good to know, without a target.
  init(_ laboratory: Laboratory, alone programs: Programs) {
    name = "dossier case show / the client behind psql"
    self.laboratory = laboratory
    database = "show_alone"
    dossier = programs.dossier
    baseline = programs.client
    target = nil
  }

  func measure() async throws -> [Measurement] {
    let configuration = try await laboratory.createDatabase(database)
    let pool = PostgresPool(configuration, maximumConnections: 1)
    let casebook = try await SampleCasebook("book", in: EventLog(pool))
    _ = try await casebook.append(
      try (0...SampleCasebook.claimsPerCase).map {
        try SampleCasebook.caseEvent("person", number: $0)
      })
    await pool.close()
    try await laboratory.settle(database)

    let environment = Program.environment(for: configuration)
    let show = Program(dossier, ["case", "show", "person"], environment)
    let select = Program(baseline, ["-c", "select 1"], environment)
    let times = try Contest.medians(of: show, against: select, runsPerTurn: Self.runsPerTurn)
    return [
      Measurement(
        name: name, value: times.measured * 1_000, baseline: times.baseline * 1_000, target: target,
        unit: "ms")
    ]
  }
}
