import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Following the log", .timeLimit(.minutes(10))) struct FollowerTests {
  @Test("It builds what is not there, and an announcement wakes it")
  func announced() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.following(every: .seconds(3_600)) { follower in
        try await follower.wait(for: ClaimView.self, at: try await desk.head())

        try await desk.perform(statement("three"))
        try await follower.wait(for: ClaimView.self, at: try await desk.head())

        #expect(try await desk.views.status(of: ClaimView.self).runner?.name == desk.role)
      }
      #expect(try await desk.views.status(of: ClaimView.self).runner == nil)
      let report = try await desk.views.check(ClaimView.self)
      #expect(report.differing == 0 && report.rows == 13)
    }
  }

  @Test("What nobody announces it finds by itself")
  func polled() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.following(every: .milliseconds(10)) { follower in
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
        let position = try await desk.poison("case-1")
        let fault = await follower.first { happening in
          if case .stopped("claim_view", let fault) = happening { fault } else { nil }
        }
        #expect(fault?.position == position)
        // The event that sets it aside sets the view going.
        try await desk.perform(VoidEvent(position, reason: "not ours"))
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
      }
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
    }
  }

  @Test("Of two one keeps the view, and the other takes over when it ends")
  func takenOver() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "boris")
      let first = Following(desk, every: .milliseconds(10))
      try await first.wait(for: ClaimView.self, at: try await desk.head())
      let second = Following(other, every: .milliseconds(10))
      let lock = ViewLock(.follow, ClaimView.self, of: desk.store.casebookID)
      #expect(try await database.asSuperuser { try await lock.take($0) } == false)

      first.end()
      _ = await second.first { happening in
        if case .tookOver("claim_view") = happening { true } else { nil }
      }
      try await desk.perform(statement("three"))
      try await second.wait(for: ClaimView.self, at: try await desk.head())

      second.end()
      await first.ended()
      await second.ended()
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
      await other.leave()
    }
  }

  @Test("When its sessions are killed it connects again and goes on")
  func killed() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.following(every: .milliseconds(10)) { follower in
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
        try await database.asSuperuser { connection in
          _ = try await connection.query(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory'
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        }
        _ = await follower.first { happening in
          if case .disconnected = happening { true } else { nil }
        }
        try await desk.perform(statement("three"))
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
      }
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
    }
  }

  @Test("It outlives a restart of the server")
  func restarted() async throws {
    try await withPrivateServer { server in
      let superuser = try await PostgresConnection.connect(server.configuration)
      try await Migrator().migrate(superuser)
      await superuser.close()
      let desk = try await TestDatabase(server.configuration).casebook()
      try await desk.prepare()
      try await desk.following(every: .milliseconds(10)) { follower in
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
        try await server.restart(.immediate)
        _ = await follower.first { happening in
          if case .disconnected = happening { true } else { nil }
        }
        let again = try await TestDatabase(server.configuration).desk(desk.configuration, at: desk)
        try await again.perform(statement("three"))
        try await follower.wait(for: ClaimView.self, at: try await again.head())
        await again.leave()
      }
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
      await desk.leave()
    }
  }
}

/// A follower at work in the background.
private final class Following: Sendable {
  private let happenings: AsyncStream<Follower.Happening>
  private let task: Task<Void, any Error>

  init(_ desk: Desk, every interval: Duration) {
    let (stream, continuation) = AsyncStream<Follower.Happening>.makeStream()
    happenings = stream
    let follower = Follower([desk.views], [ClaimView.self], interval: interval)
    task = Task {
      defer { continuation.finish() }
      try await follower.run { continuation.yield($0) }
    }
  }

  /// The first of what it tells from now on that `wanted` makes something of.
  func first<Result>(_ wanted: (Follower.Happening) -> Result?) async -> Result? {
    for await happening in happenings {
      if let result = wanted(happening) { return result }
    }
    Issue.record("the follower ended")
    return nil
  }

  /// Returns when the view has reached a position.
  func wait(for projection: any Projection.Type, at position: Int64) async throws {
    _ = await first { happening -> Bool? in
      if case .advanced(projection.name, let reached) = happening, reached >= position {
        true
      } else {
        nil
      }
    }
  }

  func end() { task.cancel() }

  /// Waits until it is over; being told to end is no failure.
  func ended() async {
    await #expect(throws: Never.self) { try await task.value }
  }
}

extension Desk {
  /// Follows the claims while `body` runs.
  fileprivate func following(
    every interval: Duration, _ body: (Following) async throws -> Void
  ) async throws {
    let follower = Following(self, every: interval)
    do {
      try await body(follower)
    } catch {
      follower.end()
      throw error
    }
    follower.end()
    await follower.ended()
  }
}
