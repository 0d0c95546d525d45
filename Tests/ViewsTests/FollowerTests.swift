import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Following the log", .timeLimit(.minutes(30))) struct FollowerTests {
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

  @Test(
    "What nobody announces it finds by itself; an event that cannot be applied stops its stream")
  func polled() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.following([ClaimView.self, SourceView.self], every: .milliseconds(10)) {
        follower in
        try await follower.wait(for: ClaimView.self, at: try await desk.head())
        let position = try await desk.poison("case-1")
        let fault = await follower.first { happening in
          if case .stopped("claim_view", let fault) = happening { fault } else { nil }
        }
        #expect(fault?.position == position)
        try await desk.views.wait(for: SourceView.self, toReach: position)
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
      let third = try await PostgresConnection.connect(desk.configuration)
      #expect(try await !lock.take(third))
      await third.close()

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

  @Test(
    "Rows that another version of a view folded it leaves as they are and says so; a rebuild sets it going"
  )
  func outdated() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let head = try await desk.head()
      try await database.asSuperuser { connection in
        _ = try await connection.query(
          "UPDATE dossier.generation SET view_version = 99 WHERE view = 'claim_view'")
      }
      try await desk.perform(statement("three"))
      try await desk.following([ClaimView.self, CaseView.self], every: .milliseconds(10)) {
        follower in
        let problem = await follower.first { happening in
          if case .failed("claim_view", let problem) = happening { problem } else { nil }
        }
        #expect(problem?.contains("version 99") == true)
        #expect(problem?.contains("dossier projection rebuild claim_view") == true)
        try await follower.wait(for: CaseView.self, at: head + 1)
        #expect(try await desk.views.activeGeneration(of: ClaimView.self)?.position == head)
        try await desk.rebuild(ClaimView.self)
        try await desk.perform(statement("four"))
        try await follower.wait(for: ClaimView.self, at: head + 2)
      }
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
    }
  }

  @Test("Of all casebooks it keeps those whose views it may write, and new ones as they come")
  func everyCasebook() async throws {
    try await withCasebook { database, desk in
      let other = try await database.casebook("other", by: "eve")
      let grant = { (access: Access) in
        _ = try await other.store.log.grant(
          access, to: desk.role, on: other.store.casebookID)
      }
      try await grant(.read)
      let follower = Following(
        Follower(desk.store.log, [ClaimView.self], interval: .milliseconds(10)))
      try await follower.wait(for: ClaimView.self, at: try await desk.head(), in: "notes")
      let later = try await desk.store.log.create(
        CasebookContent(slug: try Slug("later"), title: "Later"))
      try await follower.wait(for: ClaimView.self, at: 1, in: "later")
      #expect(try await other.views.runner(of: ClaimView.self) == nil)
      try await grant(.write)
      try await follower.wait(for: ClaimView.self, at: try await other.head(), in: "other")

      follower.end()
      await follower.ended()
      let views = ViewStore(desk.store.log, casebook: later)
      #expect(try await views.activeGeneration(of: ClaimView.self)?.position == 1)
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

  @Test("Told to stop at any message to the server, it stops and reports no failure")
  func toldToStop() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      var count = 0
      var isBuilt = false
      while !isBuilt {
        count += 1
        let proxy = try FaultProxy(to: desk.configuration)
        let there = try await database.desk(proxy.configuration, at: desk)
        let follower = Following(there, every: .seconds(3_600))
        proxy.call(atMessage: count) { follower.end() }
        while let happening = await follower.next() {
          switch happening {
          case .tookOver: continue
          case .advanced: isBuilt = true
          case .stopped, .failed, .disconnected: Issue.record("\(happening) at message \(count)")
          }
          if isBuilt { follower.end() }
        }
        await follower.ended()
        await there.leave()
        proxy.close()
      }
      #expect(count > 20)
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
  private typealias News = (casebook: String?, happening: Follower.Happening)
  private let news: AsyncStream<News>
  private let task: Task<Void, any Error>

  init(_ follower: Follower) {
    let (stream, continuation) = AsyncStream<News>.makeStream()
    news = stream
    task = Task {
      defer { continuation.finish() }
      try await follower.run { continuation.yield(($0, $1)) }
    }
  }

  convenience init(
    _ desk: Desk, _ projections: [any Projection.Type] = [ClaimView.self], every interval: Duration
  ) {
    self.init(Follower(desk.store, projections, interval: interval))
  }

  /// The next thing that it tells; nil when it has ended.
  func next() async -> Follower.Happening? {
    var iterator = news.makeAsyncIterator()
    return await iterator.next()?.happening
  }

  /// The first of what it tells from now on that `wanted` makes something of.
  func first<Result>(
    in casebook: String? = nil, _ wanted: (Follower.Happening) -> Result?
  ) async -> Result? {
    for await (place, happening) in news where casebook == nil || place == casebook {
      if let result = wanted(happening) { return result }
    }
    Issue.record("the follower ended")
    return nil
  }

  /// Returns when the view has reached a position.
  func wait(
    for projection: any Projection.Type, at position: Int64, in casebook: String? = nil
  ) async throws {
    _ = await first(in: casebook) { happening -> Bool? in
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
  /// Follows views while `body` runs.
  fileprivate func following(
    _ projections: [any Projection.Type] = [ClaimView.self], every interval: Duration,
    _ body: (Following) async throws -> Void
  ) async throws {
    let follower = Following(self, projections, every: interval)
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
