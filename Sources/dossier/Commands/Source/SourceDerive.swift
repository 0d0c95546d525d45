import ArgumentParser
import Casebook

/// `dossier source derive`
struct SourceDerive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "derive", abstract: "Say that a source derives from another.",
    discussion: """
      EXAMPLES
        dossier source derive fbi-1955 --from krivitsky-1939 -l "note 4" \\
          -m "cites it throughout"
      """)

  @Argument(help: "The source that derives.", completion: .sources) var slug: String
  @Option(name: .long, help: "The source it derives from.") var from: String
  @Option(name: [.short, .long], help: "Where in the deriving source it shows.") var locator:
    String?
  @Option(name: [.short, .long], help: .explanation("How that is known")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    let origin = try Slug(from)
    try await write.perform(
      explained: message, as: "grounds", on: [slug], in: .open(global)
    ) { grounds in
      [
        DeriveSource(
          slug, SourceDerivation(from: origin, grounds: grounds ?? "", locator: locator))
      ]
    }
  }
}
