import ArgumentParser
import Casebook
import CasebookStore

/// `dossier conclusion revise`
struct ConclusionRevise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "Change a conclusion, or let it stand although its ground moved.",
    discussion: """
      EXAMPLES
        dossier conclusion revise gouzenko/k1 1919-01-13 -m "forged passport"
        dossier conclusion revise gouzenko/k1 --confidence low -m "c3 is disputed"
        dossier conclusion revise gouzenko/k1 -m "c1's correction changes nothing"

      The earlier conclusion stays in the history.
      """)

  @Argument(help: "The conclusion, such as gouzenko/k1.") var reference: String
  @Argument(help: "Another value.") var value: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Other claims it rests on, joined by commas.", valueName: "claims"))
  var on: [String] = []
  @Option(name: .long, help: "Another basis; - reads standard input, @FILE a file.")
  var basis: String?
  @Option(name: [.short, .long], help: .explanation("Why it is revised")) var message: String?
  @OptionGroup var adoption: AdoptionOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    var edit = ConclusionEdit()
    if adoption.says(value) { edit.adopted = try adoption.draft("", value) }
    if !adoption.with.isEmpty { edit.qualifiers = try Qualifiers.read(adoption.with) }
    if !on.isEmpty { edit.grounds = try on.flatMap { try References.items($0) } }
    edit.basis = try basis.map { try TextArgument.read($0) }
    if let likelihood = adoption.likelihood { edit.likelihood = .some(likelihood) }
    if let confidence = adoption.confidence { edit.confidence = .some(confidence) }
    let session = try await Session.open(global)
    let now = try await session.casebook().view(of: [reference.home]).state
    let named = now.cases[reference.home]?.conclusions[reference.number]?.namedCases ?? []
    try await write.perform(
      explained: message, as: "reason", on: [reference.home], in: session
    ) { [edit] reason in
      [ReviseConclusion(reference, edit, reason: reason, named: named)]
    }
  }
}
