import Casebook
import EDTF
import StrictJSON

/// The casebook's own files in their form.
enum CorpusText {
  static func casebook(_ content: CasebookContent, _ export: ExportPoint?) -> String {
    var lines = YAMLLines()
    lines.field("casebook", content.slug.text)
    lines.field("title", content.title)
    lines.field("description", content.description)
    if let export {
      lines.members(
        ExportPoint.field,
        [
          (key: "position", value: "\(export.position)"),
          (key: "recorded", value: export.recordedAt),
        ])
    }
    return lines.text
  }

  static func vocabulary(_ predicates: [Predicate]) -> String {
    list(predicates) { predicate, lines in
      lines.field("predicate", predicate.id)
      lines.field("label", predicate.label)
      lines.field("type", predicate.type.rawValue)
      lines.field("values", predicate.cardinality.rawValue)
      write(predicate.terms, to: &lines)
      write(predicate.qualifiers, to: &lines)
      if predicate.comparison != predicate.withUsualComparison.comparison {
        lines.field("comparison", predicate.comparison.rawValue)
      }
      lines.field("scope", predicate.scope)
    }
  }

  private static func write(_ terms: [Predicate.Term], to lines: inout YAMLLines) {
    guard terms.contains(where: { $0.label != nil }) else {
      return lines.list("terms", terms.map(\.id))
    }
    lines.nested("terms") { lines in
      for term in terms { lines.field(term.id, term.label ?? "") }
    }
  }

  private static func write(_ qualifiers: [Predicate.Qualifier], to lines: inout YAMLLines) {
    if qualifiers.allSatisfy(\.terms.isEmpty) {
      return lines.members(
        "qualifiers", qualifiers.map { (key: $0.id, value: $0.type.rawValue) })
    }
    lines.nested("qualifiers") { lines in
      for qualifier in qualifiers {
        if qualifier.terms.isEmpty {
          lines.field(qualifier.id, qualifier.type.rawValue)
        } else {
          lines.nested(qualifier.id) { lines in
            lines.field("type", qualifier.type.rawValue)
            lines.list("terms", qualifier.terms)
          }
        }
      }
    }
  }

  /// The sources; of those in `onlyNamed` nothing but the name.
  static func sources(_ sources: [Source], onlyNamed: Set<Slug> = []) -> String {
    list(sources) { source, lines in
      lines.field("source", source.slug.text)
      guard !onlyNamed.contains(source.slug) else {
        lines.field("only-named", "yes")
        return
      }
      lines.field("title", source.content.title)
      lines.field("issued", source.content.issued?.text)
      lines.field("issued-to", source.content.issuedTo)
      if let csl = source.content.csl { lines.json("csl", .object(csl.withTextsOnly)) }
      if !source.copies.isEmpty {
        lines.nested("copies") { lines in
          for copy in source.copies {
            lines.item { lines in
              lines.field("id", copy.content.id.text)
              lines.field("kind", copy.content.kind.rawValue)
              lines.field("description", copy.content.description)
            }
          }
        }
      }
      let derivations = source.statedDerivations
      if !derivations.isEmpty {
        lines.nested("derives-from") { lines in
          for derivation in derivations {
            lines.item([
              (key: "source", value: derivation.content.from.text),
              (key: "grounds", value: derivation.content.grounds),
              (key: "locator", value: derivation.content.locator),
            ])
          }
        }
      }
    }
  }

  static func tabulations(_ tabulations: [TabulationContent]) -> String {
    list(tabulations) { tabulation, lines in
      lines.field("tabulation", tabulation.id.text)
      lines.field("source", tabulation.source.text)
      lines.field("locator", tabulation.locator)
      lines.field("statement", tabulation.statement)
      lines.field("quote", tabulation.quote)
      var stated = [(key: "bound", value: tabulation.bound.rawValue)]
      if let count = tabulation.count { stated.insert((key: "count", value: "\(count)"), at: 0) }
      lines.members("stated", stated)
      switch tabulation.population {
      case .group(let slug): lines.field("population", slug.text)
      case .tabulation(let id): lines.field("population", "tabulation/\(id)")
      }
      if !tabulation.namedYes.isEmpty || !tabulation.namedNo.isEmpty {
        lines.nested("named") { lines in
          lines.list("yes", tabulation.namedYes.map(\.text))
          lines.list("no", tabulation.namedNo.map(\.text))
        }
      }
      lines.field("criterion", tabulation.criterion)
    }
  }

  private static func list<Item>(
    _ items: [Item], _ write: (Item, inout YAMLLines) -> Void
  ) -> String {
    guard !items.isEmpty else { return "[]\n" }
    var lines = YAMLLines()
    for (index, item) in items.enumerated() {
      if index > 0 { lines.gap() }
      lines.item { lines in write(item, &lines) }
    }
    return lines.text
  }
}

extension Source {
  /// What it derives from, with the grounds: where analysts are not heard there are none to be read.
  var statedDerivations: [Recorded<SourceDerivation>] {
    derivations.filter { !$0.content.grounds.isEmpty }
  }
}

extension Predicate {
  fileprivate var withUsualComparison: Predicate {
    Predicate(id: id, label: label, type: type, cardinality: cardinality, scope: scope)
  }
}
