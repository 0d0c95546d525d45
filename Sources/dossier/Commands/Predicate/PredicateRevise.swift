import ArgumentParser
import Casebook

/// `dossier predicate revise`
struct PredicateRevise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Revise a predicate: what is not named stays as it is.",
    discussion: """
      EXAMPLES
        dossier predicate revise education --label Schooling -m "the usual word"
        dossier predicate revise death.place --qualifier street=text -m "they say it"
      """)

  @Argument(help: "The predicate.", completion: .predicates) var id: String
  @Option(name: .long, help: "What people call it.") var label: String?
  @Option(name: .long, help: "What counts and what does not; - reads it, @FILE a file.")
  var scope: String?
  @Option(name: .long, help: "How many values a case can truly have.")
  var values: Predicate.Cardinality?
  @Option(name: .long, help: "How values are compared.") var comparison: Predicate.Comparison?
  @Option(
    name: .long,
    help: "NAME=TYPE of a qualifier to add or replace, or NAME=term:A,B; may be repeated.")
  var qualifier: [String] = []
  @Option(name: .long, help: "NAME or NAME=MEANING of a term to add or replace; may be repeated.")
  var term: [String] = []
  @Option(name: .long, help: "A qualifier to take away; may be repeated.")
  var dropQualifier: [String] = []
  @Option(name: .long, help: "A term to take away; may be repeated.") var dropTerm: [String] = []
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var edit = EditPredicate.Edit()
    edit.label = label
    edit.cardinality = values
    edit.comparison = comparison
    edit.scope = try scope.map { try TextArgument.read($0) }
    edit.qualifiers = try PredicateParts.qualifiers(qualifier)
    edit.terms = PredicateParts.terms(term)
    edit.droppedQualifiers = dropQualifier
    edit.droppedTerms = dropTerm
    let change = edit
    try await write.perform(explained: message, as: "reason", on: [], in: .open(global), note: id) {
      [EditPredicate(id, change, reason: $0)]
    }
  }
}
