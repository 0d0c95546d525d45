import ArgumentParser
import Casebook

/// `dossier conclusion withdraw`
struct ConclusionWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw a conclusion. It stays in the history.",
    discussion: """
      EXAMPLES
        dossier conclusion withdraw gouzenko/k1 -m "c3 was misread"
      """)

  @OptionGroup var items: ReasonedItems

  func run() async throws {
    try await items.run { WithdrawConclusion($0, reason: $1) }
  }
}
