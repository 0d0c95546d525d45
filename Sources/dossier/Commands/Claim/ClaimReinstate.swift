import ArgumentParser
import Casebook

/// `dossier claim reinstate`
struct ClaimReinstate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reinstate", abstract: "Let a withdrawn claim stand again.",
    discussion: """
      EXAMPLES
        dossier claim reinstate gouzenko/c3 -m "it was right after all"
      """)

  @Argument(help: "The claim, or several joined by commas.") var references: String
  @Option(name: [.short, .long], help: "Why.") var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.items(references)
    try await write.perform(
      explained: message, as: "reason", on: references.map(\.home), in: .open(global)
    ) { reason in
      references.map { ReinstateClaim($0, reason: reason) }
    }
  }
}
