import ArgumentParser
import Casebook
import CasebookStore
import EventLog

/// `dossier undo`
struct Undo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract:
      "Undo your last request, or an earlier one, by recording its opposite. Nothing is removed.",
    discussion: """
      EXAMPLES
        dossier undo --dry-run
        dossier undo -m "typed into the wrong case"
        dossier undo @412 --dry-run

      Undoing an undo does the thing again; to go further back, name a position of the earlier request.
      """)

  @Argument(help: "A position of the request, such as @412 (default: your last request).")
  var event: String?
  @Option(name: [.short, .long], help: "Why.") var message: String = "undone"
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  /// How often the opposite is worked out again when somebody else wrote to the same cases in between.
  private static let attempts = 50

  func run() async throws {
    let position = try event.map { text throws -> Int64 in
      guard case .event(let position) = try Reference(text) else {
        throw Failure(.usage, "\"\(text)\" is not an event. Write @ and a position, such as @412")
      }
      return position
    }
    let session = try await Session.open(global)
    let reason = try TextArgument.read(message)
    for attempt in 1... {
      do {
        let request = try await session.casebook().undoing(
          position, reason: reason, id: write.identity())
        return try await write.perform(request, in: session)
      } catch let error as EventLogError
        where error.isVersionConflict && write.expectVersion == nil && attempt < Self.attempts
      {
        continue
      }
    }
  }
}
