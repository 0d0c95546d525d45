import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier claim predicates`
struct ClaimPredicates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predicates",
    abstract: "Show the vocabulary: what can be claimed, and what counts.",
    discussion: """
      EXAMPLES
        dossier claim predicates
        dossier claim predicates recall.ordered
      """)

  @Argument(help: "One predicate, to see its scope note, terms and qualifiers.") var predicate:
    String?
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let view = try await session.casebook().view(of: [], read.reading(session))
    let all = view.state.register?.vocabulary.map(\.predicate) ?? []
    let shown = try predicate.map { [try view.state.predicate($0)] } ?? all
    let items = shown.map(\.json)
    try session.show(
      on: view,
      Document(
        json: view.document(("predicates", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        if predicate != nil {
          shown.forEach { Self.describe($0, in: &page) }
        } else {
          Self.list(shown, in: &page)
        }
        return page
      })
  }

  private static func list(_ predicates: [Predicate], in page: inout Page) {
    var table = Table([
      .init("predicate"), .init("type"), .init("values"), .init("about", wraps: true),
    ])
    for predicate in predicates {
      table.addRow([
        "\(predicate.id, .strong)", StyledText(predicate.type.rawValue),
        StyledText(predicate.cardinality.rawValue), StyledText(predicate.label),
      ])
    }
    page.add(table)
  }

  private static func describe(_ predicate: Predicate, in page: inout Page) {
    page.add("\(predicate.id, .strong)  \(predicate.label)")
    page.add("\(predicate.type.rawValue), \(predicate.cardinality.rawValue) a case", indent: 2)
    page.add(StyledText(predicate.scope), indent: 2)
    for term in predicate.terms {
      page.add("\(term.id, .strong)  \(term.label ?? "")", indent: 2, hanging: 4)
    }
    for qualifier in predicate.qualifiers {
      let terms = qualifier.terms.isEmpty ? "" : ": " + qualifier.terms.joined(separator: ", ")
      page.add("--with \(qualifier.id)=  \(qualifier.type.rawValue)\(terms)", indent: 2, hanging: 4)
    }
  }
}
