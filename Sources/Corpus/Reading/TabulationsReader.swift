import Casebook

/// Reads the counts that sources state.
struct TabulationsReader {
  let file: String
  let log: ProblemLog

  func read(_ root: YAMLNode) -> [Entry<TabulationContent>] {
    ListOfEntries(root, file: file, named: "tabulation", log).entries.compactMap(tabulation)
  }

  private func tabulation(_ fields: Fields) -> Entry<TabulationContent>? {
    var fields = fields
    let id = fields.requiredSlug("tabulation")
    let source = fields.requiredSlug("source", "say which source states it")
    let locator = fields.required("locator", "say where the source states it")
    let statement = fields.required("statement", "say in your words what is stated")
    let quote = fields.text("quote")
    let stated = stated(&fields)
    let population = population(&fields)
    var namedYes: [Slug] = []
    var namedNo: [Slug] = []
    if var named = fields.fields("named") {
      namedYes = slugs("yes", &named)
      namedNo = slugs("no", &named)
      named.finish()
    }
    let criterion = fields.required("criterion", "say which claims make a case count")
    fields.finish()
    guard let id, let source, let locator, let statement, let stated, let population, let criterion
    else { return nil }
    return Entry(
      id.text,
      TabulationContent(
        id: id, source: source, locator: locator, statement: statement, quote: quote,
        count: stated.count, bound: stated.bound, population: population, namedYes: namedYes,
        namedNo: namedNo, criterion: criterion), fields.origin)
  }

  private func stated(
    _ fields: inout Fields
  ) -> (count: Int?, bound: TabulationContent.Bound)? {
    guard var inner = fields.fields("stated") else {
      if !fields.contains("stated") {
        fields.refuse("stated is missing; write stated: {count: 14, bound: exactly}")
      }
      return nil
    }
    let text = inner.text("count")
    let bound: TabulationContent.Bound? = inner.requiredChoice(
      "bound", "say exactly, at-least, majority, almost-all or all")
    inner.finish()
    guard let text else { return bound.map { (nil, $0) } }
    guard let count = Int(text), count >= 0, text.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      inner.refuse("count: \"\(text)\" is not a whole number", at: "count")
      return nil
    }
    return bound.map { (count, $0) }
  }

  private func population(_ fields: inout Fields) -> TabulationContent.Population? {
    guard
      let text = fields.required("population", "name a group, or tabulation/ID of another count")
    else { return nil }
    let prefix = "tabulation/"
    if text.hasPrefix(prefix) {
      return fields.slug(String(text.dropFirst(prefix.count)), at: "population").map {
        .tabulation($0)
      }
    }
    return fields.slug(text, at: "population").map { .group($0) }
  }

  private func slugs(_ key: String, _ fields: inout Fields) -> [Slug] {
    let texts = fields.texts(key)
    return texts.compactMap { fields.slug($0, at: key) }
  }
}
