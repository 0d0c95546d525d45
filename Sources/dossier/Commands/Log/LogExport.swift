import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import Terminal

/// `dossier log export`
struct LogExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the log as CloudEvents, one event a line.",
    discussion: """
      EXAMPLES
        dossier log export > soviet-defectors.ndjson
        dossier log export --as-of 2026-03-01 > last-march.ndjson
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard try read.voices().isAll else {
      throw ValidationError("The log is exported whole: a part of it could not be verified.")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let basis = try await store.log.resolve(read.asOf(session), of: store.casebookID)
    let count = try await store.log.export(store.casebookID, upTo: basis.position) {
      try session.terminal.output.write($0)
    }
    try session.terminal.output.flush()
    session.terminal.note("exported \(counted(count, "event")) of \(store.slug)")
  }
}
