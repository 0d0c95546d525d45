import ArgumentParser
import Glibc

/// Measures Dossier against what PostgreSQL alone does with the same rows on the same server.
@main
struct DossierBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier-bench",
    abstract: "Measure Dossier against plain PostgreSQL on a private server.",
    discussion: """
      Every number is a ratio to a baseline of the same run: the two take turns, each five times after a warm-up, \
      and their medians are compared. Scripts/bench starts the server and names the programs.
      """)

  @Option(help: "The server, as libpq keywords of a superuser. Databases are created on it.")
  var server: String

  @Option(help: "The dossier program whose start is measured.")
  var dossier: String

  @Option(help: "What runs when a person types psql.")
  var psql: String

  @Option(help: "PostgreSQL's client itself, which psql may only look for.")
  var client: String

  @Option(help: "How many events the large log holds.")
  var events = 1_000_000

  @Option(help: "Measure only what has this text in its name. May be repeated.")
  var only: [String] = []

  @Option(help: "How to write the results: table or json.")
  var format = ReportFormat.table

  @Flag(help: "Fail when a target is missed.")
  var strict = false

  func validate() throws {
    guard events >= LargeLog.smallest else {
      throw ValidationError("--events is at least \(LargeLog.smallest).")
    }
  }

  func run() async throws {
    let laboratory = try await Laboratory(server: server)
    var report = Report()
    for benchmark in benchmarks(laboratory) where isWanted(benchmark) {
      note("\(benchmark.name) …")
      let measurements = try await benchmark.measure()
      for measurement in measurements { note(measurement.line) }
      report.add(measurements)
    }
    print(report.text(format), terminator: "")
    if strict, !report.allTargetsAreMet { throw ExitCode(1) }
  }

  private func benchmarks(_ laboratory: Laboratory) -> [any Benchmark] {
    let programs = CaseShowBenchmark.Programs(dossier: dossier, psql: psql, client: client)
    let rebuilt = RebuildLog(laboratory, events: events)
    let longer = RebuildLog(laboratory, events: 5 * events)
    return [
      AppendBenchmark(laboratory, connections: 1, sharingOneCasebook: true, target: 0.55),
      AppendBenchmark(laboratory, connections: 8, sharingOneCasebook: true, target: 0.2),
      AppendBenchmark(laboratory, connections: 8, sharingOneCasebook: false, target: 0.45),
      BatchBenchmark(laboratory),
      CaseShowBenchmark(laboratory, typed: programs),
      CaseShowBenchmark(laboratory, alone: programs),
      AsOfBenchmark(laboratory, events: events),
      RebuildBenchmark(rebuilt, workers: 1, target: 0.08),
      RebuildBenchmark(onEveryProcessor: rebuilt, target: 0.15),
      RebuildShares(rebuilt),
      MemoryBenchmark(rebuilt, dossier: dossier),
      MemoryBenchmark(longer, dossier: dossier, against: rebuilt),
      DisturbanceBenchmark(rebuilt),
      CatchUpBenchmark(laboratory),
      WholeCasebookBenchmark(["compare", "--all"], rebuilt, dossier: dossier),
      WholeCasebookBenchmark(["tabulate"], rebuilt, dossier: dossier),
      CaseCommandBenchmark(laboratory, ["compare", "person"], dossier: dossier),
      CaseCommandBenchmark(laboratory, ["explain", "person", "service.post-1"], dossier: dossier),
      CaseCommandBenchmark(laboratory, ["timeline", "person"], dossier: dossier),
      CaseCommandBenchmark(laboratory, ["tabulate", "--case", "person"], dossier: dossier),
      CaseCommandBenchmark(
        laboratory, ["compare", "person"], claims: 4_000, target: 4, dossier: dossier),
      CaseCommandBenchmark(
        laboratory, ["compare", "person"], claims: 16_000, target: 5, dossier: dossier),
      CaseCommandBenchmark(
        laboratory, ["explain", "person", "service.post-1"], claims: 16_000, target: 5,
        dossier: dossier),
      CaseCommandBenchmark(
        laboratory, ["explain", "person/c7"], claims: 16_000, target: 5, dossier: dossier),
      ImportBenchmark(laboratory, dossier: dossier),
    ]
  }

  private func isWanted(_ benchmark: any Benchmark) -> Bool {
    only.isEmpty || only.contains { benchmark.name.contains($0) }
  }

  /// Says on standard error what is going on; filling the large log takes minutes.
  private func note(_ text: String) {
    _ = "\(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }
}
