import EventLog
import PostgresClient

extension ViewStore {
  /// Checks what is kept of the casebook's views and cannot be worked out from the log: the history of rebuilds and the
  /// names of positions, which carry digests; and that nothing is kept of a view that there is not.
  public func checkRecords() async throws -> CheckReport {
    var report = CheckReport(position: try await head())
    let rows = try await log.pool.query(
      """
      SELECT 'projection_job', job_id::text FROM dossier.projection_job j
      WHERE casebook_id = \(casebook) AND seal <> dossier.seal(j)
      UNION ALL
      SELECT 'snapshot', name FROM dossier.snapshot s
      WHERE casebook_id = \(casebook) AND seal <> dossier.seal(s)
      UNION ALL
      SELECT r.kind, r.view
      FROM (
        SELECT 'generation', casebook_id, view FROM dossier.generation
        UNION SELECT 'active_generation', casebook_id, view FROM dossier.active_generation
        UNION SELECT 'generation_slice', casebook_id, view FROM dossier.generation_slice
        UNION SELECT 'projection_fault', casebook_id, view FROM dossier.projection_fault
      ) AS r(kind, casebook_id, view)
      WHERE r.casebook_id = \(casebook) AND NOT dossier.is_view(r.view)
      ORDER BY 1, 2
      """)
    for row in rows {
      let (table, record) = try row.decode((String, String).self)
      report.note(
        CheckReport.Difference(
          record: table, record, column: nil, stored: "a row changed by hand", expected: nil))
    }
    return report
  }
}
