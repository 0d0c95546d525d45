import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import struct FoundationEssentials.UUID

/// Somebody who writes in a storm: to a casebook that all share and to one of their own, behind a line that is cut now
/// before and now after the server has done what it was asked.
///
/// What was meant is noted before it is sent and what was acknowledged after, in this process, which outlives every
/// fault.
struct StormWriter: Sendable {
  /// A request that was meant, and what it was answered.
  struct Entry: Sendable {
    let id: UUID
    let role: String
    let texts: [String]
    var receipt: Receipt?
  }

  /// What a writer meant and was told, by casebook, and how often nobody could say what had become of a request.
  struct Ledger: Sendable {
    var entries: [Slug: [Entry]] = [:]
    var unknownOutcomes = 0
  }

  private struct GaveUp: Error {}
  private static let attempts = 1000

  let name: String
  let desks: [Desk]
  let proxy: FaultProxy

  /// Makes so many requests, each repeated under its identity until it is answered.
  func write(_ count: Int, in weather: Weather) async throws -> Ledger {
    var ledger = Ledger()
    for number in 1...count {
      let desk = desks[number % desks.count]
      var entry = Entry(
        id: UUID(), role: desk.role, texts: (1...number % 3 + 1).map { "\(name) \(number).\($0);" })
      let known = ledger.entries[desk.store.slug, default: []]
      ledger.entries[desk.store.slug] = known + [entry]
      switch number % 7 {
      case 2: proxy.cut(.beforeServerSees, whenClientSends: entry.texts[0])
      case 5: proxy.cut(.afterServerAnswered, whenClientSends: entry.texts[0])
      default: break
      }
      entry.receipt = try await answer(
        to: Request(id: entry.id, try entry.texts.map { try statement($0) }), desk, weather,
        &ledger.unknownOutcomes)
      ledger.entries[desk.store.slug] = known + [entry]
      try await weather.acknowledge()
    }
    return ledger
  }

  private func answer(
    to request: Request, _ desk: Desk, _ weather: Weather, _ unknownOutcomes: inout Int
  ) async throws -> Receipt {
    for _ in 1...Self.attempts {
      do {
        return try await desk.store.perform(request)
      } catch is UnknownOutcome {
        unknownOutcomes += 1
      } catch let error as PostgresError where error.isConnectionFailure {
        // It broke while somebody read: nothing was written.
      } catch let error as EventLogError where error.isVersionConflict {
        // Others were faster four times.
      }
      try await weather.settle()
    }
    throw GaveUp()
  }
}
