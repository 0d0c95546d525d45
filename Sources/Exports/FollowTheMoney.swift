import Calendar
public import Casebook
import Crypto
import EDTF
public import StrictJSON

/// Claims as statements of FollowTheMoney, the data model of Aleph and OpenSanctions. Each source is a data set of its
/// own, so that what one says is never taken for another's.
///
/// | in a casebook | in FollowTheMoney |
/// |---|---|
/// | case: person, group, event | entity: Person, Organization, Event |
/// | case: place, work, object | entity: Address, Document, Asset |
/// | source | data set, with `_` for `-` |
/// | `name.primary`, `name.variant` | `name`, `alias` |
/// | `birth.date`, `birth.place`, `death.date`, `education`, `service.post` of a person | `birthDate`, `birthPlace`, `deathDate`, `education`, `position` |
/// | `group.member` of a group | Membership: `organization`, `member` |
/// | another claim that names a case | UnknownLink: `subject`, `object`, `role` |
/// | every other claim | `notes`: what it is about, and what the source says, in words |
///
/// A property holds only what a source asserts without a hedge. What it denies, doubts, reports or hedges, a date that
/// is not a year, a month or a day, and a claim with qualifiers are told in `notes`, where nothing of that is lost.
/// `origin` names the claims and their places in the source, `original_value` the source's wording.
public struct FollowTheMoney {
  private let casebook: Slug
  private let register: Register
  private var entities: [Entity] = []

  /// Statements of a casebook; the first entity, a Note, says what they were taken from.
  public init(_ register: Register, casebook: Slug, basis: String) {
    self.casebook = casebook
    self.register = register
    var note = Entity(id: casebook.text, schema: "Note", dataset: Self.dataset(casebook))
    note.add("description", basis)
    entities.append(note)
  }

  /// Adds what each source says of a case.
  public mutating func add(_ file: Case, includesWithdrawn: Bool = false) {
    let claims = file.sortedClaims.filter { includesWithdrawn || $0.status == .current }
    for source in Set(claims.map(\.content.source)).sorted() {
      let dataset = Self.dataset(source)
      var entity = Entity(id: id(file.slug), schema: file.kind.schema, dataset: dataset)
      var links: [Entity] = []
      for claim in claims where claim.content.source == source {
        let trace = Trace(claim, in: file)
        if let link = link(claim, of: file, dataset, trace) {
          links.append(link)
          continue
        }
        let property = property(of: claim, in: file)
        if let property { entity.add(property, claim.content.assertion.plainText, trace) }
        if property == nil || !claim.content.qualifiers.isEmpty {
          entity.add("notes", words(of: claim), trace)
        }
      }
      entities += [entity] + links
    }
  }

  /// The statements, in JSON as `followthemoney` reads them, one a line.
  public var lines: [JSON] { entities.flatMap(\.statements).map(\.json) }

  // MARK: What becomes of a claim

  private func id(_ slug: Slug) -> String { "\(casebook).\(slug)" }

  private static func dataset(_ slug: Slug) -> String { slug.text.replacing("-", with: "_") }

  private func words(of claim: Claim) -> String {
    let content = claim.content
    let label = register.predicate(content.predicate)?.label ?? content.predicate
    return "\(label): \(content.words)" + (claim.status == .withdrawn ? " (withdrawn)" : "")
  }

  /// The property that holds the claim; nil when none can.
  private func property(of claim: Claim, in file: Case) -> String? {
    guard claim.isPlain, let value = claim.content.assertion.value else { return nil }
    let property =
      Self.properties[claim.content.predicate]
      ?? (file.kind == .person ? Self.propertiesOfPeople[claim.content.predicate] : nil)
    guard case .date(let date) = value else { return property }
    return date.isPlain ? property : nil
  }

  private static let properties = ["name.primary": "name", "name.variant": "alias"]
  private static let propertiesOfPeople = [
    "birth.date": "birthDate", "birth.place": "birthPlace", "death.date": "deathDate",
    "education": "education", "service.post": "position",
  ]

  /// An entity of its own, where the claim ties the case to another.
  private func link(
    _ claim: Claim, of file: Case, _ dataset: String, _ trace: Trace
  ) -> Entity? {
    guard claim.isPlain, case .caseFile(let other)? = claim.content.assertion.value else {
      return nil
    }
    let isMember = claim.content.predicate == "group.member" && file.kind == .group
    var entity = Entity(
      id: "\(id(file.slug)).c\(claim.number)", schema: isMember ? "Membership" : "UnknownLink",
      dataset: dataset)
    entity.add(isMember ? "organization" : "subject", id(file.slug), trace)
    entity.add(isMember ? "member" : "object", id(other), trace)
    entity.add("role", words(of: claim), trace)
    return entity
  }
}

// MARK: - Entities and statements

/// Where a statement was taken from, and when that was recorded.
private struct Trace {
  let origin: String
  let original: String?
  let firstSeen: String
  let lastSeen: String

  init(_ claim: Claim, in file: Case) {
    origin = "\(file.slug)/c\(claim.number) \(claim.content.locator)"
    original = claim.content.asWritten
    // Their times are of UTC and have seconds, no more.
    firstSeen = String(claim.recorded.at.description.prefix(19))
    lastSeen = String(claim.changed.at.description.prefix(19))
  }
}

/// What one data set states of one thing.
private struct Entity {
  let id: String
  let schema: String
  let dataset: String
  private var stated: [Statement] = []

  init(id: String, schema: String, dataset: String) {
    self.id = id
    self.schema = schema
    self.dataset = dataset
  }

  mutating func add(_ property: String, _ value: String, _ trace: Trace? = nil) {
    var statement = Statement(
      entity: id, schema: schema, dataset: dataset, property: property, value: value)
    statement.origins = trace.map { [$0.origin] } ?? []
    statement.original = trace?.original == value ? nil : trace?.original
    statement.firstSeen = trace?.firstSeen
    statement.lastSeen = trace?.lastSeen
    // Two claims of one source that say the same are one statement.
    if let index = stated.firstIndex(where: { $0.key == statement.key }) {
      stated[index].merge(statement)
    } else {
      stated.append(statement)
    }
  }

  /// The statements, before them that of the entity itself, whose value sums up the others.
  var statements: [Statement] {
    let keys = stated.map(\.key).sorted().joined()
    var first = Statement(
      entity: id, schema: schema, dataset: dataset, property: "id",
      value: Statement.digest(schema + keys))
    first.firstSeen = stated.compactMap(\.firstSeen).min()
    first.lastSeen = stated.compactMap(\.lastSeen).max()
    return [first] + stated
  }
}

/// A value of a property of an entity, as a data set states it.
private struct Statement {
  let entity: String
  let schema: String
  let dataset: String
  let property: String
  let value: String
  var origins: [String] = []
  var original: String?
  var firstSeen: String?
  var lastSeen: String?

  /// Its key, as `Statement.make_key` of `followthemoney` makes it.
  let key: String

  init(entity: String, schema: String, dataset: String, property: String, value: String) {
    self.entity = entity
    self.schema = schema
    self.dataset = dataset
    self.property = property
    self.value = value
    key = Self.digest("\(dataset).\(entity).\(property).\(value)")
  }

  static func digest(_ text: String) -> String {
    Insecure.SHA1.hash(data: Array(text.utf8)).hexadecimal
  }

  mutating func merge(_ other: Statement) {
    origins += other.origins
    original = original ?? other.original
    firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
    lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
  }

  var json: JSON {
    let text = { (text: String?) in text.map(JSON.string) ?? .null }
    return [
      "canonical_id": .string(entity), "entity_id": .string(entity), "prop": .string(property),
      "schema": .string(schema), "value": .string(value), "dataset": .string(dataset),
      "lang": .null, "original_value": text(original), "first_seen": text(firstSeen),
      "last_seen": text(lastSeen), "external": false,
      "origin": text(origins.isEmpty ? nil : origins.joined(separator: "; ")),
      "id": .string(key),
    ]
  }
}

// MARK: - What can be stated

extension CaseKind {
  fileprivate var schema: String {
    switch self {
    case .person: "Person"
    case .group: "Organization"
    case .place: "Address"
    case .work: "Document"
    case .object: "Asset"
    case .event: "Event"
    }
  }
}

extension Claim {
  /// Whether its source says so itself, without a hedge.
  fileprivate var isPlain: Bool {
    status == .current && !content.isNegative && content.hedge == nil
      && content.attribution.stance == .asserts
  }
}

extension Assertion {
  /// The value as its property holds it: a date in today's calendar.
  fileprivate var plainText: String { value?.date?.newStyle ?? display }
}

extension EDTF {
  /// Whether it is one year, month or day of today's calendar, perhaps by another name.
  fileprivate var isPlain: Bool {
    (newStyle ?? text).wholeMatch(of: /[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?/) != nil
  }
}
