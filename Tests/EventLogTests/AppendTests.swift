import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Appending to the log")
struct AppendTests {
  @Test("gives each event the next position and each stream its next version")
  func numbersEvents() async throws {
    try await withKeeper { _, ana in
      let reply = try await ana.append(
        .registered("fbi"), .opened("gouzenko"), .claimed("gouzenko", in: "fbi"), .opened("orlov"),
        .claimed("gouzenko", in: "fbi", number: 2))
      #expect(reply.firstPosition == 2 && reply.lastPosition == 6 && !reply.isReplay)
      let events = try await ana.events()
      #expect(events.map(\.position) == [1, 2, 3, 4, 5, 6])
      #expect(
        events.map(\.stream.id) == ["notes", "fbi", "gouzenko", "gouzenko", "orlov", "gouzenko"])
      #expect(events.map(\.streamVersion) == [1, 1, 1, 2, 1, 3])
      #expect(events.map(\.voice) == [nil, nil, nil, "fbi", nil, "fbi"])
      #expect(events.dropFirst().allSatisfy { $0.recordedAt == reply.recordedAt })
      #expect(events.allSatisfy { $0.recordedBy == ana.role })
    }
  }

  @Test(
    "keeps the payload to the letter",
    arguments: [
      #"{"title" :  "A study", "slug":"fbi","csl":{"number":1.50,"volume":-0E0}}"#,
      #"{"slug":"fbi","title":"\\ud800 \\u0000"}"#,
      #"{"slug":"fbi","title":"\uD83D\uDE00 \u00e9 é é","issued":"\/"}"#,
      #"{"slug":"fbi","title":"'; DROP TABLE event; --","csl":{"deep":[[[[]]]],"null":null}}"#,
      #"{"slug":"fbi","title":"The \"slug\": it says","csl":{"largest":1.7976931348623157e308}}"#,
      #"{"slug":"fbi","title":"nested","csl":{"deep":\#(nested(62))}}"#,
    ])
  func keepsText(_ data: String) async throws {
    try await withKeeper { _, ana in
      try await ana.append(.registered("fbi", data: data))
      #expect(try await ana.events().last?.data == data)
    }
  }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  @Test(
    "refuses a payload that is not one object of characters on one line",
    arguments: [
      "[]", "null", "", "{", #" {}"#, "{} ", "{\n}", "{\r}", #"{"a":"\u0000"}"#, #"{"a":"\ud800"}"#,
      #"{"a":"\uDC00"}"#, #"{"a":"\uDC00\uD800"}"#, #"{"a":"\ud83d\\\ude00"}"#,
      // The fields of its type, each once and of its kind, and no others.
      "{}", #"{"slug":"x"}"#, #"{"slug":"x","kind":null}"#, #"{"slug":"x","kind":1}"#,
      #"{"slug":"x","kind":"person","kind":"person"}"#, #"{"slug":"x","kind":"person","Name":"X"}"#,
      #"{"slug":"x","kind":"person","import":[]}"#,
      // At any depth: no key twice, however written, and only numbers that a double can hold.
      #"{"slug":"x","kind":"person","import":{"id":"1","id":"1"}}"#,
      #"{"slug":"x","kind":"person","import":{"id":"1","\u0069d":"1"}}"#,
      #"{"slug":"x","kind":"person","import":{"id" :"1","id":"1"}}"#,
      #"{"slug":"x","kind":"person","import":{"a":{"b":[{"c":1,"c":1}]}}}"#,
      #"{"slug":"x","kind":"person","import":{"id":1e400}}"#,
      #"{"slug":"x","kind":"person","import":{"id":1e-400}}"#,
      #"{"slug":"x","kind":"person","import":{"id":1\#(String(repeating: "0", count: 400))}}"#,
      #"{"slug":"x","kind":"person","import":{"id":1e999999999}}"#,
      #"{"slug":"x","kind":"person","import":{"id":\#(nested(63))}}"#,
      #"{"slug":"x","kind":"person","import":{"id":\#(nested(100_000))}}"#,
      String(repeating: "{", count: 100_000), "{nonsense}",
    ])
  func refusesPayload(_ data: String) async throws {
    try await refuses(payload: data)
  }

  @Test("refuses a payload of more than a mebibyte")
  func refusesLongPayload() async throws {
    try await refuses(payload: #"{"a":"\#(String(repeating: "x", count: 1 << 20))"}"#)
  }

  private func refuses(payload data: String) async throws {
    try await withKeeper { _, ana in
      let error = await #expect(throws: EventLogError.self) {
        try await ana.append(.opened("orlov"), .opened("gouzenko", data: data))
      }
      guard case .malformed = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test(
    "refuses names that no reader takes for one",
    arguments: [
      "", "a\nb", "a b", "a/b", "a@b", "a,b", "a\u{85}b", "Gouzenko", "a_b", "a.b", "-a", "a-",
      "a--b",
      "-", "é", "смирнов", "a\u{202E}b", "a\n", String(repeating: "x", count: 64),
    ])
  func refusesNames(_ name: String) async throws {
    try await withKeeper { _, ana in
      await #expect(throws: EventLogError.self) { try await ana.append(.opened(name)) }
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  // MARK: Expected versions

  @Test("names both versions when a stream has moved on, and writes nothing")
  func conflict() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.opened("gouzenko"), .on(.case("gouzenko"), "case.closed"))
      await #expect(
        throws: EventLogError.versionConflict(stream: .case("gouzenko"), expected: 1, actual: 2)
      ) {
        try await ana.append(
          .opened("orlov"), expecting: [.case("orlov"): 0, .case("gouzenko"): 1])
      }
      #expect(try await ana.head() == 3)
    }
  }

  @Test("checks streams of every kind that receive no event")
  func checksOtherStreams() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.registered("fbi"))
      await #expect(
        throws: EventLogError.versionConflict(
          stream: StreamID(.source, "fbi"), expected: 0, actual: 1)
      ) {
        try await ana.append(
          .opened("fbi"), expecting: [.case("fbi"): 0, StreamID(.source, "fbi"): 0])
      }
      try await ana.append(
        .opened("orlov"),
        expecting: [
          .case("orlov"): 0, StreamID(.source, "orlov"): 0, StreamID(.casebook, "notes"): 1,
        ])
      #expect(try await ana.head() == 3)
    }
  }

  @Test("lets one of many writers through who expect the same version")
  func oneWins() async throws {
    try await withKeeper { database, ana in
      try await ana.append(.opened("gouzenko"))
      var others: [Keeper] = []
      for number in 1...4 {
        others.append(try await ana.joined(by: "writer\(number)", .write, database))
      }
      let won = await withTaskGroup(of: Bool.self) { group in
        for other in others {
          group.addTask {
            do {
              try await other.append(
                .on(.case("gouzenko"), "case.closed"), expecting: [.case("gouzenko"): 1])
              return true
            } catch {
              #expect(
                error as? EventLogError
                  == .versionConflict(stream: .case("gouzenko"), expected: 1, actual: 2))
              return false
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(won == 1)
      #expect(try await ana.head() == 3)
    }
  }

  @Test("leaves no gap and lets no time run back, however many write")
  func gapless() async throws {
    try await withKeeper { database, ana in
      var writers = [ana]
      for number in 1...3 {
        writers.append(try await ana.joined(by: "writer\(number)", .write, database))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, writer) in writers.enumerated() {
          group.addTask {
            for round in 0..<25 {
              // Every third is refused half-way, and must not leave its positions behind.
              let data = round % 3 == 0 ? "[]" : nil
              _ = try? await writer.append(
                .opened("case-\(number)-\(round)"),
                .on(.case("shared"), "case.renamed", data: data))
            }
          }
        }
        try await group.waitForAll()
      }
      let events = try await ana.events()
      #expect(events.count == 1 + 4 * 16 * 2)
      #expect(events.map(\.position) == (1...Int64(events.count)).map { $0 })
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
      let shared = events.filter { $0.stream == .case("shared") }
      #expect(shared.map(\.streamVersion) == (1...64).map { $0 })
    }
  }

  // MARK: Requests

  @Test("gives a repeated request its first reply, whatever has happened since")
  func repeats() async throws {
    try await withKeeper { _, ana in
      let request = UUID()
      let first = try await ana.append(
        .opened("gouzenko"), expecting: [.case("gouzenko"): 0], request: request,
        reply: #"{"ref": "gouzenko"}"#)
      try await ana.append(.on(.case("gouzenko"), "case.closed"))
      let again = try await ana.append(
        .opened("gouzenko"), expecting: [.case("gouzenko"): 0], request: request,
        reply: #"{"another": true}"#)
      #expect(again.isReplay)
      #expect(again.firstPosition == first.firstPosition && again.lastPosition == 2)
      #expect(again.recordedAt == first.recordedAt)
      #expect(again.reply == #"{"ref": "gouzenko"}"#)
      #expect(try await ana.head() == 3)
      let prior = try await ana.log.priorReply(ana.casebook, request, sha256("a command"))
      #expect(prior == again)
    }
  }

  @Test("refuses a request's identity with another command")
  func refusesReuse() async throws {
    try await withKeeper { _, ana in
      let request = UUID()
      try await ana.append(.opened("gouzenko"), request: request)
      let reused = EventLogError.requestReused(request, first: 2, last: 2)
      await #expect(throws: reused) {
        try await ana.append(.opened("orlov"), request: request, command: "another")
      }
      await #expect(throws: reused) {
        try await ana.log.priorReply(ana.casebook, request, sha256("another"))
      }
      #expect(try await ana.head() == 2)
    }
  }

  @Test("keeps the requests of two persons apart")
  func requestsArePersonal() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      let request = UUID()
      try await ana.append(.opened("gouzenko"), request: request)
      #expect(try await ben.log.priorReply(ben.casebook, request, sha256("a command")) == nil)
      #expect(try await !ben.append(.opened("orlov"), request: request).isReplay)
      #expect(try await ana.log.lastRequest(of: ana.casebook) == 2...2)
      #expect(try await ben.log.lastRequest(of: ana.casebook) == 3...3)
    }
  }

  @Test("carries a request out once that is sent many times at once")
  func repeatsAtOnce() async throws {
    try await withKeeper { _, ana in
      let request = UUID()
      let replays = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<4 {
          group.addTask { try await ana.append(.opened("gouzenko"), request: request).isReplay }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replays.filter { !$0 }.count == 1)
      #expect(try await ana.head() == 2)
    }
  }

  // MARK: What may be appended

  @Test(
    "refuses types, versions and voices that are not listed",
    arguments: [
      NewEvent.on(.case("gouzenko"), "claim.invented"),
      .on(.case("gouzenko"), "case.opened", version: 2),
      .on(.case("gouzenko"), "case.opened", voice: "fbi"),
      .on(.case("gouzenko"), "claim.recorded"),
    ])
  func refusesUnlisted(_ event: NewEvent) async throws {
    try await withKeeper { _, ana in
      let error = await #expect(throws: EventLogError.self) {
        try await ana.append(.registered("fbi"), event)
      }
      guard case .unknownEvent(let message) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(message.contains("event 2 (\(event.type)"))
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test("takes a citation in either voice")
  func citationVoices() async throws {
    try await withKeeper { _, ana in
      try await ana.append(
        .registered("fbi"), .on(.case("gouzenko"), "citation.added", voice: "fbi"),
        .on(.case("gouzenko"), "citation.added"))
      #expect(try await ana.head() == 4)
    }
  }

  @Test("refuses the voice of a source that is not registered")
  func refusesUnknownSource() async throws {
    try await withKeeper { _, ana in
      await #expect(throws: EventLogError.self) {
        try await ana.append(.claimed("gouzenko", in: "fbi"))
      }
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test("refuses an append without events, and the creation of what exists")
  func refusesNothingAndCreation() async throws {
    try await withKeeper { _, ana in
      await #expect(throws: EventLogError.self) { try await ana.append() }
      await #expect(throws: EventLogError.self) {
        try await ana.append(
          .opened("gouzenko"),
          .on(StreamID(.casebook, "notes"), "casebook.created", data: #"{"slug":"notes"}"#))
      }
      await #expect(throws: EventLogError.self) {
        try await ana.append(.on(StreamID(.casebook, "other"), "predicate.defined"))
      }
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test("keeps voiding for admins")
  func voiding() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      let void = NewEvent.on(
        StreamID(.casebook, "notes"), "event.voided", data: #"{"position":2,"reason":"poison"}"#)
      try await ben.append(.opened("gouzenko"))
      let error = await #expect(throws: EventLogError.self) { try await ben.append(void) }
      guard case .notAllowed = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try await ana.append(void)
      #expect(try await ana.events().map(\.type).last == "event.voided")
    }
  }

  // MARK: The session's settings

  @Test("refuses any isolation in which it would read a stale head")
  func refusesIsolation() async throws {
    try await withKeeper { _, ana in
      for isolation in [PostgresIsolation.repeatableRead, .serializable] {
        let error = await #expect(throws: PostgresError.self) {
          try await ana.log.pool.transaction(isolation: isolation) { connection in
            try await connection.query(rawAppend(to: ana.casebook))
          }
        }
        #expect(error?.sqlState?.rawValue == "DS005")
      }
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test(
    "commits to disk although the session asked not to",
    arguments: [
      "off", "local", "remote_write",
    ])
  func commitsToDisk(_ setting: String) async throws {
    try await withKeeper { _, ana in
      let inside = try await ana.log.pool.withConnection { connection in
        try await connection.execute(script: "SET synchronous_commit = \(setting)")
        return try await connection.transaction { connection in
          try await connection.query(rawAppend(to: ana.casebook))
          return try await connection.query("SHOW synchronous_commit")[0].decode(
            String.self, at: 0)
        }
      }
      #expect(inside == "on")
      #expect(try await ana.head() == 2)
    }
  }

  @Test(
    "takes the same, refuses the same and hashes the same, whatever the session has set",
    arguments: [
      "standard_conforming_strings = off", "bytea_output = escape", "datestyle = 'SQL, DMY'",
      "timezone = 'Asia/Kathmandu'", "search_path = pg_temp, pg_catalog", "row_security = off",
      "quote_all_identifiers = on", "transform_null_equals = on", "array_nulls = off",
      "plan_cache_mode = force_custom_plan", "extra_float_digits = -15",
    ])
  func settings(_ setting: String) async throws {
    try await withKeeper { _, ana in
      try await ana.log.pool.withConnection { connection in
        try await connection.execute(script: "SET \(setting)")
        for good in [#"{"name":"\\ud800 \" \u00e9"}"#, #"{"name" :"a","import":{"id":"\\"}}"#] {
          try await connection.query(rawAppend(to: ana.casebook, data: good))
        }
        for bad in [
          #"{"name":"\u0000"}"#, #"{"name":"\ud800"}"#, "{\n}",
          #"{"name":"a","import":{"a":1e400}}"#, #"{"name":"a","import":{"a\\":1,"a\\":1}}"#,
        ] {
          let error = await #expect(throws: PostgresError.self) {
            try await connection.query(rawAppend(to: ana.casebook, data: bad))
          }
          #expect(error?.sqlState?.rawValue == "DS007")
        }
        try await connection.execute(script: "RESET ALL")
      }
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      let events = try await ana.events()
      #expect(events.count == 3)
      try await withMigratedDatabase { other in
        let eve = Keeper.log(of: try await other.person("eve"))
        try await eve.pool.withConnection { connection in
          try await connection.execute(script: "SET \(setting)")
          try await connection.transaction { connection in
            try await connection.query(importQuery(events, into: ana.casebook))
            try await connection.query("SELECT dossier.finish_import(\(ana.casebook))::text")
          }
          try await connection.execute(script: "RESET ALL")
        }
        #expect(try await eve.events(of: ana.casebook, positions: 1...9) == events)
        await eve.pool.close()
      }
    }
  }

  @Test("gives up, and leaves nothing, when the lock is not granted in time")
  func lockTimeout() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      try await ana.log.pool.transaction { connection in
        try await connection.query(rawAppend(to: ana.casebook))
        let error = await #expect(throws: PostgresError.self) {
          try await ben.log.pool.transaction { connection in
            try await connection.execute(script: "SET LOCAL lock_timeout = '1ms'")
            try await connection.query(rawAppend(to: ben.casebook))
          }
        }
        #expect(error?.isTransient == true)
      }
      #expect(try await ana.head() == 2)
    }
  }
}

/// An append of one event as plain SQL.
func rawAppend(
  to casebook: UUID, on stream: StreamID = .case("raw"), _ type: String = "case.renamed",
  data: String = #"{"name":"Raw"}"#
) -> PostgresQuery {
  """
  SELECT recorded_at FROM dossier.append(
    \(casebook), \(UUID()), \(sha256("raw")), '{}', ARRAY[\(stream.kind.rawValue)],
    ARRAY[\(stream.id)], ARRAY[NULL::bigint], ARRAY[1], ARRAY[\(UUID())], ARRAY[\(type)], ARRAY[1],
    ARRAY[NULL::text], ARRAY[\(data)])
  """
}
