import ArgumentParser
import Casebook
import CasebookStore
import EDTF

/// `dossier source amend`
struct SourceAmend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Amend what is registered of a source.",
    discussion: """
      EXAMPLES
        dossier source amend fbi-1955 --issued 1955-01 -m "from the title page"
      """)

  @Argument(help: "The source.") var slug: String
  @Option(name: .long, help: "Its title.") var title: String?
  @Option(name: .long, help: "When it was issued, in EDTF.") var issued: String?
  @Option(name: .customLong("to"), help: "To whom it was issued.") var issuedTo: String?
  @Option(name: .long, help: "Bibliographic data as CSL-JSON, or @FILE.") var csl: String?
  @Option(name: [.short, .long], help: "Why.") var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let view = try await session.casebook().view(of: [])
    var content = try view.state.source(Slug(slug)).content
    if let title { content.title = title }
    if let issued { content.issued = try EDTF(issued) }
    if let issuedTo { content.issuedTo = issuedTo }
    if let csl { content.csl = try CSLArgument.read(csl) }
    try await write.perform(
      [AmendSource(content, reason: message)], on: [content.slug], in: session)
  }
}
