import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier casebook use`
struct CasebookUse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Work in this casebook from now on.",
    discussion: """
      EXAMPLES
        dossier casebook use soviet-defectors

      It is noted in your own config.yaml; the casebook is not changed.
      """)

  @Argument(help: "The casebook.", completion: .casebooks) var slug: String
  @Flag(name: .long, help: "Show what would be done; change nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var options = global
    options.casebook = slug
    let session = try await Session.open(options)
    let store = try await session.casebook()
    let file = Settings.path(session.settings.environment)
    if !dryRun {
      try Settings.remember(casebook: store.slug.text, session.settings.environment)
    }
    try session.show(
      Document(
        json: .document(
          ("casebook", .string(store.slug.text)), ("file", .string(file)),
          ("dryRun", .boolean(dryRun)))
      ) { width in
        var page = Page(width: width)
        page.add(
          "\(dryRun ? "would work" : "working") in \(store.slug, .strong) from now on \("(\(file))", .faint)"
        )
        return page
      })
  }
}
