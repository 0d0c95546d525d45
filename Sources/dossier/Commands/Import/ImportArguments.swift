import ArgumentParser
import Casebook
import Corpus

/// What every import takes.
struct ImportArguments: ParsableArguments {
  @Flag(name: .long, help: "Show what would change; write nothing.") var dryRun = false
  @Option(name: [.short, .long], help: "Why: the reason of every correction and withdrawal.")
  var message: String?
  @Option(name: .long, help: "The kind of every correction (default: by what changed).")
  var kind: CorrectionKind?
  @Option(
    name: .long, help: "A UUID for this request: repeated with the same one, it happens once.")
  var requestID: String?
  @OptionGroup var quotes: QuoteOptions
  @OptionGroup var global: GlobalOptions

  func options(withdrawsMissing: Bool = false) throws -> ImportOptions {
    ImportOptions(
      message: try message.map { try TextArgument.read($0) }, correctionKind: kind,
      withdrawsMissing: withdrawsMissing,
      requestID: try requestID.map { try RequestIdentity.read($0) },
      checksQuotes: quotes.checksQuotes)
  }
}
