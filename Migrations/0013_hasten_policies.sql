-- Policies that ask for the login's memberships themselves. A function that does it is planned anew
-- by every statement for every table in it, which took longer than what most statements do.

-- Everybody sees their own memberships without asking anything else, so that other policies may look.
ALTER POLICY members_read ON dossier.membership
  USING (role_name = session_user
    OR casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));

-- Opens a table to members and auditors, who read it.
CREATE FUNCTION dossier.let_members_read(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  EXECUTE format('DROP POLICY IF EXISTS members_read ON dossier.%I', _table);
  -- Whether somebody audits is asked only about what they are no member of.
  EXECUTE format(
    'CREATE POLICY members_read ON dossier.%I FOR SELECT
     USING (
       casebook_id = ANY (ARRAY(
         SELECT m.casebook_id FROM dossier.membership m WHERE m.role_name = session_user))
       OR (SELECT dossier.is_auditor()))', _table);
END
$$;

-- Opens a table of the views' to members: they read it, and those above write it. A migration that
-- adds a view calls this.
CREATE OR REPLACE FUNCTION dossier.guard_view(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  -- A writing member may, and so may the service that keeps views up to date, for which reading is
  -- access enough: what dossier.projectable_casebooks() gives.
  _mine CONSTANT text :=
    'casebook_id = ANY (ARRAY(
       SELECT m.casebook_id FROM dossier.membership m
       WHERE m.role_name = session_user
         AND (m.access IN (''write'', ''admin'')
           OR pg_has_role(session_user, ''dossier_projector'', ''MEMBER''))))';
BEGIN
  EXECUTE format('ALTER TABLE dossier.%I ENABLE ROW LEVEL SECURITY', _table);
  PERFORM dossier.let_members_read(_table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_insert ON dossier.%I', _table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_update ON dossier.%I', _table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_delete ON dossier.%I', _table);
  EXECUTE format(
    'CREATE POLICY maintainers_insert ON dossier.%I FOR INSERT WITH CHECK (%s)', _table, _mine);
  EXECUTE format(
    'CREATE POLICY maintainers_update ON dossier.%I FOR UPDATE USING (%s)', _table, _mine);
  EXECUTE format(
    'CREATE POLICY maintainers_delete ON dossier.%I FOR DELETE USING (%s)', _table, _mine);
  EXECUTE format('GRANT SELECT ON dossier.%I TO dossier_reader', _table);
  EXECUTE format(
    'GRANT INSERT, UPDATE, DELETE ON dossier.%I TO dossier_projector, dossier_analyst', _table);
END
$$;

SELECT dossier.guard_view(p.tablename)
FROM pg_policies p WHERE p.schemaname = 'dossier' AND p.policyname = 'maintainers_insert';

SELECT dossier.let_members_read(t.name)
FROM unnest(ARRAY['casebook', 'source', 'event', 'snapshot', 'source_text']) AS t(name);

ALTER POLICY author_reads ON dossier.append_request
  USING (
    recorded_by = session_user
      AND casebook_id = ANY (ARRAY(
        SELECT m.casebook_id FROM dossier.membership m WHERE m.role_name = session_user))
    OR (SELECT dossier.is_auditor()));
