import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// `dossier replay drop`
struct ReplayDrop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Forget the name of a moment, with its schema. The log is untouched.",
    discussion: """
      EXAMPLES
        dossier replay drop before_review
      """)

  @Argument(help: "The name.") var name: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let views = ViewStore(store.log, casebook: store.casebookID)
    guard try await views.dropSnapshot(name) else {
      let known = try await views.snapshots().map(\.name)
      let hint =
        closest(to: name, among: known).map { "Did you mean \"\($0)\"?" }
        ?? "See them with: dossier replay list"
      throw Failure(.notFound, "no moment of \(store.slug) is named \"\(name)\". \(hint)")
    }
    try session.show(
      Document(
        json: .document(
          ("casebook", .string(store.slug.text)), ("name", .string(name)),
          ("dropped", .boolean(true)))
      ) { width in
        var page = Page(width: width)
        page.add("dropped \(name, .strong)")
        return page
      })
  }
}
