public import EventLog
import PostgresClient
public import struct FoundationEssentials.UUID

/// The views of one casebook in the database.
public struct ViewStore: Sendable {
  /// The log that they are folded from.
  public let log: EventLog
  /// The casebook's identifier.
  public let casebook: UUID

  /// The views of `casebook`.
  public init(_ log: EventLog, casebook: UUID) {
    self.log = log
    self.casebook = casebook
  }

  /// The last position of the log.
  public func head() async throws -> Int64 {
    try await log.resolve(.head, of: casebook).position
  }
}

// MARK: Generations

extension ViewStore {
  /// The generation that readers see; nil before the first build.
  public func activeGeneration(of projection: any Projection.Type) async throws -> Generation? {
    try await log.pool.query(
      """
      SELECT \(Generation.columns) FROM dossier.generation g
      JOIN dossier.active_generation a USING (casebook_id, view, generation_id)
      WHERE g.casebook_id = \(casebook) AND g.view = \(projection.name)
      """
    ).first.map { row throws(PostgresError) in try Generation(row) }
  }

  /// All generations of a view that have rows, the oldest first.
  public func generations(of projection: any Projection.Type) async throws -> [Generation] {
    try await log.pool.withConnection { try await generations(of: projection, on: $0) }
  }

  nonisolated(nonsending) func generations(
    of projection: any Projection.Type, on connection: PostgresConnection
  ) async throws -> [Generation] {
    try await connection.query(
      """
      SELECT \(Generation.columns) FROM dossier.generation g
      WHERE g.casebook_id = \(casebook) AND g.view = \(projection.name)
      ORDER BY g.generation_id
      """
    ).map { row throws(PostgresError) in try Generation(row) }
  }
}

extension Generation {
  static let columns: PostgresQuery =
    "g.generation_id, g.view_version, g.state, g.position, g.target_position"

  /// A row that begins with these columns.
  init(_ row: PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(at: 0), viewVersion: Int(try row.decode(Int32.self, at: 1)),
      state: State(rawValue: try row.decode(at: 2)) ?? .retired, position: try row.decode(at: 3),
      target: try row.decode(at: 4))
  }
}
