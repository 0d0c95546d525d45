import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier projection drop`
struct ProjectionDrop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Drop the rows of views. The log is untouched.",
    discussion: """
      EXAMPLES
        dossier projection drop timeline_view
        dossier projection drop --all

      Rows go some thousand at a time, so that nobody has to wait. A rebuild brings the view back. Until then lists are \
      folded from the log, and named moments (replay --save) show nothing of it. Whoever follows the view builds it \
      anew at once: stop them first.
      """)

  @OptionGroup var choice: ViewChoice
  @Flag(name: .long, help: "Every view.") var all = false
  @Flag(name: .long, help: "Show what would be dropped; drop nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard all != !choice.views.isEmpty else {
      throw ValidationError("Name the views to drop, or say --all.")
    }
  }

  func run() async throws {
    let projections = try choice.projections()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let views = ViewStore(store.log, casebook: store.casebookID)
    var dropped: [(view: String, generations: Int)] = []
    for projection in projections {
      let generations =
        dryRun
        ? try await views.generations(of: projection).count : try await views.drop(projection)
      dropped.append((projection.name, generations))
    }
    let done = dropped
    let items = done.map {
      JSON.document(
        ("view", .string($0.view)), ("generations", .integer($0.generations)),
        ("dropped", .boolean(!dryRun && $0.generations > 0)))
    }
    try session.show(
      Document(
        json: .document(("casebook", .string(store.slug.text)), ("views", .array(items))),
        items: items
      ) { width in
        var page = Page(width: width)
        for (view, generations) in done {
          let verb = dryRun ? "would be dropped" : "dropped"
          page.add(
            generations == 0
              ? "\(view, .strong)  is not there"
              : "\(view, .strong)  \(verb), \(counted(generations, "generation"))")
        }
        return page
      })
  }
}
