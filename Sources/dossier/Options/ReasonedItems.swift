import ArgumentParser
import Casebook

/// What the commands take that withdraw things or let them stand again, and say why.
struct ReasonedItems: ParsableArguments {
  @Argument(help: "What is meant, such as gouzenko/c3, or several joined by commas.")
  var references: String
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  /// Carries out the command that `command` makes of each reference and the reason.
  func run(_ command: (ItemReference, String?) -> any Command) async throws {
    let references = try References.items(references)
    try await write.perform(
      explained: message, as: "reason", on: references.map(\.home), in: .open(global)
    ) { reason in
      references.map { command($0, reason) }
    }
  }
}
