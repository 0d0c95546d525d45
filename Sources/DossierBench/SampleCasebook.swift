import Casebook
import CasebookStore
import EDTF
import EventLog
import StrictJSON
import Synchronization

import struct FoundationEssentials.UUID

/// A casebook the size of the bundled one: its vocabulary, its sources and cases of its length.
struct SampleCasebook {
  /// How many predicates the vocabulary defines.
  static let predicates = 45
  /// How many sources are registered.
  static let sources = 9
  /// How many claims a case holds.
  static let claimsPerCase = 60
  /// SHA-256 of no command in particular.
  static let commandHash = [UInt8](repeating: 0x5a, count: 32)

  /// The casebook's identifier.
  let id: UUID
  /// Its short name.
  let slug: Slug
  private let log: EventLog
  private let lastPlainPosition = Counter()

  /// Creates a casebook with its vocabulary and sources.
  init(_ slug: String, in log: EventLog) async throws {
    self.slug = try Slug(slug)
    self.log = log
    id = try await log.create(CasebookContent(slug: self.slug, title: "Measured"))
    _ = try await append(try Self.vocabulary(of: self.slug) + Self.registrations())
  }

  /// Appends events in one request.
  func append(_ events: [NewEvent]) async throws -> AppendReply {
    try await log.append(
      AppendRequest(
        casebookID: id, requestID: UUID(), commandHash: Self.commandHash, events: events))
  }

  /// The next position of this casebook in the plain table, which gives out none itself.
  func nextPlainPosition() -> Int64 { lastPlainPosition.next() }

  // MARK: Events

  /// The events of a case from its opening on: numbers 0 to `claimsPerCase`.
  static func caseEvent(_ slug: String, number: Int) throws -> NewEvent {
    let stream = StreamID(.case, slug)
    guard number > 0 else {
      let content = CaseContent(slug: try Slug(slug), kind: .person, name: "The Person of \(slug)")
      return event(.caseOpened(content, nil), on: stream)
    }
    return NewEvent(
      stream: stream, id: UUID(), type: EventType.claimRecorded.rawValue, schemaVersion: 1,
      voice: source(number), data: claim(number).text)
  }

  /// The events of a count that a source states of some cases, which it counts in a group.
  func tabulation(of cases: [String]) throws -> [NewEvent] {
    let (group, source) = (try Slug("everybody"), try Slug(Self.source(1)))
    let ground = StreamID(.casebook, slug.text)
    let member = Predicate(
      id: "group.member", label: "Counts", type: .caseFile, cardinality: .many, qualifiers: [],
      scope: "A case that the source counts in the group.")
    let content = TabulationContent(
      id: try Slug("posted"), source: source, locator: "p. 1", statement: "All had been posted.",
      quote: nil, count: nil, bound: .all, population: .group(group), namedYes: [], namedNo: [],
      criterion: "\(Self.predicate(1)) is known or \(Self.predicate(10)) is known")
    let opened = CaseContent(slug: group, kind: .group, name: "Everybody")
    return [
      Self.event(.predicateDefined(member, nil), on: ground),
      Self.event(.caseOpened(opened, nil), on: StreamID(.case, group.text)),
    ]
      + cases.enumerated().map { number, name in
        NewEvent(
          stream: StreamID(.case, group.text), id: UUID(), type: EventType.claimRecorded.rawValue,
          schemaVersion: 1, voice: source.text,
          data: Self.membership(number + 1, of: name, source).text)
      } + [Self.event(.tabulationStated(content, nil), on: ground, in: source)]
  }

  private static func membership(_ number: Int, of name: String, _ source: Slug) -> JSON {
    [
      "ref": .string("c\(number)"), "predicate": "group.member", "state": "value",
      "value": ["case": .string(name)], "polarity": "positive",
      "attribution": ["stance": "asserts"], "qualifiers": [:], "source": .string(source.text),
      "locator": "p. 1",
    ]
  }

  private static func claim(_ number: Int) -> JSON {
    [
      "ref": .string("c\(number)"), "predicate": .string(predicate(number % predicates)),
      "state": "value",
      "value": ["text": .string("worked in the Central Code Room of the Division, post \(number)")],
      "polarity": "positive", "attribution": ["stance": "asserts"],
      "qualifiers": ["from": ["date": "1941-06"], "place": ["place": "Moscow"]],
      "source": .string(source(number)), "locator": .string("sketch, p. \(number)"),
      "quote": "assigned to the Central Code Room of the Main Intelligence Division in Moscow",
    ]
  }

  private static func vocabulary(of casebook: Slug) throws -> [NewEvent] {
    (0..<predicates).map { number in
      let predicate = Predicate(
        id: predicate(number), label: "Service, rank and post \(number)", type: .text,
        cardinality: .many,
        qualifiers: [
          .init(id: "from", type: .date), .init(id: "to", type: .date),
          .init(id: "place", type: .place),
        ],
        scope: "Posts held in the organs of the state, named as the page names them, with the "
          + "years and the place where the page gives them. Teaching is not one of them.")
      return event(.predicateDefined(predicate, nil), on: StreamID(.casebook, casebook.text))
    }
  }

  private static func registrations() throws -> [NewEvent] {
    try (0..<sources).map { number in
      let content = SourceContent(
        slug: try Slug(source(number)), title: "A Study of Past Events, Volume \(number)",
        issued: try EDTF("\(1946 + number)"), issuedTo: nil,
        csl: ["type": "book", "publisher": "A Press", "publisher-place": "New York"])
      return event(.sourceRegistered(content, nil), on: StreamID(.source, source(number)))
    }
  }

  private static func event(
    _ event: Event, on stream: StreamID, in voice: Slug? = nil
  ) -> NewEvent {
    NewEvent(
      stream: stream, id: UUID(), type: event.type.rawValue, schemaVersion: 1, voice: voice?.text,
      data: event.data.text)
  }

  private static func predicate(_ number: Int) -> String { "service.post-\(number)" }
  private static func source(_ number: Int) -> String { "source-\(number % sources)" }
}

/// Counts from 1, for many tasks at once.
private final class Counter: Sendable {
  private let last = Atomic<Int64>(0)

  func next() -> Int64 { last.add(1, ordering: .relaxed).newValue }
}
