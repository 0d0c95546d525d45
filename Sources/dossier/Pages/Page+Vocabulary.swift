import Casebook
import Terminal

extension Page {
  /// Adds the vocabulary, one predicate a line.
  mutating func add(vocabulary: [Predicate]) {
    var table = Table([
      .init("predicate"), .init("type"), .init("values"), .init("about", wraps: true),
    ])
    for predicate in vocabulary {
      table.addRow([
        "\(predicate.id, .strong)", StyledText(predicate.type.rawValue),
        StyledText(predicate.cardinality.rawValue), StyledText(predicate.label),
      ])
    }
    add(table)
  }

  /// Adds all that the vocabulary says of a predicate.
  mutating func add(_ predicate: Predicate) {
    add("\(predicate.id, .strong)  \(predicate.label)")
    add("\(predicate.type.rawValue), \(predicate.cardinality.rawValue) a case", indent: 2)
    add(StyledText(predicate.scope), indent: 2)
    for term in predicate.terms {
      add("\(term.id, .strong)  \(term.label ?? "")", indent: 2, hanging: 4)
    }
    for qualifier in predicate.qualifiers {
      let terms = qualifier.terms.isEmpty ? "" : ": " + qualifier.terms.joined(separator: ", ")
      add("--with \(qualifier.id)=  \(qualifier.type.rawValue)\(terms)", indent: 2, hanging: 4)
    }
  }
}
