import ArgumentParser
import Casebook
import CasebookStore

/// `dossier annotation revise`
struct AnnotationRevise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "Change what an annotation says. The earlier text stays in the history.",
    discussion: """
      EXAMPLES
        dossier annotation revise gouzenko/a1 "The passport of 1943 says the 26th."
        dossier annotation revise gouzenko/a1 --tag birth --tag passport
      """)

  @Argument(help: "The annotation, such as gouzenko/a1.") var reference: String
  @Argument(help: "The new text; - reads standard input, @FILE a file.") var text: String?
  @Option(name: .long, help: "Why it is written (W3C).") var motivation: Motivation?
  @Option(name: .long, parsing: .singleValue, help: "The new tags. May be repeated.")
  var tag: [String] = []
  @Option(name: [.short, .long], help: "Why it is revised.") var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    let session = try await Session.open(global)
    var text = try text.map { try TextArgument.read($0) }
    if text == nil, motivation == nil, tag.isEmpty {
      let view = try await session.casebook().view(of: [reference.home])
      let current =
        view.state.cases[reference.home]?.annotations[reference.number]?.content.text
        ?? view.state.sources[reference.home]?.annotations[reference.number]?.content.text
      text = try await TextArgument.readOrEdit(
        nil, what: "new text", initial: current ?? "", session)
    }
    try await write.perform(
      [
        ReviseAnnotation(
          reference, text: text, motivation: motivation.map { .some($0) },
          tags: tag.isEmpty ? nil : tag, reason: try message.map { try TextArgument.read($0) })
      ], on: [reference.home], in: session)
  }
}
