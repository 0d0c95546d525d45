import ArgumentParser
import Casebook

/// `dossier source grade`
struct SourceGradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Say how reliable a source is, in the Admiralty code's letters.",
    discussion: """
      EXAMPLES
        dossier source grade fbi-1955 B -m "an agency that spoke with the persons"

      A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged.
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Argument(help: "A letter from A to F.") var grade: SourceGrade
  @Option(name: [.short, .long], help: .explanation("The grounds")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    try await write.perform(
      explained: message, as: "grounds", on: [slug], in: .open(global)
    ) { grounds in
      [GradeSource(slug, grade, grounds: grounds)]
    }
  }
}
