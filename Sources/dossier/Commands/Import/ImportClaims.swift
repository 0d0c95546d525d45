import ArgumentParser
import Corpus
import Glibc

/// `dossier import claims`
struct ImportClaims: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims", abstract: "Record the claims of a table (CSV).",
    discussion: """
      EXAMPLES
        dossier import claims claims.csv -s fbi-1955 --dry-run
        dossier import claims claims.csv
        dossier import claims - < claims.csv

      The first line names the columns: case, predicate, value, state, source, locator, quote, as_written, hedge, \
      polarity, stance, said_by, with.KEY. Claims that the casebook has already are passed over.
      """)

  @Argument(help: "The file; - is standard input.", completion: .file()) var file: String
  @Option(
    name: [.short, .long], help: "The source of lines that name none (default: DOSSIER_SOURCE).")
  var source: String?
  @OptionGroup var arguments: ImportArguments

  func run() async throws {
    let options = try arguments.options()
    let table = try table(source ?? Settings().source)
    let session = try await Session.open(arguments.global)
    let importer = CorpusImporter(try await session.casebook(), options)
    let bar = session.progress("importing", unit: "claims")
    try await session.showImport(
      importer, isRehearsal: arguments.dryRun,
      plan: { try await importer.plan(table, progress: bar.advance(to:of:)) },
      run: { try await importer.run(table, progress: bar.advance(to:of:)) }, bar)
  }

  private func table(_ source: String?) throws -> ClaimsTable {
    if file == "-" {
      let place = "standard input"
      let bytes = try FileReader.bytes(from: STDIN_FILENO, named: place, limit: Self.inputLimit)
      return try ClaimsTable(bytes, file: place, source: source, defersProblems: true)
    }
    try FileReader.requireSomething(at: file)
    return try ClaimsTable(path: file, source: source, defersProblems: true)
  }

  /// How many bytes are taken from standard input, which unlike a file is held in memory.
  private static let inputLimit = 64 << 20
}
