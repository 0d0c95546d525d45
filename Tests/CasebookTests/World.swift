public import Casebook
public import EDTF

/// The casebook that most specifications begin with: three sources, three persons, two groups and a vocabulary with a
/// predicate of every type.
enum World {
  static let given: Given = {
    do { return try build() } catch { fatalError("the world of the tests is refused: \(error)") }
  }()

  private static func build() throws -> Given {
    var given = Given()
    try given.append(
      .casebookCreated(CasebookContent(slug: "defectors", title: "Soviet defectors")),
      to: casebook)
    for predicate in vocabulary { try given.perform(DefinePredicate(predicate)) }
    try given.perform(
      RegisterSource(source("fbi-1955", "Soviet Defectors", issued: "1955-01")),
      RegisterSource(source("riehle-2020", "Soviet Defectors", issued: "2020")),
      RegisterSource(source("memoir", "I Was Stalin's Agent")),
      OpenCase(CaseContent(slug: "gouzenko", kind: .person, name: "Igor S. Gouzenko")),
      OpenCase(CaseContent(slug: "barmine", kind: .person, name: nil)),
      OpenCase(CaseContent(slug: "orlov", kind: .person, name: nil)),
      OpenCase(CaseContent(slug: "fbi-twenty", kind: .group, name: nil)),
      OpenCase(CaseContent(slug: "the-rest", kind: .group, name: nil)))
    return given
  }

  /// One predicate of each type, and one with qualifiers of several.
  static let vocabulary: [Predicate] = [
    predicate("name.primary", .text), predicate("statement", .text),
    predicate("birth.date", .date), predicate("death.date", .date),
    predicate("birth.place", .place), predicate("alias", .name), predicate("age", .number),
    predicate("fear", .boolean), predicate("linked-case", .caseFile),
    predicate("group.member", .caseFile), predicate("publication", .work),
    Predicate(
      id: "recall.ordered", label: "Recall", type: .term, cardinality: .one,
      qualifiers: [
        .init(id: "date", type: .date),
        .init(id: "outcome", type: .term, terms: ["cancelled", "evaded"]),
        .init(id: "witness", type: .caseFile), .init(id: "note", type: .term),
      ],
      terms: [.init(id: "ordered", label: "plainly ordered"), .init(id: "summoned")],
      scope: "What counts."),
  ]

  static func predicate(_ id: String, _ type: ValueType) -> Predicate {
    Predicate(id: id, label: id, type: type, cardinality: .many, scope: "What counts.")
  }

  static func source(_ slug: Slug, _ title: String, issued: EDTF? = nil) -> SourceContent {
    SourceContent(slug: slug, title: title, issued: issued, issuedTo: nil, csl: nil)
  }

  static let casebook = StreamAddress(.casebook, "defectors")

  static func file(_ slug: Slug) -> StreamAddress { StreamAddress(.caseFile, slug) }

  static func source(_ slug: Slug) -> StreamAddress { StreamAddress(.source, slug) }
}

// MARK: Short forms

enum TestDates {
  /// What is wrong with a date, in the words of its reader.
  static func complaint(_ text: String) -> String {
    do { return try EDTF(text).text } catch { return error.message }
  }
}

extension ClaimDraft {
  /// A claim of the FBI's, on page 41.
  static func fbi(
    _ predicate: String, _ value: String?, _ change: (inout ClaimDraft) -> Void = { _ in }
  ) -> ClaimDraft {
    var draft = ClaimDraft(predicate: predicate, value: value)
    draft.source = "fbi-1955"
    draft.locator = "p. 41"
    change(&draft)
    return draft
  }

  /// A claim of Riehle's, in chapter 5.
  static func riehle(
    _ predicate: String, _ value: String?, _ change: (inout ClaimDraft) -> Void = { _ in }
  ) -> ClaimDraft {
    .fbi(predicate, value) {
      $0.source = "riehle-2020"
      $0.locator = "ch. 5"
      change(&$0)
    }
  }

  /// The usual claim: a date of birth.
  static let birth = ClaimDraft.fbi("birth.date", "1919-01-13")
}

extension Slug: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = literal(text) { text throws in try Slug(text) } }
}

extension ItemReference: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    self = literal(text) { text throws in try ItemReference(text) }
  }
}

extension Reference: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    self = literal(text) { text throws in try Reference(text) }
  }
}

extension EDTF: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = literal(text) { text throws in try EDTF(text) } }
}

private func literal<Value>(_ text: String, _ read: (String) throws -> Value) -> Value {
  do { return try read(text) } catch { fatalError("\"\(text)\" in a test: \(error)") }
}
