import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier casebook show`
struct CasebookShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a casebook in figures: voices, cases, open disputes.",
    discussion: """
      EXAMPLES
        dossier casebook show
        dossier casebook show --as-of 2026-03-01
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    var summary = CasebookSummary()
    let view = try await session.casebook().forEachCase(read.reading(session)) { view, file in
      summary.add(file, view)
    }
    session.noteFuture(view)
    let result = summary
    try session.show(
      Document(json: result.json(view), items: result.rows) { result.page(view, width: $0) })
  }
}
