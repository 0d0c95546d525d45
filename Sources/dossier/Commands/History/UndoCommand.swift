import ArgumentParser
import Casebook
import CasebookStore

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

  func run() async throws {
    let session = try await Session.open(global)
    let request = try await session.casebook().undoing(
      reason: TextArgument.read(message), id: write.identity())
    try await write.perform(request, in: session)
  }
}
