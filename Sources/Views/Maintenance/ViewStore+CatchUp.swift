import Casebook
import EventLog
import PostgresClient

extension ViewStore {
  /// Carries the generation that readers see on to the end of the log, or to `target`. `patience` bounds the wait for
  /// whoever holds it, as PostgreSQL writes a time.
  ///
  /// - Returns: where it stands then.
  /// - Throws: `ViewError.notBuilt` before the first build; `ViewError.outdated` when another version of the view folded
  ///   the rows, since those of two do not mix.
  @discardableResult
  public func catchUp(
    _ projection: any Projection.Type, to target: Int64? = nil, patience: String? = nil
  ) async throws -> Int64 {
    while true {
      guard let outlook = try await outlook(of: projection) else {
        throw ViewError.notBuilt(view: projection.name)
      }
      let active = outlook.generation
      guard active.viewVersion == projection.version else {
        throw ViewError.outdated(view: projection.name, version: active.viewVersion)
      }
      guard active.state == .active else { throw ViewError.damaged(view: projection.name) }
      let end = min(target ?? .max, outlook.head)
      guard active.position < end else { return active.position }
      do {
        let voidings = outlook.hasVoidings ? try await Voidings(log, casebook) : .none
        return try await advance(projection, active, to: end, voidings, patience: patience)
      } catch ViewError.replaced {
        // A rebuild has just put another one in its place.
        continue
      }
    }
  }

  /// What there is to be done for readers of a view, as of one moment; nil before the first build.
  private func outlook(
    of projection: any Projection.Type
  ) async throws -> (generation: Generation, head: Int64, hasVoidings: Bool)? {
    let row = try await log.pool.query(
      """
      SELECT \(Generation.columns),
        (SELECT coalesce(max(position), 0) FROM dossier.event WHERE casebook_id = \(casebook)),
        EXISTS (SELECT FROM dossier.event
          WHERE casebook_id = \(casebook) AND stream_kind <> 'case' AND stream_kind = 'casebook'
            AND event_type = \(EventType.eventVoided.rawValue))
      FROM dossier.generation g
      JOIN dossier.active_generation a USING (casebook_id, view, generation_id)
      WHERE g.casebook_id = \(casebook) AND g.view = \(projection.name)
      """
    ).first
    return try row.map { row in
      (
        try Generation(row), try row.decode(Int64.self, at: 5), try row.decode(Bool.self, at: 6)
      )
    }
  }
}
