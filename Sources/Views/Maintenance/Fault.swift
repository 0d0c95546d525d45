public import Casebook
import CasebookStore
public import EventLog
import PostgresClient

/// An event at which a stream stands still in a view, because it cannot be read or applied.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
  /// The stream.
  public let stream: StreamID
  /// Where the event is.
  public let position: Int64
  /// Its type.
  public let type: String
  /// What is wrong with it.
  public let problem: String

  /// The stream as it stands still.
  public var stopped: StoppedStream {
    StoppedStream(StreamName(stream), at: position, because: problem)
  }

  /// The stream, the event, what is wrong and what to do.
  public var description: String { stopped.description }
}

extension ViewStore {
  /// The events at which streams stand still in the generation of a view that readers see, as of a position that it has
  /// reached; nil asks for where it stands now. In the order of the log.
  public func faults(
    of projection: any Projection.Type, at position: Int64? = nil
  ) async throws -> [Fault] {
    try await log.pool.query(
      """
      SELECT f.stream_kind, f.stream_id, f.position, f.event_type, f.problem
      FROM dossier.projection_fault f
      JOIN dossier.active_generation a USING (casebook_id, view, generation_id)
      WHERE f.casebook_id = \(casebook) AND f.view = \(projection.name)
        AND f.from_position <= \(position ?? .max)
        AND (f.to_position IS NULL OR f.to_position > \(position ?? .max))
      ORDER BY f.position
      """
    ).map { row throws(PostgresError) in
      let (kind, id, position, type, problem) = try row.decode(
        (String, String, Int64, String, String).self)
      return Fault(
        stream: StreamID(StreamKind(rawValue: kind) ?? .case, id), position: position, type: type,
        problem: problem)
    }
  }
}

extension RowStaging {
  /// Ends the stored faults that end in a stretch of the log after `since`, and adds those that begin in it.
  ///
  /// - Throws: `ViewError.damaged` when one that ends is not stored.
  nonisolated(nonsending) func write(
    _ stops: [Stop], _ connection: PostgresConnection, since: Int64
  ) async throws {
    for stop in stops {
      if stop.from <= since {
        let isEnded = try await connection.query(
          """
          SELECT dossier.end_fault(\(casebook), \(projection.name), \(generation), \(stop.from),
            \(stop.to as Int64?), \(stop.event.position))
          """)[0].decode(Bool.self, at: 0)
        guard isEnded else { throw ViewError.damaged(view: projection.name) }
      } else {
        try await connection.query(
          """
          SELECT dossier.add_fault(\(casebook), \(projection.name), \(generation), \(stop.from),
            \(stop.to as Int64?), \(stop.event.position), \(stop.stopped.problem))
          """)
      }
    }
  }
}
