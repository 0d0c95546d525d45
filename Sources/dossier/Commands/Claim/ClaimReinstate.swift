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

  @OptionGroup var items: ReasonedItems

  func run() async throws {
    try await items.run { ReinstateClaim($0, reason: $1) }
  }
}
