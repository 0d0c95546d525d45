import Casebook
import EventLog
import PostgresClient
import struct FoundationEssentials.UUID

/// Compares the faults that are stored of one generation with those of a fresh fold.
struct FaultCheck {
  private let projection: any Projection.Type
  private let generation: Generation
  private var stored: Set<FaultRecord> = []
  private var missing: [FaultRecord] = []

  /// Prepares to compare those of a generation.
  init(_ projection: any Projection.Type, _ generation: Generation) {
    self.projection = projection
    self.generation = generation
  }

  /// Reads what is stored. There are as many as streams stood still.
  nonisolated(nonsending) mutating func read(
    of casebook: UUID, on connection: PostgresConnection
  ) async throws {
    let rows = try await connection.query(
      """
      SELECT stream_kind || '/' || stream_id, from_position, to_position, position, event_id, event_type,
        problem
      FROM dossier.projection_fault
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
        AND generation_id = \(generation.id)
      """)
    stored = try Set(rows.map(FaultRecord.init))
  }

  /// Takes one of the fresh fold.
  mutating func expect(_ stop: Stop) {
    let fault = FaultRecord(stop)
    if stored.remove(fault) == nil { missing.append(fault) }
  }

  /// What is stored and should not be, and what should be and is not.
  var differences: [CheckReport.Difference] {
    let record = { (fault: FaultRecord, isStored: Bool) in
      CheckReport.Difference(
        record: "projection_fault", fault.stream, column: nil,
        stored: isStored ? fault.description : nil, expected: isStored ? nil : fault.description)
    }
    let excess = stored.sorted { ($0.position, $0.from) < ($1.position, $1.from) }
    return missing.map { record($0, false) } + excess.map { record($0, true) }
  }
}

/// A row of the table of faults, without what says whose it is.
private struct FaultRecord: Hashable, CustomStringConvertible {
  let stream: String
  let from: Int64
  let to: Int64?
  let position: Int64
  let event: UUID
  let type: String
  let problem: String

  init(_ stop: Stop) {
    stream = "\(stop.event.stream.kind.rawValue)/\(stop.event.stream.id)"
    from = stop.from
    to = stop.to
    position = stop.event.position
    event = stop.event.id
    type = stop.event.type
    problem = stop.stopped.problem
  }

  init(_ row: PostgresRow) throws(PostgresError) {
    (stream, from, to, position, event, type, problem) = try row.decode(
      (String, Int64, Int64?, Int64, UUID, String, String).self)
  }

  var description: String {
    "@\(position) (\(type)) from @\(from) to \(to.map { "@\($0)" } ?? "now"): \(problem)"
  }
}
