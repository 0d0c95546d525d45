import Calendar
import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("The log as of a moment")
struct AsOfTests {
  @Test("is its prefix of events recorded by then")
  func prefixes() async throws {
    try await withKeeper { _, ana in
      for number in 0..<12 {
        try await ana.append(.opened("case-\(number)"), .opened("b-\(number)"))
      }
      let events = try await ana.events()
      for event in events {
        for shift in [Int64(-1), 0, 1] {
          let instant = Instant(microseconds: event.recordedAt.microseconds + shift)
          let basis = try await ana.log.resolve(.instant(instant), of: ana.casebook)
          let prefix = events.filter { $0.recordedAt <= instant }
          #expect(basis.position == Int64(prefix.count))
          #expect(basis.recordedAt == prefix.last?.recordedAt)
          #expect(basis.head == 25)
        }
      }
    }
  }

  @Test("waits for an append in flight, and holds what it brings")
  func waitsForAppend() async throws {
    try await withKeeper { database, ana in
      let (instant, answer) = try await ana.log.pool.transaction { connection in
        let row = try await connection.query(rawAppend(to: ana.casebook))[0]
        let instant = Instant(
          microseconds: try row.decode(PostgresTimestamp.self, at: 0).microsecondsSinceUnixEpoch)
        let answer = Task { try await ana.log.resolve(.instant(instant), of: ana.casebook) }
        try await database.waitUntilSomebodyWaits()
        return (instant, answer)
      }
      let basis = try await answer.value
      #expect(basis.position == 2 && basis.recordedAt == instant && !basis.isFuture)
    }
  }

  @Test("waits for an append in flight that is then given up, and does not hold it")
  func waitsForRollback() async throws {
    try await withKeeper { database, ana in
      struct GivenUp: Error { let answer: Task<Basis, any Error> }
      var given: GivenUp?
      do {
        try await ana.log.pool.transaction { connection in
          let row = try await connection.query(rawAppend(to: ana.casebook))[0]
          let instant = Instant(
            microseconds: try row.decode(PostgresTimestamp.self, at: 0).microsecondsSinceUnixEpoch)
          let answer = Task { try await ana.log.resolve(.instant(instant), of: ana.casebook) }
          try await database.waitUntilSomebodyWaits()
          throw GivenUp(answer: answer)
        }
      } catch let error as GivenUp {
        given = error
      }
      #expect(try await given?.answer.value.position == 1)
    }
  }

  @Test("is settled without waiting once a later event is there")
  func settled() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.opened("gouzenko"))
      let first = try await ana.events()[0]
      try await ana.log.pool.transaction { connection in
        try await connection.query(rawAppend(to: ana.casebook))
        let basis = try await ana.log.resolve(.instant(first.recordedAt), of: ana.casebook)
        #expect(basis.position == 1)
      }
    }
  }

  @Test("is that of now for a moment that is not over, and says so")
  func future() async throws {
    try await withKeeper { _, ana in
      let later = Instant(
        microseconds: try await ana.events()[0].recordedAt.microseconds + 86_400_000_000)
      let basis = try await ana.log.resolve(.instant(later), of: ana.casebook)
      #expect(basis.position == 1 && basis.isFuture)
    }
  }

  @Test("never changes: whatever is appended afterwards is later")
  func strictlyLater() async throws {
    try await withKeeper { _, ana in
      for number in 0..<50 {
        let resolved = try await ana.log.pool.query(
          "SELECT resolved_at FROM dossier.resolve_as_of(\(ana.casebook), 'infinity')")[0]
          .decode(PostgresTimestamp.self, at: 0)
        let reply = try await ana.append(.opened("case-\(number)"))
        #expect(reply.recordedAt.microseconds > resolved.microsecondsSinceUnixEpoch)
      }
    }
  }

  @Test("never changes while others write")
  func stableUnderLoad() async throws {
    try await withKeeper { _, ana in
      let answers = try await withThrowingTaskGroup(of: [(Instant, Int64)].self) { group in
        for writer in 0..<2 {
          group.addTask {
            for number in 0..<40 { try await ana.append(.opened("case-\(writer)-\(number)")) }
            return []
          }
        }
        group.addTask {
          var answers: [(Instant, Int64)] = []
          for _ in 0..<40 {
            let row = try await ana.log.pool.query(
              "SELECT resolved_at, position FROM dossier.resolve_as_of(\(ana.casebook), now())")[0]
            let at: PostgresTimestamp = try row.decode(at: 0)
            answers.append(
              (Instant(microseconds: at.microsecondsSinceUnixEpoch), try row.decode(at: 1)))
          }
          return answers
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(answers.count == 40)
      for (instant, position) in answers {
        #expect(try await ana.log.resolve(.instant(instant), of: ana.casebook).position == position)
      }
    }
  }

  @Test("is empty before the first event")
  func beforeTheFirst() async throws {
    try await withKeeper { _, ana in
      let basis = try await ana.log.resolve(.instant(Instant(microseconds: 0)), of: ana.casebook)
      #expect(basis.position == 0 && basis.recordedAt == nil && basis.head == 1)
    }
  }

  @Test("at a position names the head when there is no such position")
  func beyondHead() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.opened("gouzenko"))
      #expect(try await ana.log.resolve(.position(1), of: ana.casebook).position == 1)
      #expect(try await ana.log.resolve(.position(0), of: ana.casebook).position == 0)
      await #expect(throws: EventLogError.beyondHead(position: 3, head: 2)) {
        try await ana.log.resolve(.position(3), of: ana.casebook)
      }
      await #expect(throws: EventLogError.beyondHead(position: -1, head: 2)) {
        try await ana.log.resolve(.position(-1), of: ana.casebook)
      }
    }
  }

  @Test("refuses an isolation in which waiting would not help")
  func refusesIsolation() async throws {
    try await withKeeper { _, ana in
      let error = await #expect(throws: PostgresError.self) {
        try await ana.log.pool.transaction(isolation: .repeatableRead) { connection in
          try await connection.query("SELECT dossier.resolve_as_of(\(ana.casebook), now())::text")
        }
      }
      #expect(error?.sqlState?.rawValue == "DS005")
    }
  }
}
