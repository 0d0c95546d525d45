import ArgumentParser
import Casebook

/// `dossier claim resolve`
struct ClaimResolve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "End a dispute with what came of it.",
    discussion: """
      EXAMPLES
        dossier claim resolve helfand/d1 -m "confirmed by the treaty's date"
      """)

  @Argument(help: "The dispute, such as helfand/d1.") var reference: String
  @Option(name: [.short, .long], help: .explanation("What came of it")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    try await write.perform(
      explained: message, as: "resolution", on: [reference.home], in: .open(global)
    ) { resolution in
      [ResolveDispute(reference, resolution: resolution)]
    }
  }
}
