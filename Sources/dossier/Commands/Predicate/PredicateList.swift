import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier predicate list`
struct PredicateList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what can be claimed.",
    discussion: """
      EXAMPLES
        dossier predicate list
        dossier predicate list --as-of 2026-03-01
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await Session.open(global, read).showVocabulary(read, only: nil)
  }
}

extension Session {
  /// Shows the vocabulary: all of it in a table, or everything about one predicate.
  func showVocabulary(_ read: ReadOptions, only predicate: String?) async throws {
    let view = try await casebook().view(of: [], read.reading(self))
    let all = view.state.register?.vocabulary.map(\.predicate) ?? []
    let shown = try predicate.map { [try view.state.predicate($0)] } ?? all
    let items = shown.map(\.json)
    try show(
      on: view,
      Document(
        json: view.document(("predicates", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        if predicate == nil {
          page.add(vocabulary: shown)
        } else {
          shown.forEach { page.add($0) }
        }
        return page
      })
  }
}
