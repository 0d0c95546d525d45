import ArgumentParser
import Casebook

/// `dossier case close`
struct CaseClose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a case: nothing more is written to it.",
    discussion: """
      EXAMPLES
        dossier case close gouzenko -m "file complete"
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?

  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    try await write.perform(
      explained: message, as: "reason", on: [slug], in: .open(global)
    ) { reason in
      [CloseCase(slug, reason: reason)]
    }
  }
}
