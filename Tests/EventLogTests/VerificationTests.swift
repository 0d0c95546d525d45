import Calendar
@testable import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Verifying a log")
struct VerificationTests {
  /// Does what only a superuser can, behind the log's back.
  private func tamper(
    _ database: TestDatabase, _ statement: PostgresQuery
  ) async throws {
    try await database.pastGuards { connection in
      try await connection.execute(
        script: "ALTER TABLE dossier.event DISABLE TRIGGER refuse_change")
      #expect(try await connection.query(statement).affectedRows > 0)
      try await connection.execute(
        script: "ALTER TABLE dossier.event ENABLE ALWAYS TRIGGER refuse_change")
    }
  }

  private func fill(_ ana: Keeper) async throws {
    try await ana.append(.registered("fbi"), .opened("gouzenko"))
    for number in 1...6 {
      try await ana.append(.claimed("gouzenko", in: "fbi", data: #"{"ref":"c\#(number)"}"#))
    }
  }

  @Test("A log that nobody touched is whole, and its leaves are those of the definition")
  func whole() async throws {
    try await withKeeper { _, ana in
      try await fill(ana)
      let verification = try await ana.log.verify(ana.casebook)
      #expect(verification.events == 9 && verification.firstFault == nil)
      #expect(verification.standstills.isEmpty)
      let event = try await ana.events()[3]
      let leaf = """
        dossier-event/v1
        \(ana.casebook.uuidString.lowercased())
        4
        \(event.id.uuidString.lowercased())
        case
        gouzenko
        2
        claim.recorded
        1
        fbi
        \(event.recordedAt.microseconds)
        \(ana.role)
        \(event.requestID.uuidString.lowercased())
        \(hexadecimal(sha256(#"{"ref":"c1"}"#)))

        """
      #expect(event.leafHash == sha256("\0" + leaf))
      var tree = MerkleTree()
      for event in try await ana.events() { tree.append(leafHash: event.leafHash) }
      #expect(verification.root == hexadecimal(tree.root))
    }
  }

  @Test(
    "A changed column is found at its position",
    arguments: [
      "data = '{}'", "data = '{\"ref\": \"c2\"}'", "recorded_by = 'somebody'",
      "recorded_at = recorded_at + interval '1 microsecond'", "event_type = 'claim.withdrawn'",
      "voice_source_id = NULL", "stream_id = 'orlov'", "request_id = gen_random_uuid()",
      "event_id = gen_random_uuid()", "schema_version = 2", "stream_version = 99",
      "leaf_hash = sha256('')",
    ])
  func changed(_ change: String) async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      try await tamper(
        database, "UPDATE dossier.event SET \(raw: change) WHERE position = 5")
      let verification = try await ana.log.verify(ana.casebook)
      #expect(verification.firstFault?.position == 5)
    }
  }

  @Test("A deleted event is found at its position")
  func deleted() async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      try await tamper(database, "DELETE FROM dossier.event WHERE position = 4")
      #expect(try await ana.log.verify(ana.casebook).firstFault?.position == 4)
    }
  }

  @Test("Events that changed places, with hashes to fit, are found by their streams or times")
  func reordered() async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      try await tamper(
        database,
        "UPDATE dossier.event SET position = 100 - position WHERE position IN (4, 5)")
      try await tamper(
        database, "UPDATE dossier.event SET position = position - 91 WHERE position > 90")
      try await rehash(ana, database)
      #expect(try await ana.log.verify(ana.casebook).firstFault?.position == 4)
    }
  }

  @Test("A tail cut off is found against a root noted down earlier, and only so")
  func truncated() async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      let before = try await ana.log.verify(ana.casebook)
      let known = KnownRoot(size: before.events, root: before.root)
      #expect(try await ana.log.verify(ana.casebook, against: known).firstFault == nil)
      try await tamper(database, "DELETE FROM dossier.event WHERE position > 7")
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      #expect(try await ana.log.verify(ana.casebook, against: known).firstFault?.position == 8)
    }
  }

  @Test(
    "A log rewritten as a whole, with hashes to fit, is found against a root noted down earlier")
  func rewritten() async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      let before = try await ana.log.verify(ana.casebook)
      let known = KnownRoot(size: before.events, root: before.root)
      try await tamper(
        database, "UPDATE dossier.event SET data = '{\"ref\":\"x\"}' WHERE position = 5")
      try await rehash(ana, database)
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      try await ana.append(.opened("orlov"))
      #expect(try await ana.log.verify(ana.casebook, against: known).firstFault != nil)
    }
  }

  /// Gives every event the hash that its columns have now.
  private func rehash(_ ana: Keeper, _ database: TestDatabase) async throws {
    try await tamper(
      database,
      """
      UPDATE dossier.event SET leaf_hash = dossier.leaf_hash(
        casebook_id, position, event_id, stream_kind, stream_id, stream_version, event_type,
        schema_version, voice_source_id, dossier.microseconds(recorded_at), recorded_by,
        request_id, data::text)
      """)
  }
}
