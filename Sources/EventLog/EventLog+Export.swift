public import struct FoundationEssentials.UUID

extension EventLog {
  /// Writes a casebook's log as CloudEvents 1.0 JSON, one event a line, in the order of the log. Streams.
  ///
  /// - Parameters:
  ///   - casebook: the casebook.
  ///   - position: the last event written.
  ///   - write: takes one line with its line feed.
  /// - Returns: how many events were written.
  /// - Throws: what `write` throws; `PostgresError`.
  public func export(
    _ casebook: UUID, upTo position: Int64, _ write: (String) throws -> Void
  ) async throws -> Int {
    var count = 0
    for try await event in allEvents(of: casebook, upTo: position) {
      try write(CloudEvent.line(event, of: casebook))
      count += 1
    }
    return count
  }
}
