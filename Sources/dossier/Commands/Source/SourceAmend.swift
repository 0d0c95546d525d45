import ArgumentParser
import Casebook
import EDTF

/// `dossier source amend`
struct SourceAmend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Amend what is registered of a source.",
    discussion: """
      EXAMPLES
        dossier source amend fbi-1955 --issued 1955-01 -m "from the title page"
        dossier source amend fbi-1955 --to "" -m "it was published after all"
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Option(name: .long, help: "Its title.") var title: String?
  @Option(name: .long, help: "When it was issued, in EDTF.") var issued: String?
  @Option(name: .customLong("to"), help: "To whom it was issued.") var issuedTo: String?
  @Option(name: .long, help: "Bibliographic data as CSL-JSON, or @FILE.") var csl: String?
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    var edit = AmendSource.Edit()
    edit.title = title
    if let issued { edit.issued = .some(issued.isEmpty ? nil : try EDTF(issued)) }
    if let issuedTo { edit.issuedTo = .some(issuedTo.isEmpty ? nil : issuedTo) }
    if let csl { edit.csl = .some(csl.isEmpty ? nil : try CSLArgument.read(csl)) }
    let change = edit
    try await write.perform(
      explained: message, as: "reason", on: [slug], in: .open(global)
    ) { reason in
      [AmendSource(slug, change, reason: reason)]
    }
  }
}
