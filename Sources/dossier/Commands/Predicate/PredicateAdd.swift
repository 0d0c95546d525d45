import ArgumentParser
import Casebook

/// `dossier predicate add`
struct PredicateAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a predicate to the vocabulary.",
    discussion: """
      EXAMPLES
        dossier predicate add ship.tonnage number --label Tonnage \\
          --scope "Gross tons, as the register gives them." --qualifier date=date
        dossier predicate add ship.fate term --label Fate --scope "How it ended." \\
          --term sunk --term broken-up="sold for scrap"

      Its type holds for ever; everything else can be revised.
      """)

  @Argument(help: "Its id for ever, such as ship.tonnage.") var id: String
  @Argument(help: "What its values are, for ever.") var type: ValueType
  @Option(name: .long, help: "What people call it.") var label: String
  @Option(name: .long, help: "What counts and what does not; - reads it, @FILE a file.")
  var scope: String
  @Option(name: .long, help: "How many values a case can truly have.")
  var values: Predicate.Cardinality = .many
  @Option(name: .long, help: "How values are compared (default: as usual for the type).")
  var comparison: Predicate.Comparison?
  @Option(name: .long, help: "NAME=TYPE of a qualifier, or NAME=term:A,B; may be repeated.")
  var qualifier: [String] = []
  @Option(name: .long, help: "NAME or NAME=MEANING of a term to choose from; may be repeated.")
  var term: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let predicate = Predicate(
      id: id, label: label, type: type, cardinality: values,
      qualifiers: try PredicateParts.qualifiers(qualifier), terms: PredicateParts.terms(term),
      comparison: comparison, scope: try TextArgument.read(scope))
    try await write.perform(
      [DefinePredicate(predicate)], on: [], in: .open(global), note: id)
  }
}
