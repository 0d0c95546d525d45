import ArgumentParser
import Casebook
import EDTF
import Exports
import StrictJSON

/// `dossier source add`
struct SourceAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Register a source.",
    discussion: """
      EXAMPLES
        dossier source add fbi-1955 --title "Soviet Defectors" --issued 1955-01 \\
          --to "Bureau only"
        dossier source add krivitsky-1939 --issued 1939 \\
          --title "In Stalin's Secret Service" \\
          --csl @krivitsky.json
      """)

  @Argument(help: "Its short name for ever, such as fbi-1955.") var slug: String
  @Option(name: .long, help: "Its title.") var title: String
  @Option(name: .long, help: "When it was issued, in EDTF.") var issued: String?
  @Option(name: .customLong("to"), help: "To whom it was issued, if not to the public.")
  var issuedTo: String?
  @Option(name: .long, help: "Bibliographic data as CSL-JSON, or @FILE.") var csl: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let content = SourceContent(
      slug: try Slug(slug), title: title, issued: try issued.map { try EDTF($0) },
      issuedTo: issuedTo, csl: try csl.map { try CSLArgument.read($0) })
    try await write.perform([RegisterSource(content)], on: [content.slug], in: .open(global))
  }
}

/// Reads bibliographic data.
enum CSLArgument {
  static func read(_ argument: String) throws -> JSONObject {
    let place = argument.hasPrefix("@") ? String(argument.dropFirst()) : "--csl"
    do {
      guard let object = try JSON(parsing: TextArgument.read(argument)).objectValue else {
        throw Failure(.badInput, "\(place): write a JSON object such as {\"type\": \"book\"}")
      }
      if let problem = CSLVariables.problem(in: object) {
        throw Failure(.badInput, "\(place): \(problem)")
      }
      return object
    } catch let error as JSONError {
      throw Failure(.badInput, "\(place): \(error)")
    }
  }
}
