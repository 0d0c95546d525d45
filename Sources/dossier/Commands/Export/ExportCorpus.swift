import ArgumentParser
import Casebook
import CasebookStore
import Corpus
import EventLog
import StrictJSON
import Terminal

/// `dossier export corpus`
struct ExportCorpus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Write the casebook as the YAML files that import corpus reads.",
    discussion: """
      EXAMPLES
        dossier export corpus my-casebook/
        dossier export corpus last-march/ --as-of 2026-03-31

      Change the files and import corpus records the changes. In another casebook claims are numbered anew.
      """)

  @Argument(help: "The directory.", completion: .directory) var directory: String
  @Flag(name: .long, help: "Remove files of cases that the casebook does not hold.")
  var overwrite = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let summary = try await CorpusWriter(store, read.reading(session))
      .write(to: directory, overwriting: overwrite)
    for remark in summary.leftOut { session.terminal.note("left out: \(remark)") }
    try session.show(
      on: summary.view,
      Document(
        json: .document(
          ("casebook", .string(store.slug.text)), ("position", .integer(summary.basis.position)),
          ("cases", .integer(summary.cases)), ("files", .array(summary.files.map(JSON.string))))
      ) { width in
        var page = Page(width: width)
        page.add(
          "wrote \(counted(summary.cases, "case")) of \(store.slug)@\(summary.basis.position) to \(directory, .strong)"
        )
        return page
      })
  }
}
