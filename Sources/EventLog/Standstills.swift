import Calendar
public import struct FoundationEssentials.UUID
import PostgresClient

/// Finds the stretches of a log in which time stood still: the server's clock was behind the log, which then repeats
/// its last time. Events of one request share their time always.
struct Standstills {
  /// Those found so far, by position.
  private(set) var found: [ClosedRange<Int64>] = []
  /// The first event that bears the present time.
  private var first: (position: Int64, time: Instant, request: UUID)?
  private var isStill = false

  /// Takes the next event in the order of the log.
  mutating func step(_ position: Int64, _ time: Instant, _ request: UUID) {
    guard let first, first.time == time else {
      first = (position, time, request)
      isStill = false
      return
    }
    if isStill {
      found[found.count - 1] = first.position...position
    } else if first.request != request {
      found.append(first.position...position)
      isStill = true
    }
  }
}

extension EventLog {
  /// The stretches of a casebook's log, by position, in which the server's clock had run back and time stood still.
  /// Reads three columns of each event.
  public func standstills(of casebook: UUID) async throws -> [ClosedRange<Int64>] {
    var standstills = Standstills()
    let rows = pool.stream(
      """
      SELECT position, recorded_at, request_id FROM dossier.event
      WHERE casebook_id = \(casebook) ORDER BY position
      """)
    for try await row in rows {
      let (position, time, request) = try row.decode((Int64, PostgresTimestamp, UUID).self)
      standstills.step(position, Instant(time), request)
    }
    return standstills.found
  }
}
