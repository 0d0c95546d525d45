import ArgumentParser
import Casebook

/// `dossier citation withdraw`
struct CitationWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw a citation that should never have been added.",
    discussion: """
      EXAMPLES
        dossier citation withdraw kravchenko/n2 -m "belongs to another claim"
      """)

  @Argument(help: "The citation, or several joined by commas.") var references: String
  @Option(name: [.short, .long], help: "Why.") var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.items(references)
    try await write.perform(
      explained: message, as: "reason", on: references.map(\.home), in: .open(global)
    ) { reason in
      references.map { WithdrawCitation($0, reason: reason) }
    }
  }
}
