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

  @OptionGroup var items: ReasonedItems

  func run() async throws {
    try await items.run { WithdrawClaim($0, reason: $1) }
  }
}
