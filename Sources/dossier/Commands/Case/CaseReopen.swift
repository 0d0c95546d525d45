import ArgumentParser
import Casebook

/// `dossier case reopen`
struct CaseReopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Reopen a closed case.",
    discussion: """
      EXAMPLES
        dossier case reopen gouzenko -m "a new source"
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
      [ReopenCase(slug, reason: reason)]
    }
  }
}
