import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Texts kept beside the log")
struct TextTests {
  private static let parts = ["[p. 1]\r\nIn the beginning é\n", "[p. 2]\nan end"]

  private func digest(_ parts: [String]) -> String {
    sha256(parts.joined()).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func kept(_ parts: [String] = Self.parts) -> KeptText {
    KeptText(sha256: digest(parts), parts: parts)
  }

  private func rows(_ database: TestDatabase) async throws -> Int64 {
    try await database.asSuperuser { connection in
      try await connection.query("SELECT count(*) FROM dossier.source_text")[0]
        .decode(Int64.self, at: 0)
    }
  }

  @Test("are kept once and read back byte for byte")
  func once() async throws {
    try await withKeeper { _, ana in
      #expect(try await ana.log.keep(kept(), in: ana.casebook))
      #expect(try await !ana.log.keep(kept(), in: ana.casebook))
      let text = try await ana.log.text(digest(Self.parts), of: ana.casebook)
      #expect(text.map { Array($0.utf8) } == Array(Self.parts.joined().utf8))
      #expect(try await ana.log.text(digest(["other"]), of: ana.casebook) == nil)
      #expect(try await ana.log.verifyTexts(of: ana.casebook) == [digest(Self.parts): true])
    }
  }

  @Test("are kept with the event that speaks of them, or neither is")
  func together() async throws {
    try await withKeeper { database, ana in
      func request(_ event: NewEvent) -> AppendRequest {
        AppendRequest(
          casebookID: ana.casebook, requestID: UUID(), commandHash: sha256("x"), events: [event],
          texts: [kept()])
      }
      let source = StreamID(.source, "memoir")
      await #expect(throws: EventLogError.self) {
        _ = try await ana.log.append(request(.on(source, "source.unheard-of")))
      }
      #expect(try await rows(database) == 0)
      let reply = try await ana.log.append(request(.on(source, "source.text-attached")))
      #expect(reply.lastPosition == 2)
      #expect(try await rows(database) == 2)
      #expect(try await ana.head() == 2)
    }
  }

  @Test("leave nothing behind when whoever attaches them dies half way")
  func killed() async throws {
    try await withKeeper { database, ana in
      let connection = try await PostgresConnection.connect(ana.configuration)
      try await connection.execute(script: "BEGIN")
      try await connection.query(
        "SELECT dossier.keep_text(\(ana.casebook), decode(\(digest(Self.parts)), 'hex'), \(Self.parts))"
      )
      let process = try await connection.query("SELECT pg_backend_pid()")[0]
        .decode(Int32.self, at: 0)
      try await database.asSuperuser { connection in
        try await connection.query("SELECT pg_terminate_backend(\(process), 10000)")
      }
      await #expect(throws: PostgresError.self) { try await connection.execute(script: "COMMIT") }
      #expect(try await rows(database) == 0)
      #expect(try await ana.log.keep(kept(), in: ana.casebook))
    }
  }

  @Test("are refused from readers, strangers and with another digest")
  func refused() async throws {
    try await withKeeper { database, ana in
      let reader = try await ana.joined(by: "ben", .read, database)
      let stranger = Keeper.log(of: try await database.person("cleo", in: ["dossier_analyst"]))
      for log in [reader.log, stranger] {
        let error = await #expect(throws: EventLogError.self) {
          try await log.keep(kept(), in: ana.casebook)
        }
        if case .notAllowed? = error { continue }
        Issue.record("\(String(describing: error))")
      }
      for text in [KeptText(sha256: digest(["other"]), parts: Self.parts), kept([]), kept([""])] {
        await #expect(throws: EventLogError.self) { try await ana.log.keep(text, in: ana.casebook) }
      }
      #expect(try await rows(database) == 0)
      // Members read, and nobody else.
      try await ana.log.keep(kept(), in: ana.casebook)
      #expect(try await reader.log.text(digest(Self.parts), of: ana.casebook) != nil)
      #expect(try await stranger.text(digest(Self.parts), of: ana.casebook) == nil)
      #expect(try await stranger.verifyTexts(of: ana.casebook).isEmpty)
    }
  }

  @Test(
    "are found out when somebody changed them with the guards off",
    arguments: [
      "UPDATE dossier.source_text SET text = 'an End' WHERE part = 2",
      "DELETE FROM dossier.source_text WHERE part = 2",
      "UPDATE dossier.source_text SET part = 3 - part WHERE part > 2 OR part < 3",
    ])
  func damaged(_ change: String) async throws {
    try await withKeeper { database, ana in
      try await ana.log.keep(kept(), in: ana.casebook)
      try await database.pastGuards { connection in
        try await connection.execute(
          script: """
            ALTER TABLE dossier.source_text DISABLE TRIGGER refuse_change;
            ALTER TABLE dossier.source_text DROP CONSTRAINT source_text_pkey;
            \(change)
            """)
      }
      #expect(try await ana.log.verifyTexts(of: ana.casebook) == [digest(Self.parts): false])
    }
  }
}
