-- Who may read what, and that nobody may change anything.

-- MARK: Append-only

-- Privileges stop every role but the owner and superusers; these triggers stop those as well, with
-- session_replication_role = replica too (ENABLE ALWAYS). Whoever disables a trigger is a superuser
-- or the owner, and is found out by the hashes.
CREATE FUNCTION dossier.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '% of dossier.% is refused: the log is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'DS006', HINT = 'Append an event that corrects, withdraws or voids instead.';
END
$$;

DO $guard$
DECLARE
  _table text;
BEGIN
  FOREACH _table IN ARRAY ARRAY['event', 'append_request', 'source', 'casebook'] LOOP
    EXECUTE format(
      'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier.%I
       FOR EACH STATEMENT EXECUTE FUNCTION dossier.refuse_change()', _table);
    EXECUTE format('ALTER TABLE dossier.%I ENABLE ALWAYS TRIGGER refuse_change', _table);
  END LOOP;
END
$guard$;

-- MARK: Reading

-- Everything goes by session_user, the role that logged in: current_user is whatever SET ROLE or a
-- SECURITY DEFINER function made of it.

-- Whether the login may read every casebook. Superusers are members of each role by definition, and
-- of none here.
CREATE FUNCTION dossier.is_auditor() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT pg_has_role(session_user, 'dossier_auditor', 'MEMBER')
    AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)
$$;

-- The casebooks that the login may read. Policies call this once a query (it becomes an InitPlan),
-- instead of a subquery once a row.
CREATE FUNCTION dossier.readable_casebooks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT coalesce(array_agg(c.casebook_id), '{}')
  FROM dossier.casebook c
  WHERE dossier.is_auditor()
     OR c.casebook_id IN (
          SELECT m.casebook_id FROM dossier.membership m WHERE m.role_name = session_user)
$$;

ALTER TABLE dossier.casebook ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier.membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier.source ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier.append_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY members_read ON dossier.casebook FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
CREATE POLICY members_read ON dossier.membership FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
CREATE POLICY members_read ON dossier.source FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
CREATE POLICY members_read ON dossier.event FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
-- A reply may say more than the events do; it is its author's.
CREATE POLICY author_reads ON dossier.append_request FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[])
    AND (recorded_by = session_user OR (SELECT dossier.is_auditor())));

GRANT USAGE ON SCHEMA dossier TO dossier_reader;
GRANT SELECT ON
  dossier.migration, dossier.casebook, dossier.membership, dossier.event_type, dossier.source,
  dossier.event, dossier.append_request
  TO dossier_reader;
GRANT EXECUTE ON FUNCTION dossier.is_auditor(), dossier.readable_casebooks() TO dossier_reader;
