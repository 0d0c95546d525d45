import Casebook
import CasebookStore
package import EventLog
package import struct FoundationEssentials.UUID

/// Which events of a casebook are set aside, and from when on.
///
/// Before the event that says so, an event counts: a prefix that does not reach it does not know.
package struct Voidings: Sendable {
  /// An event that is set aside.
  struct Voiding: Hashable, Sendable {
    /// Where the log says so.
    let at: Int64
    /// The event that is set aside.
    let position: Int64
  }

  /// By stream of the event that is set aside, in the order of the log.
  private var byStream: [StreamID: [Voiding]] = [:]

  /// None.
  static let none = Voidings()

  private init() {}

  /// Reads those that the log knows now. What sets nothing aside (`Voids`) is passed over.
  package init(_ log: EventLog, _ casebook: UUID) async throws {
    let events = try await log.casebookEvents(
      of: casebook, type: EventType.eventVoided.rawValue, upTo: .max)
    for (at, position) in Voids(events).targets.sorted(by: { $0.key < $1.key }) {
      guard
        let target = try await log.events(of: casebook, positions: position...position).first
      else { continue }
      byStream[target.stream, default: []].append(Voiding(at: at, position: position))
    }
  }

  /// The events of one stream that are set aside.
  subscript(stream: StreamID) -> [Voiding] { byStream[stream] ?? [] }

  /// The streams whose events are set aside by a stretch of the log.
  func streams(touchedIn positions: ClosedRange<Int64>) -> [StreamID] {
    byStream.filter { $0.value.contains { positions.contains($0.at) } }.map(\.key)
  }
}
