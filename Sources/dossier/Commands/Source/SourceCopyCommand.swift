import ArgumentParser
import Casebook

/// `dossier source copy`
struct SourceCopyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Register what was actually read of a source.",
    discussion: """
      EXAMPLES
        dossier source copy riehle-2020 ch5-summary --kind summary \\
          --description "publisher's summary of chapter 5"
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Argument(help: "A short name for the copy.") var id: String
  @Option(
    name: .long, help: "original, edition, scan, transcript, summary, translation or excerpt.")
  var kind: SourceCopy.Kind
  @Option(name: .long, help: "What it is and how it differs from the source.")
  var description: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let copy = SourceCopy(id: try Slug(id), kind: kind, description: description)
    let slug = try Slug(slug)
    try await write.perform([RegisterCopy(slug, copy)], on: [slug], in: .open(global))
  }
}
