import ArgumentParser
import Casebook

/// What `citation add` and its shorthand `cite` take.
struct CitationArguments: ParsableArguments {
  @Argument(help: "The claim or annotation that cites, or several joined by commas.")
  var references: String
  @Option(name: .long, help: "The source cited.", completion: .sources) var work: String
  @Option(name: [.short, .long], help: "Where in it, such as '132, 216-234'.") var locator: String?
  @Option(name: .long, help: "The number of the note that cites it.") var note: String?
  @Option(name: .customLong("as"), help: "How it is used: rests-on, quotes or see.")
  var role: CitationContent.Role = .restsOn
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.items(references)
    let work = try Slug(work)
    let commands = try references.map { reference in
      AddCitation(
        reference.home,
        CitationContent(
          target: try reference.citationTarget(), work: work, locator: locator, note: note,
          role: role))
    }
    try await write.perform(commands, on: references.map(\.home), in: .open(global))
  }
}

extension ItemReference {
  fileprivate func citationTarget() throws -> CitationTarget {
    switch kind {
    case .claim: return .claim(number)
    case .annotation: return .annotation(number)
    case .citation, .dispute, .conclusion:
      throw Failure(.badInput, "\(self) cannot cite. Name a claim or an annotation")
    }
  }
}

/// `dossier citation add`
struct CitationAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add the work that a claim or an annotation refers to.",
    discussion: """
      EXAMPLES
        dossier citation add kravchenko/c7 --work kravchenko-1946 \\
          -l "132, 216-234" --note 9
      """)

  @OptionGroup var arguments: CitationArguments

  func run() async throws { try await arguments.run() }
}

/// `dossier cite`
struct Cite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite", abstract: "Short for: citation add.",
    discussion: """
      EXAMPLES
        dossier cite kravchenko/c7 --work kravchenko-1946 -l "132, 216-234" --note 9
        dossier cite krivitsky/c20,krivitsky/c21 --work krivitsky-1939 -l 266 --as see
      """)

  @OptionGroup var arguments: CitationArguments

  func run() async throws { try await arguments.run() }
}
