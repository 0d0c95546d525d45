import Calendar
import Testing
import struct FoundationEssentials.UUID

@testable import EventLog

@Suite("Where time stood still") struct StandstillTests {
  private func found(_ events: (time: Int64, request: Int)...) -> [ClosedRange<Int64>] {
    let requests = (0..<5).map { _ in UUID() }
    var standstills = Standstills()
    for (index, event) in events.enumerated() {
      standstills.step(
        Int64(index + 1), Instant(microseconds: event.time), requests[event.request])
    }
    return standstills.found
  }

  @Test("Events of one request share their time, and that says nothing")
  func oneRequest() {
    #expect(found((1, 0), (2, 1), (2, 1), (3, 2)).isEmpty)
  }

  @Test("Requests that share a time are one stretch, from the first event of it to the last")
  func stretches() {
    #expect(found((1, 0), (2, 1), (2, 1), (2, 2), (2, 2), (2, 3), (3, 4)) == [2...6])
    #expect(found((1, 0), (1, 1), (2, 2), (2, 3), (2, 4)) == [1...2, 3...5])
  }
}
