import Calendar
import CasebookStore
import EventLog
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("An instant means the same for ever") struct InstantPropertyTests {
  @Test("Asked while others append, and asked again: the same position")
  func whileOthersAppend() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let others = [
        try await database.join(desk, as: "bo"), try await database.join(desk, as: "cy"),
      ]
      let writers = Writers(others.count)

      let answers = try await withThrowingTaskGroup(of: [(Instant, Int64)].self) { group in
        for (index, other) in others.enumerated() {
          group.addTask {
            defer { writers.leave() }
            for number in 1...30 {
              try await other.perform(
                statement("\(index) \(number)", on: index == 0 ? "anna" : "boris"))
            }
            return []
          }
        }
        group.addTask {
          var answers: [(Instant, Int64)] = []
          while writers.areWriting {
            let now = try await desk.serverTime()
            let basis = try await desk.store.log.resolve(.instant(now), of: desk.store.casebookID)
            answers.append((now, basis.position))
          }
          return answers
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }

      #expect(Set(answers.map(\.1)).count > 1)
      for (instant, position) in answers {
        let again = try await desk.store.log.resolve(.instant(instant), of: desk.store.casebookID)
        #expect(again.position == position)
      }
      for other in others { await other.leave() }
    }
  }

  @Test("An append that has begun and not ended is waited for")
  func appendInFlight() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let head = try await desk.head()
      let writer = try await PostgresConnection.connect(desk.configuration)
      try await writer.execute(script: "BEGIN")
      try await writer.query(
        """
        SELECT first_position FROM dossier.append(
          \(desk.store.casebookID), gen_random_uuid(), sha256('x'), '{}', ARRAY['case'],
          ARRAY['anna'], ARRAY[NULL::bigint], ARRAY[1], ARRAY[gen_random_uuid()],
          ARRAY['case.closed'], ARRAY[1], ARRAY[NULL::text], ARRAY['{"reason":"late"}'])
        """)
      let now = try await desk.serverTime()

      async let asked = desk.store.log.resolve(.instant(now), of: desk.store.casebookID)
      try await database.waitUntilSomebodyWaits()
      try await writer.execute(script: "COMMIT")
      let basis = try await asked

      #expect(basis.position == head + 1)
      let again = try await desk.store.log.resolve(.instant(now), of: desk.store.casebookID)
      #expect(again.position == basis.position)
      await writer.close()
    }
  }
}

/// How many are still writing.
private final class Writers: Sendable {
  private let count: Atomic<Int>

  init(_ count: Int) {
    self.count = Atomic(count)
  }

  var areWriting: Bool { count.load(ordering: .sequentiallyConsistent) > 0 }

  func leave() { count.subtract(1, ordering: .sequentiallyConsistent) }
}

extension Desk {
  /// What the server's clock says.
  fileprivate func serverTime() async throws -> Instant {
    let row = try await store.log.pool.query("SELECT clock_timestamp()")[0]
    return Instant(
      microseconds: try row.decode(PostgresTimestamp.self, at: 0).microsecondsSinceUnixEpoch)
  }
}
