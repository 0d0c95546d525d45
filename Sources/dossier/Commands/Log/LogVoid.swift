import ArgumentParser
import Casebook
import CasebookStore
import EventLog

/// `dossier log void`
struct LogVoid: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "void",
    abstract: "Set an event aside that cannot be applied. For admins of the casebook.",
    discussion: """
      EXAMPLES
        dossier log void @412 -m "written by a program that was not Dossier"

      The event stays in the log; every reading whose prefix holds the void passes over it.
      """)

  @Argument(help: "The event.") var event: String
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @Flag(help: "Set it aside even if it can be read, as if it had never been recorded.")
  var force = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    guard case .event(let position) = try Reference(event) else {
      throw Failure(.usage, "\"\(event)\" is not an event. Write @ and a position, such as @412")
    }
    let session = try await Session.open(global)
    let store = try await session.casebook()
    _ = try await store.log.resolve(.position(position), of: store.casebookID)
    try await write.perform(explained: message, as: "reason", on: [], in: session) {
      reason in
      [VoidEvent(position, reason: reason, evenIfReadable: force)]
    }
  }
}
