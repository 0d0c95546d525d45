import ArgumentParser

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
    let (summary, view) = try await CasebookSummary.reading(session, read)
    try session.show(on: view, summary.document(view))
  }
}
