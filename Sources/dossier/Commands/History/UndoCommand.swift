import ArgumentParser
import Casebook
import CasebookStore
import EventLog

/// `dossier undo`
struct Undo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Undo your last request by recording its opposite. Nothing is removed.",
    discussion: """
      EXAMPLES
        dossier undo --dry-run
        dossier undo -m "typed into the wrong case"
      """)

  @Option(name: [.short, .long], help: "Why.") var message: String = "undone"
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  /// How often the opposite is worked out again when somebody else wrote to the same cases in between.
  private static let attempts = 50

  func run() async throws {
    let session = try await Session.open(global)
    let reason = try TextArgument.read(message)
    for attempt in 1... {
      do {
        let request = try await session.casebook().undoing(reason: reason, id: write.identity())
        return try await write.perform(request, in: session)
      } catch let error as EventLogError
        where error.isVersionConflict && write.expectVersion == nil && attempt < Self.attempts
      {
        continue
      }
    }
  }
}
