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
    _ database: TestDatabase, table: String = "event", _ statement: PostgresQuery
  ) async throws {
    try await database.pastGuards { connection in
      try await connection.execute(
        script: "ALTER TABLE dossier.\(table) DISABLE TRIGGER refuse_change")
      #expect(try await connection.query(statement).affectedRows > 0)
      try await connection.execute(
        script: "ALTER TABLE dossier.\(table) ENABLE ALWAYS TRIGGER refuse_change")
    }
  }

  private func fill(_ ana: Keeper) async throws {
    try await ana.append(.registered("fbi"), .opened("gouzenko"))
    for number in 1...6 {
      try await ana.append(.claimed("gouzenko", in: "fbi", number: number))
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
        \(hexadecimal(sha256(Payloads.claim())))

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

  @Test(
    "A tail cut off is found by the requests that are left of it, or else against a root noted down"
  )
  func truncated() async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      let before = try await ana.log.verify(ana.casebook)
      let known = KnownRoot(size: before.events, root: before.root)
      #expect(try await ana.log.verify(ana.casebook, against: known).firstFault == nil)
      try await tamper(database, "DELETE FROM dossier.event WHERE position > 7")
      #expect(try await ana.log.verify(ana.casebook).firstFault?.position == 8)
      try await tamper(
        database, table: "append_request",
        "DELETE FROM dossier.append_request WHERE last_position > 7")
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
        database,
        """
        UPDATE dossier.event SET data = replace(data::text, 'p. 1', 'p. 2')::json WHERE position = 5
        """)
      try await rehash(ana, database)
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      try await ana.append(.opened("orlov"))
      #expect(try await ana.log.verify(ana.casebook, against: known).firstFault != nil)
    }
  }

  // MARK: What could not have been written

  @Test(
    "An event that breaks a rule, with a hash to fit, is found at its position",
    arguments: [
      "data = '{}'", "data = '[]'", "data = E'{\n}'", "data = '{\"ref\":\"c1\",\"ref\":\"c1\"}'",
      "data = replace(data::text, '\"p. 1\"', '1')::json",
      "data = replace(data::text, '{}', '{\"n\":1e400}')::json",
      "data = replace(data::text, '{}', repeat('[', 70) || repeat(']', 70))::json",
      "event_type = 'claim.invented'", "event_type = 'case.closed'", "schema_version = 2",
      "voice_source_id = NULL", "voice_source_id = 'memoir'", "recorded_by = ''",
      "recorded_by = E'a\nb'", "stream_id = 'Gouzenko', stream_version = 1",
      "stream_kind = 'source', stream_id = 'memoir', stream_version = 1",
      "recorded_at = '20000-01-01'",
      "event_type = 'event.voided', voice_source_id = NULL, stream_kind = 'casebook', "
        + "stream_id = 'notes', stream_version = 2, data = '{\"position\":7,\"reason\":\"so\"}'",
      "event_type = 'event.voided', voice_source_id = NULL, stream_kind = 'casebook', "
        + "stream_id = 'notes', stream_version = 2, data = '{\"position\":1,\"reason\":\"so\"}'",
    ])
  func brokenRule(_ change: String) async throws {
    try await withKeeper { database, ana in
      try await fill(ana)
      try await tamper(database, "UPDATE dossier.event SET \(raw: change) WHERE position = 5")
      try await rehash(ana, database)
      let fault = try #require(try await ana.log.verify(ana.casebook).firstFault)
      #expect(fault.position == 5 && fault.problem.hasPrefix("it could not be written: "))
    }
  }

  @Test("A request whose events are elsewhere, and a source that no event registers, are found")
  func besideTheLog() async throws {
    // But the one that is worked out.
    let columns =
      "casebook_id, recorded_by, request_id, command_hash, first_position, last_position, reply"
    try await withKeeper { database, ana in
      try await fill(ana)
      for change in [
        "last_position = 99", "first_position = 1", "last_position = first_position - 1",
        "request_id = gen_random_uuid()",
      ] {
        try await tamper(
          database, table: "append_request",
          "CREATE TABLE public.before AS SELECT \(raw: columns) FROM dossier.append_request")
        try await tamper(
          database, table: "append_request",
          "UPDATE dossier.append_request SET \(raw: change) WHERE first_position = 5")
        let fault = try await ana.log.verify(ana.casebook).firstFault
        #expect(fault?.problem.hasPrefix("a request is kept") == true, "\(change)")
        try await tamper(
          database, table: "append_request",
          "DELETE FROM dossier.append_request WHERE casebook_id = \(ana.casebook)")
        try await tamper(
          database, table: "append_request",
          "INSERT INTO dossier.append_request (\(raw: columns)) SELECT * FROM public.before")
        try await database.asSuperuser { try await $0.execute(script: "DROP TABLE public.before") }
      }
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      try await tamper(
        database, table: "source",
        "INSERT INTO dossier.source SELECT casebook_id, 'phantom' FROM dossier.casebook")
      let fault = try #require(try await ana.log.verify(ana.casebook).firstFault)
      #expect(fault.position == 9 && fault.problem.contains("phantom"))
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
