import EventLog
import PostgresClient

/// The whole of `dossier case show`, from start to exit, against `psql -c 'select 1'`.
struct CaseShowBenchmark: Benchmark {
  /// The programs to be compared.
  struct Programs {
    /// A release build of dossier.
    let dossier: String
    /// PostgreSQL's own client itself, not a script that looks for it.
    let psql: String
  }

  private static let runsPerTurn = 40

  let name = "dossier case show / psql -c 'select 1'"
  private let laboratory: Laboratory
  private let programs: Programs

  init(_ laboratory: Laboratory, _ programs: Programs) {
    self.laboratory = laboratory
    self.programs = programs
  }

  func measure() async throws -> Measurement {
    let configuration = try await laboratory.createDatabase("show")
    let pool = PostgresPool(configuration, maximumConnections: 1)
    let casebook = try await SampleCasebook("book", in: EventLog(pool))
    _ = try await casebook.append(
      try (0...SampleCasebook.claimsPerCase).map {
        try SampleCasebook.caseEvent("person", number: $0)
      })
    await pool.close()
    try await laboratory.settle("show")

    let environment = Program.environment(for: configuration)
    let show = Program(programs.dossier, ["case", "show", "person"], environment)
    let select = Program(programs.psql, ["-c", "select 1"], environment)
    var times: (show: [Double], select: [Double]) = ([], [])
    // Runs are so short that they alternate one by one; a turn of each is the warm-up.
    for run in 0..<Self.runsPerTurn * (Contest.rounds + 1) {
      let (first, second) = (try show.seconds(), try select.seconds())
      guard run >= Self.runsPerTurn else { continue }
      times.show.append(first)
      times.select.append(second)
    }
    return Measurement(
      name: name, value: Contest.median(times.show) * 1_000,
      baseline: Contest.median(times.select) * 1_000, target: .atMost(1.5), unit: "ms")
  }
}
