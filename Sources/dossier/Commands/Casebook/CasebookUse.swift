import ArgumentParser
import Casebook
import CasebookStore

/// `dossier casebook use`
struct CasebookUse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Work in this casebook from now on.",
    discussion: """
      EXAMPLES
        dossier casebook use soviet-defectors
      """)

  @Argument(help: "The casebook.") var slug: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var options = global
    options.casebook = slug
    let session = try await Session.open(options)
    let store = try await session.casebook()
    try Settings.remember(casebook: store.slug.text, session.settings.environment)
    session.terminal.note(
      "working in \(store.slug) from now on (\(Settings.path(session.settings.environment)))")
  }
}
