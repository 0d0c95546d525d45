import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

/// Export, restore and verification: what leaves a casebook comes back bit for bit or not at all, and what somebody
/// changed behind the log's back is found.
@Suite struct LogTransferTests {
  @Test func givenAnExportWhenRestoredThenItExportsTheSameBytes() async throws {
    try await withCasebook { _, desk in
      try await Self.work(at: desk)
      let lines = try await Self.export(desk)
      let original = try await desk.store.log.verify(desk.store.casebookID)
      #expect(original.events == lines.count)
      #expect(original.firstFault == nil)

      try await withMigratedDatabase { other in
        let log = EventLog(PostgresPool(try await other.person("ben"), maximumConnections: 1))
        let restored = try await Self.restore(lines, into: log)
        #expect(restored.casebookID == desk.store.casebookID)
        #expect(restored.root == original.root)
        var again: [String] = []
        _ = try await log.export(restored.casebookID, upTo: Int64(restored.events)) {
          again.append($0)
        }
        #expect(again == lines)
        let isMarked = try await log.casebook("notes")?.imported != nil
        #expect(isMarked)
        await log.pool.close()
      }
    }
  }

  @Test func givenTheCasebookIsThereWhenRestoredThenItIsRefused() async throws {
    try await withCasebook { _, desk in
      let lines = try await Self.export(desk)
      await #expect(throws: EventLogError.self) {
        _ = try await Self.restore(lines, into: desk.store.log)
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func givenADamagedExportWhenRestoredThenTheLineIsNamedAndNothingIsThere(
    damage: Damage
  ) async throws {
    try await withCasebook { _, desk in
      try await Self.work(at: desk)
      let (lines, faultyLine) = damage.done(to: try await Self.export(desk))
      try await withMigratedDatabase { other in
        let log = EventLog(PostgresPool(try await other.person("ben"), maximumConnections: 1))
        let error = await #expect(throws: LogImportError.self) {
          _ = try await Self.restore(lines, into: log)
        }
        #expect(error?.line == faultyLine)
        let casebooks = try await log.casebooks()
        #expect(casebooks.isEmpty)
        await log.pool.close()
      }
    }
  }

  @Test func givenAKnownRootWhenTheTailIsCutOffThenRestoringIsRefused() async throws {
    try await withCasebook { _, desk in
      try await Self.work(at: desk)
      let lines = try await Self.export(desk)
      let whole = try await desk.store.log.verify(desk.store.casebookID)
      try await withMigratedDatabase { other in
        let log = EventLog(PostgresPool(try await other.person("ben"), maximumConnections: 1))
        await #expect(throws: LogImportError.self) {
          _ = try await Self.restore(
            Array(lines.dropLast()), into: log,
            against: KnownRoot(size: whole.events, root: whole.root))
        }
        await log.pool.close()
      }
    }
  }

  @Test func givenASuperuserEditsARowThenVerificationNamesIt() async throws {
    try await withCasebook { database, desk in
      try await Self.work(at: desk)
      let position = try await desk.head() - 1
      try await database.pastGuards { connection in
        try await connection.execute(
          script: "ALTER TABLE dossier.event DISABLE TRIGGER ALL")
        try await connection.query(
          """
          UPDATE dossier.event SET recorded_by = 'somebody else' WHERE position = \(position)
          """)
      }
      let result = try await desk.store.log.verify(desk.store.casebookID)
      #expect(result.firstFault?.position == position)
    }
  }

  @Test func givenASuperuserCutsTheTailThenAKnownRootShowsIt() async throws {
    try await withCasebook { database, desk in
      try await Self.work(at: desk)
      let before = try await desk.store.log.verify(desk.store.casebookID)
      try await database.pastGuards { connection in
        try await connection.execute(
          script: """
            ALTER TABLE dossier.event DISABLE TRIGGER ALL;
            ALTER TABLE dossier.append_request DISABLE TRIGGER ALL;
            DELETE FROM dossier.append_request
            WHERE last_position = (SELECT max(position) FROM dossier.event);
            DELETE FROM dossier.event
            WHERE position = (SELECT max(position) FROM dossier.event)
            """)
      }
      let alone = try await desk.store.log.verify(desk.store.casebookID)
      #expect(alone.firstFault == nil)
      let compared = try await desk.store.log.verify(
        desk.store.casebookID, against: KnownRoot(size: before.events, root: before.root))
      #expect(compared.firstFault?.position == Int64(before.events))
    }
  }

  @Test func givenHistoryIsRewrittenWithFittingHashesThenAKnownRootShowsIt() async throws {
    try await withCasebook { database, desk in
      try await Self.work(at: desk)
      let before = try await desk.store.log.verify(desk.store.casebookID)
      let position = try await desk.head() - 1
      try await database.pastGuards { connection in
        try await connection.execute(
          script: """
            ALTER TABLE dossier.event DISABLE TRIGGER ALL;
            ALTER TABLE dossier.append_request DISABLE TRIGGER ALL;
            UPDATE dossier.append_request SET recorded_by = 'forger'
            WHERE \(position) BETWEEN first_position AND last_position;
            UPDATE dossier.event SET recorded_by = 'forger'
            WHERE request_id = (
              SELECT request_id FROM dossier.append_request WHERE recorded_by = 'forger');
            UPDATE dossier.event SET leaf_hash = dossier.leaf_hash(
              casebook_id, position, event_id, stream_kind, stream_id, stream_version, event_type,
              schema_version, voice_source_id, dossier.microseconds(recorded_at), recorded_by,
              request_id, data::text)
            WHERE recorded_by = 'forger'
            """)
      }
      let alone = try await desk.store.log.verify(desk.store.casebookID)
      #expect(alone.firstFault == nil)
      let compared = try await desk.store.log.verify(
        desk.store.casebookID, against: KnownRoot(size: before.events, root: before.root))
      #expect(compared.firstFault != nil)
    }
  }
}

/// What can happen to an exported file.
enum Damage: CaseIterable, Sendable {
  case changedData, changedAuthor, missingLine, repeatedLine, truncated, invalidUTF8, unknownMember
  case repeatedMember, empty

  /// The damaged lines, and the line that must be named.
  func done(to lines: [String]) -> (lines: [String], faultyLine: Int?) {
    var lines = lines
    let last = lines.count
    func edit(_ old: String, _ new: String) {
      lines[last - 1] = lines[last - 1].replacing(old, with: new)
    }
    switch self {
    case .changedData:
      edit("\"data\":{", "\"data\":{\"x\":1,")
      return (lines, last)
    case .changedAuthor:
      edit("\"recordedby\":\"", "\"recordedby\":\"x")
      return (lines, last)
    case .missingLine:
      lines.remove(at: 2)
      return (lines, 3)
    case .repeatedLine:
      lines.insert(lines[2], at: 3)
      return (lines, 4)
    case .truncated:
      lines[last - 1] = String(lines[last - 1].prefix(80))
      return (lines, last)
    case .invalidUTF8:
      lines[last - 1] = "\u{FFFF}invalid"
      return (lines, last)
    case .unknownMember:
      edit("\"specversion\"", "\"author\":\"me\",\"specversion\"")
      return (lines, last)
    case .repeatedMember:
      edit("\"specversion\"", "\"time\":\"2000-01-01T00:00:00.000000Z\",\"specversion\"")
      return (lines, last)
    case .empty: return ([], nil)
    }
  }
}

extension LogTransferTests {
  fileprivate static func work(at desk: Desk) async throws {
    let slug = try Slug("anna")
    try await desk.perform(
      OpenCase(CaseContent(slug: slug, kind: .person, name: "Änna \"A\" \\ \u{1F5C2}")),
      RenameCase(slug, name: "Anna", reason: "simpler"))
    try await desk.perform(CloseCase(slug, reason: "done"))
  }

  fileprivate static func export(_ desk: Desk) async throws -> [String] {
    var lines: [String] = []
    let head = try await desk.head()
    _ = try await desk.store.log.export(desk.store.casebookID, upTo: head) { lines.append($0) }
    return lines
  }

  fileprivate static func restore(
    _ lines: [String], into log: EventLog, against known: KnownRoot? = nil
  ) async throws -> LogImport {
    var rest = lines[...]
    return try await log.restore(against: known) {
      guard let line = rest.popFirst() else { return nil }
      return Array((line.hasSuffix("\n") ? line.dropLast() : line[...]).utf8)
    }
  }
}
