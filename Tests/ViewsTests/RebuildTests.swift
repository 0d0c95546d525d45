import Casebook
import CasebookStore
import EventLog
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import Views

@Suite("Rebuilding a view") struct RebuildTests {
  /// Where a rebuild is cut off: before its n-th slice is done, or at one of the later steps.
  enum Cut: Hashable, Sendable, CustomTestStringConvertible {
    case slice(Int)
    case step(Rebuild.Progress)

    var testDescription: String { "\(self)" }
  }

  @Test(
    "Cut off at any point, the next one goes on from there, and nothing is left over",
    arguments: [
      .slice(1), .slice(2), .slice(4), .step(.following), .step(.comparing), .step(.switching),
      .step(.dropping),
    ] as [Cut])
  func resumed(cut: Cut) async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.rebuild(ClaimView.self)
      let before = try #require(try await desk.views.activeGeneration(of: ClaimView.self))

      await desk.rebuild(ClaimView.self, cutOffAt: cut)
      try await desk.expectFreshFold(ClaimView.self)
      try await desk.perform(statement("while nobody looks"))
      let report = try await Rebuild(desk.views, of: ClaimView.self, workers: 1, sliceSize: 3).run {
        _ in
      }

      // Once it is in the old one's place it is done: then only rows are left to be dropped.
      #expect(report.wasResumed == (cut != .step(.dropping)))
      #expect(report.comparison?.differing == 0)
      #expect(report.generation.id > before.id)
      #expect(try await desk.views.generations(of: ClaimView.self).count == 1)
      #expect(try await desk.storedRowCount(of: ClaimView.self) == 13)
      try await desk.expectFreshFold(ClaimView.self)
    }
  }

  @Test("What was folded before it was cut off is not folded again")
  func notStartedOver() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      await desk.rebuild(ClaimView.self, cutOffAt: .slice(4))
      // Its lock goes with its server process, a moment after its connection.
      var status = try await desk.views.status(of: ClaimView.self)
      while status.isBeingRebuilt {
        await Task.yield()
        status = try await desk.views.status(of: ClaimView.self)
      }
      #expect(status.unfinished != nil)

      let report = try await desk.rebuild(ClaimView.self, workers: 1)

      // Six slices of one case each, of three events.
      #expect(report.events == 9)
      #expect(try await desk.views.lastJob(of: ClaimView.self)?.outcome == .switched)
      try await desk.expectFreshFold(ClaimView.self)
    }
  }

  @Test("A second rebuild is refused, and told who is at it since when; others views are not")
  func twoRebuilders() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let generation = try #require(try await desk.views.activeGeneration(of: ClaimView.self))
      let other = try await PostgresConnection.connect(desk.configuration)
      try await desk.views.takeRebuildLock(of: ClaimView.self, other)
      _ = try await desk.views.beginJob(of: ClaimView.self, generation, workers: 1)

      let error = try await #require(throws: ViewError.self) {
        try await desk.rebuild(ClaimView.self)
      }
      guard case .beingRebuilt("claim_view", desk.role, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(try await desk.views.status(of: ClaimView.self).isBeingRebuilt)
      await #expect(throws: ViewError.self) { try await desk.views.drop(ClaimView.self) }
      try await desk.rebuild(CaseView.self)

      // The lock goes with whoever dies.
      await other.close()
      try await desk.rebuild(ClaimView.self)
      try await desk.expectFreshFold()
    }
  }

  @Test("Appends, readers who catch up and other rebuilds go on meanwhile")
  func storm() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let writer = try await database.join(desk, as: "boris")
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for number in 0..<60 {
            try await writer.perform(statement("\(number)", on: "case-\(number % 6)"))
          }
        }
        group.addTask {
          for _ in 0..<30 { try await writer.views.catchUp(ClaimView.self) }
        }
        group.addTask {
          for _ in 0..<6 {
            let report = try await Rebuild(desk.views, of: ClaimView.self, workers: 2, sliceSize: 5)
              .run { _ in }
            #expect(report.comparison?.differing == 0)
          }
        }
        try await group.waitForAll()
      }
      await writer.leave()

      try await desk.catchUp()

      #expect(try await desk.storedRowCount(of: ClaimView.self) == 12 + 60)
      try await desk.expectFreshFold()
    }
  }

  @Test("A view of an older version says so, and the next rebuild mends it")
  func outdated() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.rebuild(ClaimView.self)
      try await database.asSuperuser { connection in
        try await connection.query("UPDATE dossier.generation SET view_version = 99")
        try await connection.query("UPDATE dossier.claim_view SET locator = 'p. 2' WHERE claim = 1")
      }
      #expect(try await desk.views.status(of: ClaimView.self).condition == .outdated)

      let report = try await desk.rebuild(ClaimView.self)

      #expect(report.comparison?.differing == 6)
      #expect(report.comparison?.differences.first?.home == "case-0")
      #expect(try await desk.views.status(of: ClaimView.self).condition == .current)
      try await desk.expectFreshFold(ClaimView.self)
    }
  }
}

extension Desk {
  /// Rebuilds a view and is cut off as if it were killed: its connections end, and it can say nothing more.
  fileprivate func rebuild(
    _ projection: any Projection.Type, cutOffAt cut: RebuildTests.Cut
  ) async {
    let slices = Mutex(0)
    let views = views
    let task = Task {
      try await Rebuild(views, of: projection, workers: 1, sliceSize: 3).run { progress in
        let isReached: Bool
        switch (cut, progress) {
        case (.slice(let wanted), .folding(let done, _)) where done > 0:
          isReached = slices.withLock { count in
            count += 1
            return count == wanted
          }
        case (.step(let step), _): isReached = step == progress
        default: isReached = false
        }
        if isReached { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: (any Error).self) { try await task.value }
  }

  /// Expects one view to be what a fresh fold makes of the log.
  fileprivate func expectFreshFold(_ projection: any Projection.Type) async throws {
    let report = try await views.check(projection)
    #expect(report.first == nil)
    #expect(report.differing == 0)
  }
}
