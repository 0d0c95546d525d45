import Casebook
import CasebookStore
import EventLog
import TestSupport
import Testing

@testable import Views

@Suite("Every view is the fold of every prefix") struct FoldPropertyTests {
  @Test(
    "Followed event by event, its rows as of any position are those of a fresh fold; rebuilt, they are the same",
    arguments: [1, 7, 300] as [UInt64])
  func everyPrefix(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      var work = try RandomWork(seed: seed)
      var random = SeededGenerator(seed: seed)
      try await desk.buildViews()
      var (accepted, voided) = (0, 0)
      while accepted < 60 {
        guard try await work.step(desk.store) != nil else { continue }
        accepted += 1
        if Int.random(in: 0..<12, using: &random) == 0 {
          let position = Int64.random(in: 2...(try await desk.head()), using: &random)
          // Refused when others rest on it.
          let void = VoidEvent(
            position, reason: "on second thoughts", evenIfReadable: true)
          if (try? await desk.perform(void)) != nil { voided += 1 }
        }
        try await desk.catchUp()
      }

      #expect(voided > 1)

      let head = try await desk.head()
      for projection in Projections.all where projection.name != AuditView.name {
        for position in stride(from: 1, through: head, by: Int64.Stride(head / 8)) {
          let folded = try await desk.foldedRows(of: projection, at: position)
          let stored = try await desk.storedRows(of: projection, at: position)
          #expect(stored == folded, "\(projection.name) @\(position), seed \(seed)")
        }
      }
      try await desk.expectFreshFold("followed, seed \(seed)")

      for projection in Projections.all {
        let report = try await desk.rebuild(projection)
        let comparison = try #require(report.comparison)
        #expect(comparison.differences.isEmpty, "\(projection.name), seed \(seed)")
        #expect(comparison.position == head)
        if projection.name == ClaimView.name { #expect(comparison.newRows > 5) }
        #expect(comparison.oldDigest == comparison.newDigest)
      }
      try await desk.expectFreshFold("rebuilt, seed \(seed)")
    }
  }
}
