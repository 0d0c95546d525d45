import EventLog
import PostgresClient

/// Holds what is kept of a view beside its rows against the log, and one table against the other.
struct RecordCheck {
  private typealias Difference = CheckReport.Difference

  private let views: ViewStore
  private let projection: any Projection.Type
  private let connection: PostgresConnection

  /// Prepares to read on a connection, which holds the moment.
  init(
    _ views: ViewStore, _ projection: any Projection.Type, _ connection: PostgresConnection
  ) {
    self.views = views
    self.projection = projection
    self.connection = connection
  }

  /// What is not as it should be; `generations` are all that there are.
  nonisolated(nonsending) func differences(
    _ generations: [Generation]
  ) async throws -> [CheckReport.Difference] {
    let active = generations.first { $0.state == .active }
    return try await differencesOfGenerations(generations)
      + differencesOfPointer(active, generations) + strayRows() + differencesOfSlices(generations)
  }

  // MARK: Generations

  private nonisolated(nonsending) func differencesOfGenerations(
    _ generations: [Generation]
  ) async throws -> [Difference] {
    let head = try await connection.query(
      """
      SELECT coalesce(max(position), 0) FROM dossier.event WHERE casebook_id = \(views.casebook)
      """)[0].decode(Int64.self, at: 0)
    return generations.flatMap { generation in
      var found: [Difference] = []
      if generation.viewVersion != projection.version {
        found.append(
          Difference(
            record: "generation", "\(generation.id)", column: "view_version",
            stored: "\(generation.viewVersion)", expected: "\(projection.version)"))
      }
      if generation.target > head {
        found.append(
          Difference(
            record: "generation", "\(generation.id)", column: "target_position",
            stored: "\(generation.target)", expected: "\(head) or less"))
      }
      return found
    }
  }

  /// That readers are shown the one generation which says that they are.
  private nonisolated(nonsending) func differencesOfPointer(
    _ active: Generation?, _ generations: [Generation]
  ) async throws -> [Difference] {
    let shown = try await connection.query(
      """
      SELECT generation_id FROM dossier.active_generation
      WHERE casebook_id = \(views.casebook) AND view = \(projection.name)
      """
    ).first?.decode(Int64.self, at: 0)
    guard shown != active?.id else { return [] }
    return [
      Difference(
        record: "active_generation", projection.name, column: "generation_id",
        stored: shown.map { "\($0)" }, expected: active.map { "\($0.id)" })
    ]
  }

  private nonisolated(nonsending) func strayRows() async throws -> [Difference] {
    try await views.strayGenerations(of: projection, on: connection).map { id in
      Difference(
        record: projection.name, "of generation \(id)", column: nil, stored: "rows", expected: nil)
    }
  }

  // MARK: Slices

  /// That a generation which is being built has the slices that the log is cut into, and no other has any.
  private nonisolated(nonsending) func differencesOfSlices(
    _ generations: [Generation]
  ) async throws -> [Difference] {
    var found = try await slices(
      """
      SELECT s.slice, s.generation_id || ' slice ' || s.slice, NULL
      FROM dossier.generation_slice s
      WHERE s.casebook_id = \(views.casebook) AND s.view = \(projection.name)
        AND NOT s.generation_id = ANY (\(generations.filter { $0.state == .building }.map(\.id)))
      """)
    for generation in generations where generation.state == .building {
      found += try await slices(
        """
        SELECT slice, stored, expected
        FROM (
          SELECT s.slice,
            ROW(s.first_kind, s.first_id, s.last_kind, s.last_id, s.events)::text AS stored
          FROM dossier.generation_slice s
          WHERE s.casebook_id = \(views.casebook) AND s.view = \(projection.name)
            AND s.generation_id = \(generation.id)) s
        FULL JOIN (
          SELECT c.slice,
            ROW(c.first_kind, c.first_id, c.last_kind, c.last_id, c.events)::text AS expected
          FROM dossier.cut_streams(\(views.casebook), \(projection.kinds), \(generation.target), (
            SELECT g.slice_size FROM dossier.generation g
            WHERE g.casebook_id = \(views.casebook) AND g.view = \(projection.name)
              AND g.generation_id = \(generation.id))) c) c USING (slice)
        WHERE stored IS DISTINCT FROM expected
        """)
    }
    return found
  }

  private nonisolated(nonsending) func slices(_ query: PostgresQuery) async throws -> [Difference] {
    try await connection.query(query).map { row throws(PostgresError) in
      Difference(
        record: "generation_slice", "\(try row.decode(Int32.self, at: 0))", column: nil,
        stored: try row.decode(at: 1), expected: try row.decode(at: 2))
    }
  }
}

extension CheckReport.Difference {
  /// A record of a table that is not what it should be.
  init(record table: String, _ row: String, column: String?, stored: String?, expected: String?) {
    self.init(home: table, row: row, column: column, stored: stored, expected: expected)
  }
}
