import ArgumentParser
import Casebook

/// `dossier claim record`
struct ClaimRecord: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record what a source says about a case.",
    discussion: """
      EXAMPLES
        dossier claim record gouzenko birth.date 1919-01-13 -s fbi-1955 -l "p. 41"
        dossier claim record krivitsky,barmine,orlov fear.of-purges yes \\
          -s fbi-1955 -l "II, p. [12]"
        dossier claim record gouzenko recall.ordered ordered -s fbi-1955 -l "p. 41" \\
          --with date=1944-09 --with outcome=cancelled -q "this order was cancelled"
        dossier claim record kravchenko party.membership --unknown \\
          -s fbi-1955 -l "p. 39"
        dossier claim record krivitsky birth.date 1899-06-16 --calendar julian \\
          -s krivitsky-1939 -l "p. 1"

      Record what the source says, right or wrong. That it is wrong is a dispute, and yours to say.
      """)

  @Argument(help: "The case, or several joined by commas.", completion: .cases) var cases: String
  @Argument(
    help: "The predicate, such as birth.date; see: dossier predicate list.",
    completion: .predicates)
  var predicate: String
  @Argument(
    help:
      "The value; - reads standard input, @FILE a file; none with --unknown, --none or --some.")
  var value: String?

  @Option(
    name: [.short, .long], help: "The source (default: DOSSIER_SOURCE).", completion: .sources)
  var source: String?
  @OptionGroup var claim: ClaimOptions
  @OptionGroup var quotes: QuoteOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let source = source ?? session.settings.source
    var draft = ClaimDraft(
      predicate: predicate, value: try claim.dated(value.map { try TextArgument.read($0) }))
    try claim.fill(&draft)
    draft.source = source
    let slugs = try References.slugs(cases)
    let note = self.source == nil ? source.map { "source \($0) from DOSSIER_SOURCE" } : nil
    try await write.perform(
      slugs.map { RecordClaim($0, draft) }, on: slugs, in: session, note: note,
      quotes: quotes)
  }
}
