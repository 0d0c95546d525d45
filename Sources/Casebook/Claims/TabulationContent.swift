import StrictJSON

/// A count that a source states about a group of cases.
public struct TabulationContent: Hashable, Sendable {
  /// How the stated count bounds the true one.
  public enum Bound: String, Hashable, Sendable, CaseIterable {
    case exactly, majority, all
    case atLeast = "at-least"
    case almostAll = "almost-all"
  }

  /// The cases that are counted: a group, or those of another tabulation.
  public enum Population: Hashable, Sendable {
    case group(Slug)
    case tabulation(Slug)
  }

  /// Its short name.
  public var id: Slug
  /// The source that states it.
  public var source: Slug
  /// Where in the source.
  public var locator: String
  /// What is stated, in our words.
  public var statement: String
  /// The exact words at the locator.
  public var quote: String?
  /// The number stated, if there is one.
  public var count: Int?
  /// How the count bounds the true one.
  public var bound: Bound
  /// The cases counted.
  public var population: Population
  /// Cases that the text itself counts in.
  public var namedYes: [Slug]
  /// Cases that the text itself counts out.
  public var namedNo: [Slug]
  /// An expression over case-level claims of the same source.
  public var criterion: String

  /// A tabulation; see the properties for the meaning of each argument.
  public init(
    id: Slug, source: Slug, locator: String, statement: String, quote: String?, count: Int?,
    bound: Bound, population: Population, namedYes: [Slug], namedNo: [Slug], criterion: String
  ) {
    self.id = id
    self.source = source
    self.locator = locator
    self.statement = statement
    self.quote = quote
    self.count = count
    self.bound = bound
    self.population = population
    self.namedYes = namedYes
    self.namedNo = namedNo
    self.criterion = criterion
  }
}

extension TabulationContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["id"] = .string(id.text)
    fields["source"] = .string(source.text)
    fields["locator"] = .string(locator)
    fields["statement"] = .string(statement)
    fields["quote"] = quote.map(JSON.string)
    var stated = JSONObject()
    stated["count"] = count.map { .integer($0) }
    stated["bound"] = .string(bound.rawValue)
    fields["stated"] = .object(stated)
    switch population {
    case .group(let slug): fields["population"] = ["group": .string(slug.text)]
    case .tabulation(let slug): fields["population"] = ["tabulation": .string(slug.text)]
    }
    if !namedYes.isEmpty || !namedNo.isEmpty {
      fields["named"] = ["yes": Self.list(namedYes), "no": Self.list(namedNo)]
    }
    fields["criterion"] = .string(criterion)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    id = try reader.slug("id")
    source = try reader.slug("source")
    locator = try reader.string("locator")
    statement = try reader.string("statement")
    quote = try reader.optionalString("quote")
    var stated = try reader.reader("stated")
    count = try stated.optionalInteger("count")
    bound = try stated.choice("bound")
    try stated.finish()
    var population = try reader.reader("population")
    self.population =
      population.contains("group")
      ? .group(try population.slug("group")) : .tabulation(try population.slug("tabulation"))
    try population.finish()
    namedYes = []
    namedNo = []
    if var named = try reader.optionalReader("named") {
      namedYes = try Self.slugs("yes", in: &named)
      namedNo = try Self.slugs("no", in: &named)
      try named.finish()
    }
    criterion = try reader.string("criterion")
  }

  private static func list(_ slugs: [Slug]) -> JSON { .array(slugs.map { .string($0.text) }) }

  private static func slugs(
    _ key: String, in reader: inout JSONObjectReader
  ) throws(JSONError) -> [Slug] {
    var slugs: [Slug] = []
    for text in try reader.optionalStrings(key) ?? [] {
      do { slugs.append(try Slug(text)) } catch { throw reader.error(error.message, at: key) }
    }
    return slugs
  }
}
