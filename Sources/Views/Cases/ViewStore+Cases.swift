import EventLog
import PostgresClient

/// A case as `case_view` has it.
public struct CaseRow: Hashable, Sendable {
  /// Its short name.
  public let slug: String
  /// What to call it.
  public let name: String
  /// What it is about: person, group or event.
  public let kind: String
  /// Whether it is open or closed.
  public let status: String
  /// How many claims and annotations stand.
  public let claims, annotations: Int
  /// The sources with a claim that stands, in alphabetical order.
  public let sources: [String]
  /// The position of the last event applied.
  public let lastPosition: Int64
}

extension ViewStore {
  /// The cases that there were at a position which the view has reached, in the order of their short names.
  public func cases(at position: Int64) async throws -> [CaseRow] {
    try await log.pool.query(
      """
      SELECT v.case_id, v.name, v.kind, v.status, v.claims, v.annotations, v.sources,
        v.last_position
      FROM dossier.case_view v
      JOIN dossier.active_generation a USING (casebook_id, generation_id)
      WHERE v.casebook_id = \(casebook) AND a.view = \(CaseView.name)
        AND v.from_position <= \(position)
        AND (v.to_position IS NULL OR v.to_position > \(position))
      ORDER BY v.case_id
      """
    ).map { row throws(PostgresError) in
      let (slug, name, kind, status, claims, annotations, sources, last) = try row.decode(
        (String, String, String, String, Int32, Int32, [String], Int64).self)
      return CaseRow(
        slug: slug, name: name, kind: kind, status: status, claims: Int(claims),
        annotations: Int(annotations), sources: sources, lastPosition: last)
    }
  }
}
