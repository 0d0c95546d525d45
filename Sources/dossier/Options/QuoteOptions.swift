import ArgumentParser

/// What the commands take by which quotes are recorded.
struct QuoteOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: "Record quotes that the attached text of their source does not have where they say.")
  var uncheckedQuote = false

  var checksQuotes: Bool { !uncheckedQuote }
}
