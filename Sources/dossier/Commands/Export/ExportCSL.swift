import ArgumentParser
import Casebook
import CasebookStore
import Exports
import StrictJSON

/// `dossier export csl`
struct ExportCSL: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "csl", abstract: "Write the sources as CSL-JSON, for Zotero, pandoc and the like.",
    discussion: """
      EXAMPLES
        dossier export csl -o works.json
        pandoc --citeproc --bibliography works.json notes.md
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let view = try await session.casebook().view(of: [], read.reading(session))
    let sources = view.state.sources.values.sorted { $0.slug < $1.slug }
    let items = sources.map { JSON.object(CSLItem($0.content, basis: view.basisInWords).json) }
    try output.write(JSON.array(items).prettyText + "\n", on: view, in: session)
  }
}
