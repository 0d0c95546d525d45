import ArgumentParser
import Casebook

/// `dossier case open`
struct CaseOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a case.",
    discussion: """
      EXAMPLES
        dossier case open gouzenko --name "Igor S. Gouzenko"
        dossier case open ottawa-embassy --kind group --name "The Ottawa embassy"
      """)

  @Argument(help: "Its short name for ever: lower-case letters, digits and hyphens.")
  var slug: String

  @Option(name: .long, help: "What it is about: person, group, place, work, object or event.")
  var kind: CaseKind = .person

  @Option(name: .long, help: "What to call it.")
  var name: String?

  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let content = CaseContent(slug: try Slug(slug), kind: kind, name: name)
    try await write.perform([OpenCase(content)], on: [content.slug], in: .open(global))
  }
}
