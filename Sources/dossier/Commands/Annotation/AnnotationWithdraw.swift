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

  @Argument(help: "The annotation, or several joined by commas.") var references: String
  @Option(name: [.short, .long], help: "Why.") var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.items(references)
    try await write.perform(
      explained: message, as: "reason", on: references.map(\.home), in: .open(global)
    ) { reason in
      references.map { WithdrawAnnotation($0, reason: reason) }
    }
  }
}
