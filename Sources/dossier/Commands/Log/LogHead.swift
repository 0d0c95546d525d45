import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier log head`
struct LogHead: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Show the last position and when it was recorded.",
    discussion: """
      EXAMPLES
        dossier log head
        dossier log head --as-of 2026-03-01
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let basis = try await store.log.resolve(read.asOf(session), of: store.casebookID)
    try session.show(
      Document(
        json: .document(
          ("casebook", .string(store.slug.text)), ("position", .integer(basis.position)),
          ("recordedAt", basis.recordedAt.map(JSON.instant)))
      ) { width in
        var page = Page(width: width)
        let time = basis.recordedAt.map { "  \($0)" } ?? ""
        page.add("\("\(store.slug)@\(basis.position)", .strong)\(time)")
        return page
      })
  }
}
