import ArgumentParser
import Casebook

/// `dossier claim withdraw`
struct ClaimWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw a claim that should never have been recorded.",
    discussion: """
      EXAMPLES
        dossier claim withdraw gouzenko/c3 -m "recorded on the wrong case"
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
      references.map { WithdrawClaim($0, reason: reason) }
    }
  }
}
