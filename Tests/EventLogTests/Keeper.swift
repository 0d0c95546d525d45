import Calendar
import Crypto
import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import TestSupport

/// A person with a log of their own to write to.
struct Keeper: Sendable {
  let configuration: PostgresConfiguration
  let log: EventLog
  let casebook: UUID
  let slug: String

  var role: String { configuration.user ?? "" }

  /// The casebook's own stream.
  var own: StreamID { StreamID(.casebook, slug) }

  /// Logs in as somebody, without a casebook.
  static func log(of configuration: PostgresConfiguration) -> EventLog {
    EventLog(PostgresPool(configuration, maximumConnections: 4))
  }

  /// The same casebook in the hands of another person, who has that access to it, of which the log does not tell.
  func joined(
    by name: String, _ access: Access, in groups: [String] = ["dossier_analyst"],
    _ database: TestDatabase
  ) async throws -> Keeper {
    let person = try await database.person(name, in: groups)
    try await database.admit(person.user ?? "", access, to: casebook)
    return Keeper(
      configuration: person, log: Keeper.log(of: person), casebook: casebook, slug: slug)
  }

  @discardableResult
  func append(
    _ events: NewEvent..., expecting versions: [StreamID: Int64] = [:], request: UUID = UUID(),
    command: String = "a command", reply: String = "{}"
  ) async throws -> AppendReply {
    try await log.append(
      AppendRequest(
        casebookID: casebook, requestID: request, commandHash: sha256(command),
        expectedVersions: versions, events: events, reply: reply))
  }

  func head() async throws -> Int64 { try await log.resolve(.head, of: casebook).position }

  func events() async throws -> [RecordedEvent] {
    try await log.events(of: casebook, positions: 1...10_000)
  }

  func exported() async throws -> [String] {
    let lines = Lines()
    _ = try await log.export(casebook, upTo: try await head()) { lines.append($0) }
    return lines.all
  }
}

private final class Lines {
  private(set) var all: [String] = []
  func append(_ line: String) { all.append(line) }
}

func sha256(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

extension TestDatabase {
  /// A new person with a new casebook.
  func keeper(
    _ name: String = "ana", of slug: String = "notes", in groups: [String] = ["dossier_admin"]
  ) async throws -> Keeper {
    let person = try await person(name, in: groups)
    let log = Keeper.log(of: person)
    let casebook = try await log.createCasebook(
      data: #"{"slug":"\#(slug)","title":"Notes"}"#, requestID: UUID(),
      commandHash: sha256("create \(slug)"))
    return Keeper(configuration: person, log: log, casebook: casebook, slug: slug)
  }
}

/// Runs a test on a casebook in a database of its own.
nonisolated(nonsending) func withKeeper(
  _ body: nonisolated(nonsending) (TestDatabase, Keeper) async throws -> Void
) async throws {
  try await withMigratedDatabase { database in
    try await body(database, try await database.keeper())
  }
}

// MARK: - Events

extension EventLog {
  /// Creates a casebook with its first event only.
  func createCasebook(
    data: String, requestID: UUID, commandHash: [UInt8]
  ) async throws -> UUID {
    let slug = (try? JSON(parsing: data))?["slug"]?.stringValue ?? "notes"
    return try await createCasebook(
      AppendRequest(
        casebookID: UUID(), requestID: requestID, commandHash: commandHash,
        events: [.on(StreamID(.casebook, slug), "casebook.created", data: data)])
    ).id
  }
}

extension NewEvent {
  /// An event with a payload of its type, or with `data`.
  static func on(
    _ stream: StreamID, _ type: String, voice: String? = nil, version: Int = 1,
    data: String? = nil
  ) -> NewEvent {
    NewEvent(
      stream: stream, id: UUID(), type: type, schemaVersion: version, voice: voice,
      data: data ?? Payloads.all[type] ?? "{}")
  }

  static func opened(_ name: String, data: String? = nil) -> NewEvent {
    on(.case(name), "case.opened", data: data)
  }

  static func registered(_ source: String, data: String? = nil) -> NewEvent {
    on(StreamID(.source, source), "source.registered", data: data)
  }

  static func claimed(
    _ name: String, in voice: String?, number: Int = 1, data: String? = nil
  ) -> NewEvent {
    on(.case(name), "claim.recorded", voice: voice, data: data ?? Payloads.claim(number))
  }
}

extension StreamID {
  static func `case`(_ name: String) -> StreamID { StreamID(.case, name) }
}
