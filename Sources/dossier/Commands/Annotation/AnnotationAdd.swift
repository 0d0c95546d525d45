import ArgumentParser
import Casebook

/// What `annotation add` and its shorthand `annotate` take.
struct AnnotationArguments: ParsableArguments {
  @Argument(help: "A case, claim, citation, annotation, source or tabulation.")
  var reference: String
  @Argument(
    help:
      "The text (@@ for a first @); - reads standard input, @FILE a file; none opens your editor.")
  var text: String?
  @Option(name: .long, help: "Why it is written, such as questioning or assessing (W3C).")
  var motivation: Motivation?
  @Option(name: .long, parsing: .singleValue, help: "A word to find it by. May be repeated.")
  var tag: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let references = try References.all(reference)
    let session = try await Session.open(global)
    let text = try await TextArgument.readOrEdit(text, what: "text of the annotation", session)
    let commands = references.map {
      AddAnnotation(
        AnnotationContent(target: $0, text: text, motivation: motivation, tags: tag))
    }
    try await write.perform(commands, on: references.map { $0.home ?? .casebook }, in: session)
  }
}

/// `dossier annotation add`
struct AnnotationAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Note what you have to say about something.",
    discussion: """
      EXAMPLES
        dossier annotation add gouzenko/c1 "The passport says the 26th." --tag birth
      """)

  @OptionGroup var arguments: AnnotationArguments

  func run() async throws { try await arguments.run() }
}

/// `dossier annotate`
struct Annotate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate", abstract: "Short for: annotation add.",
    discussion: """
      EXAMPLES
        dossier annotate gouzenko "Compare the Royal Commission's report."
        dossier annotate gouzenko/c1 - --tag birth < note.txt
        dossier annotate fbi-1955 "The word top is struck out on p. ii."
      """)

  @OptionGroup var arguments: AnnotationArguments

  func run() async throws { try await arguments.run() }
}
