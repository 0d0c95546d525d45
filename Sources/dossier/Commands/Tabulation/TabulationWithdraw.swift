import ArgumentParser
import Casebook

/// `dossier tabulation withdraw`
struct TabulationWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Withdraw a count that should never have been recorded.",
    discussion: """
      EXAMPLES
        dossier tabulation withdraw fear-and-recall -m "of another edition"
      """)

  @Argument(help: "The count, or several joined by commas.") var ids: String
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let ids = try References.slugs(ids.replacing("tabulation/", with: ""))
    try await write.perform(explained: message, as: "reason", on: [], in: .open(global)) { reason in
      ids.map { WithdrawTabulation($0, reason: reason) }
    }
  }
}
