import Analysis
import Calendar
public import Casebook
import EDTF

/// A small casebook to be analysed: two sources and a memoir, a group `all` of `anna`, `boris` and `clara` as the source
/// `book` has it, and a predicate of most kinds.
struct Study {
  private(set) var state = CasebookState()
  private var position: Int64 = 0

  init() throws {
    let slug: Slug = "study"
    try append(
      .casebookCreated(CasebookContent(slug: slug, title: "A study")),
      to: StreamAddress(.casebook, slug), voice: nil)
    for predicate in Self.vocabulary { try perform(DefinePredicate(predicate)) }
    for source in ["book", "paper", "memoir"] as [Slug] {
      try perform(
        RegisterSource(
          SourceContent(slug: source, title: source.text, issued: nil, issuedTo: nil, csl: nil)))
    }
    for person in ["anna", "boris", "clara"] as [Slug] {
      try perform(OpenCase(CaseContent(slug: person, kind: .person, name: nil)))
    }
    try perform(OpenCase(CaseContent(slug: "all", kind: .group, name: nil)))
    for person in ["anna", "boris", "clara"] { try claim("all", "group.member", person) }
  }

  private static let vocabulary = [
    predicate("birth.date", .date, .one), predicate("height", .number, .one),
    predicate("fear", .boolean, .one), predicate("birth.place", .place, .one),
    predicate("city", .place, .many), predicate("rank", .text, .many),
    predicate("name", .text, .one, comparison: .names),
    predicate("friend", .caseFile, .many), predicate("group.member", .caseFile, .many),
    predicate("wrote", .work, .many),
    predicate(
      "recall", .term, .many, terms: ["ordered", "summoned", "not-recalled"],
      qualifiers: [
        .init(id: "date", type: .date),
        .init(id: "outcome", type: .term, terms: ["evaded", "cancelled"]),
      ]),
    predicate(
      "left", .date, .one,
      qualifiers: [
        .init(id: "stage", type: .term, terms: ["gone", "announced"]),
        .init(id: "age", type: .number),
      ]),
  ]

  private static func predicate(
    _ id: String, _ type: ValueType, _ cardinality: Predicate.Cardinality, terms: [String] = [],
    qualifiers: [Predicate.Qualifier] = [], comparison: Predicate.Comparison? = nil
  ) -> Predicate {
    Predicate(
      id: id, label: id, type: type, cardinality: cardinality, qualifiers: qualifiers,
      terms: terms.map { Predicate.Term(id: $0) }, comparison: comparison, scope: "What counts.")
  }

  /// Carries out a command.
  ///
  /// - Throws: `Refusal`, `EvolveError`.
  mutating func perform(_ command: any Command) throws {
    for decision in try command.decide(on: state) {
      try append(decision.event, to: decision.stream, voice: decision.voice)
    }
  }

  private mutating func append(_ event: Event, to stream: StreamAddress, voice: Slug?) throws {
    position += 1
    try state.evolve(
      Fact(
        position: position, stream: stream, streamVersion: state.version(of: stream) + 1,
        voice: voice, recordedAt: Instant(microseconds: position), recordedBy: "mh", event: event))
  }

  /// Records a claim of the source `book`, on page 1.
  mutating func claim(
    _ file: Slug, _ predicate: String, _ value: String?,
    _ change: (inout ClaimDraft) -> Void = { _ in }
  ) throws {
    var draft = ClaimDraft(predicate: predicate, value: value)
    draft.source = "book"
    draft.locator = "p. \(position)"
    change(&draft)
    try perform(RecordClaim(file, draft))
  }

  /// A count of `book`, about everybody unless told.
  func count(
    _ criterion: String, _ count: Int? = 1,
    _ bound: TabulationContent.Bound = .exactly, as id: Slug = "count",
    of population: TabulationContent.Population? = nil,
    yes: [Slug] = [], no: [Slug] = []
  ) -> TabulationContent {
    TabulationContent(
      id: id, source: "book", locator: "p. 9", statement: "So many.", quote: nil, count: count,
      bound: bound, population: population ?? .group("all"), namedYes: yes, namedNo: no,
      criterion: criterion)
  }

  /// What the claims say to the counts, which are stated in this order.
  func results(_ contents: TabulationContent...) throws -> [TabulationResult] {
    var study = self
    for content in contents { try study.perform(StateTabulation(content)) }
    var tabulator = try Tabulator(contents.map(\.id), in: study.state)
    for file in study.state.cases.values { tabulator.add(file) }
    return tabulator.results
  }

  /// What the claims about `anna` say to a criterion.
  func finding(_ criterion: String) throws -> CaseFinding {
    let results = try results(count(criterion))
    guard let finding = results[0].findings.first else { fatalError("anna is not counted") }
    return finding
  }
}

extension Slug: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    do { self = try Slug(text) } catch { fatalError("\"\(text)\" in a test: \(error)") }
  }
}

extension Study {
  /// What the sources say of `anna` with a predicate, side by side.
  func comparison(_ predicate: String) throws -> PredicateComparison {
    let comparison = CaseComparison(try state.caseFile("anna"), in: state)
    guard let found = comparison.predicates.first(where: { $0.predicate.id == predicate }) else {
      fatalError("nothing is said with \(predicate)")
    }
    return found
  }

  /// Records a claim about `anna` in another source's voice.
  mutating func claim(
    in source: String, _ predicate: String, _ value: String?,
    _ change: (inout ClaimDraft) -> Void = { _ in }
  ) throws {
    try claim("anna", predicate, value) {
      $0.source = source
      change(&$0)
    }
  }
}
