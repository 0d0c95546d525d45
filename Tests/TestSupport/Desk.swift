public import Casebook
public import CasebookStore
public import EventLog
public import PostgresClient

/// A person at work in a casebook.
public struct Desk: Sendable {
  /// How the person connects.
  public let configuration: PostgresConfiguration
  /// The casebook, opened as that person.
  public let store: CasebookStore

  /// The person's login role.
  public var role: String { configuration.user ?? "" }

  /// Carries commands out and returns what was done.
  @discardableResult
  public func perform(_ commands: any Command...) async throws -> Receipt {
    try await store.perform(Request(commands))
  }

  /// The last position of the log.
  public func head() async throws -> Int64 {
    try await store.log.resolve(.head, of: store.casebookID).position
  }

  /// The state with these cases, everybody heard.
  public func state(_ cases: String...) async throws -> CasebookState {
    try await store.view(of: Set(try cases.map { try Slug($0) })).state
  }

  /// Puts the pencil down: closes the connections.
  public func leave() async { await store.log.pool.close() }
}

extension TestDatabase {
  /// A new person with a casebook of their own, which has a small vocabulary.
  public func casebook(_ slug: String = "notes", by name: String = "ana") async throws -> Desk {
    let person = try await person(name)
    let log = EventLog(PostgresPool(person, maximumConnections: 2))
    let slug = try Slug(slug)
    let id = try await log.create(CasebookContent(slug: slug, title: "Notes"))
    let desk = Desk(
      configuration: person, store: CasebookStore(log: log, casebookID: id, slug: slug))
    _ = try await desk.store.perform(
      Request(SampleVocabulary.predicates.map { DefinePredicate($0) }))
    return desk
  }

  /// A new person who has access to the casebook, of which the log does not tell.
  public func join(
    _ desk: Desk, as name: String, _ access: Access = .write
  ) async throws -> Desk {
    let person = try await person(name)
    try await admit(person.user ?? "", access, to: desk.store.casebookID)
    return try await self.desk(person, at: desk)
  }

  /// Another connection of a person who has access.
  public func desk(_ person: PostgresConfiguration, at desk: Desk) async throws -> Desk {
    Desk(
      configuration: person,
      store: CasebookStore(
        log: EventLog(PostgresPool(person, maximumConnections: 2)),
        casebookID: desk.store.casebookID, slug: desk.store.slug))
  }
}

/// Runs a test on a casebook in a database of its own.
public nonisolated(nonsending) func withCasebook<R>(
  _ body: nonisolated(nonsending) (TestDatabase, Desk) async throws -> R
) async throws -> R {
  try await withMigratedDatabase { database in
    let desk = try await database.casebook()
    do {
      let result = try await body(database, desk)
      await desk.leave()
      return result
    } catch {
      await desk.leave()
      throw error
    }
  }
}

/// A vocabulary with a predicate of every type.
public enum SampleVocabulary {
  /// The predicates.
  public static let predicates: [Predicate] = [
    predicate("name.primary", "Name", .text),
    predicate("birth.date", "Born", .date, .one),
    predicate("birth.place", "Born in", .place, .one),
    predicate("defection.date", "Broke", .date, [.init(id: "stage", type: .text)]),
    predicate(
      "service.rank", "Rank", .text,
      [.init(id: "from", type: .date), .init(id: "to", type: .date)]),
    predicate("height", "Height in centimetres", .number, .one),
    predicate("fear.for-safety", "Feared for safety", .boolean, .one),
    Predicate(
      id: "motive.kind", label: "Kind of motive", type: .term, cardinality: .many,
      qualifiers: [
        .init(id: "weight", type: .term, terms: ["main", "contributing"]),
        .init(id: "note", type: .text),
      ],
      terms: ["ideology", "fear", "recall", "career"].map { .init(id: $0) },
      scope: "Why, in one word."),
    predicate("publication", "Wrote", .work),
    predicate("group.member", "Member", .caseFile),
    predicate("statement", "Statement", .text, [.init(id: "place", type: .place)]),
  ]

  private static func predicate(
    _ id: String, _ label: String, _ type: ValueType,
    _ cardinality: Predicate.Cardinality = .many, _ qualifiers: [Predicate.Qualifier] = []
  ) -> Predicate {
    Predicate(
      id: id, label: label, type: type, cardinality: cardinality, qualifiers: qualifiers,
      scope: "What the page says.")
  }

  private static func predicate(
    _ id: String, _ label: String, _ type: ValueType, _ qualifiers: [Predicate.Qualifier]
  ) -> Predicate {
    predicate(id, label, type, .many, qualifiers)
  }
}
