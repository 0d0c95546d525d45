import ArgumentParser
import Casebook

/// `dossier case rename`
struct CaseRename: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Change what a case is called. Its short name stays.",
    discussion: """
      EXAMPLES
        dossier case rename gouzenko "Igor Sergeyevich Gouzenko" -m "patronymic found"
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String
  @Argument(help: "What to call it from now on.") var name: String
  @Option(name: [.short, .long], help: "Why.") var message: String?

  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    try await write.perform(
      [RenameCase(slug, name: name, reason: try message.map { try TextArgument.read($0) })],
      on: [slug], in: .open(global))
  }
}
