import ArgumentParser
import Casebook

/// `dossier claim dispute`
struct ClaimDispute: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispute", abstract: "Say that a source is wrong. Its claim stays as it is.",
    discussion: """
      EXAMPLES
        dossier claim dispute helfand/c9 -m "the Pact was signed in August 1939"
        dossier claim dispute derjabin/c8 --counter derjabin/c15 \\
          -m "Riehle had better access"

      If we misread the source, correct the claim instead: dossier claim correct REF
      """)

  @Argument(help: "The claim, or several joined by commas.") var references: String
  @Option(name: [.short, .long], help: .explanation("The grounds")) var message: String?
  @Option(name: .long, help: "A claim that you hold against it.") var counter: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.items(references)
    let counter = try counter.map { try ItemReference($0) }
    try await write.perform(
      explained: message, as: "grounds", on: references.map(\.home), in: .open(global)
    ) { grounds in
      references.map { DisputeClaim($0, grounds: grounds, counter: counter) }
    }
  }
}
