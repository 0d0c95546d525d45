import ArgumentParser
import Casebook

/// `dossier tabulation state`
struct TabulationState: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Record a count that a source states of a group of cases.",
    discussion: """
      EXAMPLES
        dossier tabulation state feared --source fbi-1955 -l "p. i" --count 14 \\
          --statement "Fourteen feared." --among fbi-twenty \\
          --criterion "fear.for-safety = yes"
        dossier tabulation state recalled -s fbi-1955 -l "p. i" --bound majority \\
          --statement "Most were recalled." --among fbi-twenty \\
          --criterion "recall.ordered in (ordered, summoned)" --yes gouzenko,orlov

      The criterion says which claims make a case count, such as: a = yes and not (b is known) or c >= 1954-01.
      """)

  @Argument(help: "Its short name for ever, such as fear-and-recall.") var id: String
  @Option(name: .shortAndLong, help: "The source that states it.", completion: .sources)
  var source: String
  @Option(name: .shortAndLong, help: "Where the source states it.") var locator: String
  @Option(name: .long, help: "What is stated, in your words.") var statement: String
  @Option(name: .shortAndLong, help: "The source's words; - reads them, @FILE a file.")
  var quote: String?
  @Option(name: .long, help: "How many; none for a majority, almost all or all.") var count: Int?
  @Option(name: .long, help: "How the number is meant (default: exactly, with --count).")
  var bound: TabulationContent.Bound?
  @Option(name: .long, help: "Of which cases: a group, or tabulation/ID of another count.")
  var among: String
  @Option(name: .long, help: "Which claims make a case count; - reads it, @FILE a file.")
  var criterion: String
  @Option(name: .long, help: "Cases that the text itself counts, joined by commas.")
  var yes: String?
  @Option(name: .long, help: "Cases that the text itself counts out, joined by commas.")
  var no: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard count != nil || bound != nil else {
      throw ValidationError("the number is missing. Give --count, or --bound such as majority")
    }
  }

  func run() async throws {
    let content = TabulationContent(
      id: try Slug(id), source: try Slug(source), locator: locator, statement: statement,
      quote: try quote.map { try TextArgument.quote($0) }, count: count, bound: bound ?? .exactly,
      population: try Self.population(among),
      namedYes: try yes.map { try References.slugs($0) } ?? [],
      namedNo: try no.map { try References.slugs($0) } ?? [],
      criterion: try TextArgument.read(criterion))
    try await write.perform([StateTabulation(content)], on: [], in: .open(global))
  }

  private static func population(_ text: String) throws -> TabulationContent.Population {
    let prefix = "tabulation/"
    return text.hasPrefix(prefix)
      ? .tabulation(try Slug(String(text.dropFirst(prefix.count)))) : .group(try Slug(text))
  }
}
