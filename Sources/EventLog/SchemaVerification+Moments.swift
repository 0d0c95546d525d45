import PostgresClient

extension SchemaVerification {
  /// The views of saved moments that are not as saving a moment makes them, of those casebooks that the person may read.
  ///
  /// What PostgreSQL makes of a definition is compared without its layout: white space, parentheses and the types of
  /// texts.
  nonisolated(nonsending) static func changedMoments(
    _ connection: PostgresConnection
  ) async throws -> [SchemaDifference] {
    try await connection.query(
      """
      WITH made AS (
        SELECT s.name AS schema, v.name AS view, format(
          'SELECT %s FROM dossier.snapshot s
           JOIN dossier.active_generation g ON g.casebook_id = s.casebook_id AND g.view = %L
           JOIN dossier.%I v ON v.casebook_id = s.casebook_id AND v.generation_id = g.generation_id
           WHERE s.snapshot_key = %s AND v.from_position <= s."position"
             AND (v.to_position IS NULL OR v.to_position > s."position");',
          v.columns, v.name, v.name, s.snapshot_key) AS definition
        FROM dossier.snapshot s
        CROSS JOIN (
          SELECT c.relname AS name,
            string_agg('v.' || quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
          FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relnamespace = 'dossier'::regnamespace AND dossier.is_view(c.relname)
            AND c.relname <> 'search_view' AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attname NOT IN ('casebook_id', 'generation_id', 'to_position')
          GROUP BY c.relname) v
      ), found AS (
        SELECT s.name AS schema, c.relname AS view,
          CASE
            WHEN c.relkind <> 'v' THEN 'is no view'
            WHEN c.relowner <> 'dossier_owner'::regrole THEN 'has another owner'
            WHEN NOT coalesce(
              c.reloptions @> '{security_invoker=true,security_barrier=true}', false)
            THEN 'reads with the rights of its owner'
            WHEN EXISTS (
              SELECT FROM aclexplode(c.relacl) a
              WHERE a.grantee NOT IN (c.relowner, 'dossier_reader'::regrole)
                OR a.grantee <> c.relowner AND a.privilege_type <> 'SELECT')
            THEN 'is open to others than readers'
          END AS problem,
          CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END AS definition
        FROM dossier.snapshot s
        JOIN pg_namespace n ON n.nspname = s.name
        JOIN pg_class c ON c.relnamespace = n.oid
      )
      SELECT format('%I.%I of a saved moment', schema, view),
        CASE
          WHEN f.view IS NULL THEN 'is missing'
          WHEN m.view IS NULL THEN 'is none that saving makes'
          ELSE coalesce(f.problem, 'shows something else')
        END
      FROM made m FULL JOIN found f USING (schema, view)
      WHERE f.problem IS NOT NULL OR translate(replace(m.definition, '::text', ''), E' \\n()', '')
        IS DISTINCT FROM translate(replace(f.definition, '::text', ''), E' \\n()', '')
      ORDER BY 1
      """
    ).map { row throws(PostgresError) in
      let (object, problem) = try row.decode((String, String).self)
      return SchemaDifference(object, .isOff(problem))
    }
  }
}
