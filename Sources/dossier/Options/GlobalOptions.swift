import ArgumentParser
import Terminal

/// How answers are written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, ndjson, csv
}

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long, help: "The casebook to work in (default: DOSSIER_CASEBOOK, or the only one).",
    completion: .casebooks)
  var casebook: String?

  @Option(name: .long, help: "How to write the answer: table, json, ndjson or csv.")
  var format: OutputFormat = .table

  @Option(name: .long, help: "Colour: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: .long, help: "Do not show long answers through a pager.")
  var noPager = false

  @Option(
    name: .customLong("db"),
    help: "The server, as postgresql://… (default: DATABASE_URL, PG* or the embedded one).")
  var databaseURL: String?

  func terminal(_ environment: [String: String]) -> Terminal {
    Terminal(environment: environment, color: color)
  }
}
