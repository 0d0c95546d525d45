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

  @OptionGroup var items: ReasonedItems

  func run() async throws {
    try await items.run { WithdrawCitation($0, reason: $1) }
  }
}
