import ArgumentParser
import Casebook

/// `dossier citation correct`
struct CitationCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Mend our record of what is cited.",
    discussion: """
      EXAMPLES
        dossier citation correct kravchenko/n2 -l "216-234" -m "misread the pages"
      """)

  @Argument(help: "The citation, such as kravchenko/n2.") var reference: String
  @Option(name: .long, help: "The source really cited.") var work: String?
  @Option(name: [.short, .long], help: "Where in it.") var locator: String?
  @Option(name: .long, help: "The number of the note.") var note: String?
  @Option(name: .customLong("as"), help: "How it is used: rests-on, quotes or see.")
  var role: CitationContent.Role?
  @Option(name: .long, help: "What went wrong.") var kind: CorrectionKind = .citation
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    var edit = CorrectCitation.Edit()
    edit.work = try work.map { try Slug($0) }
    if let locator { edit.locator = .some(locator.isEmpty ? nil : locator) }
    if let note { edit.note = .some(note.isEmpty ? nil : note) }
    edit.role = role
    let change = edit
    try await write.perform(
      explained: message, as: "reason", on: [reference.home], in: .open(global)
    ) { reason in
      [CorrectCitation(reference, change, kind: kind, reason: reason)]
    }
  }
}
