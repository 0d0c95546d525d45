import Calendar
import Casebook
import CasebookStore
import EventLog
import TestSupport
import Testing

@Suite("Every view is the fold of its prefix") struct PrefixPropertyTests {
  /// What a reader saw when the log ended at a position.
  private struct Seen {
    let position: Int64
    let recordedAt: Instant
    let whole: String
    let oneVoice: String?
  }

  @Test(
    "Whatever was shown live is shown again, to the byte, as of its position and its instant",
    arguments: [1, 300] as [UInt64])
  func shownAgain(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      var work = try RandomWork(seed: seed)
      var seen: [Seen] = []
      var refused = 0
      while seen.count < 40 {
        guard let receipt = try await work.step(desk.store) else {
          refused += 1
          continue
        }
        let positions = try #require(receipt.positions)
        seen.append(
          Seen(
            position: positions.upperBound, recordedAt: try #require(receipt.recordedAt),
            whole: try await desk.store.rendered(.now), oneVoice: try await oneVoice(desk, .now)))
      }
      #expect(refused > 0)

      for (index, moment) in seen.enumerated() {
        let asOf = Reading(asOf: .position(moment.position))
        let together = try await desk.store.rendered(asOf)
        let oneByOne = try await desk.store.renderedCaseByCase(asOf)
        expectSame(together, moment.whole, "@\(moment.position), seed \(seed)")
        expectSame(oneByOne, moment.whole, "@\(moment.position) case by case, seed \(seed)")
        let narrowed = try await oneVoice(desk, asOf)
        expectSame(narrowed ?? "", moment.oneVoice ?? "", "@\(moment.position) one voice")
        // Requests of the same microsecond are one moment.
        let last = seen[index...].last { $0.recordedAt == moment.recordedAt } ?? moment
        let then = try await desk.store.rendered(Reading(asOf: .instant(moment.recordedAt)))
        expectSame(then, last.whole, "\(moment.recordedAt), seed \(seed)")
      }
    }
  }

  private func oneVoice(_ desk: Desk, _ reading: Reading) async throws -> String? {
    var reading = reading
    reading.voices = VoiceSelection(only: [try Slug("alpha")])
    do { return try await desk.store.renderedCaseByCase(reading) } catch is Refusal { return nil }
  }

  /// Swift's `==` takes different spellings of a letter for the same.
  private func expectSame(_ left: String, _ right: String, _ comment: Comment) {
    #expect(left.utf8.elementsEqual(right.utf8), comment)
  }
}
