import ArgumentParser
import Casebook

/// `dossier annotation withdraw`
struct AnnotationWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw an annotation. It stays in the history.",
    discussion: """
      EXAMPLES
        dossier annotation withdraw gouzenko/a1 -m "answered by c14"
      """)

  @OptionGroup var items: ReasonedItems

  func run() async throws {
    try await items.run { WithdrawAnnotation($0, reason: $1) }
  }
}
