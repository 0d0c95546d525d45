-- Snapshots: positions that somebody gave a name, each with a read-only schema of that name for
-- psql, spreadsheets and the like. A schema belongs to the database, so a name is taken once in it.
CREATE TABLE dossier.snapshot (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  name text COLLATE "C" NOT NULL UNIQUE,
  "position" bigint NOT NULL CHECK ("position" >= 0),
  saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_by text COLLATE "C" NOT NULL DEFAULT session_user,
  PRIMARY KEY (casebook_id, name)
);
ALTER TABLE dossier.snapshot ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON dossier.snapshot FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
GRANT SELECT ON dossier.snapshot TO dossier_reader;

-- Fails unless the login may write the casebook's views.
CREATE FUNCTION dossier.require_maintainer(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF NOT _casebook_id = ANY (dossier.projectable_casebooks()) THEN
    RAISE EXCEPTION '% has no write access to casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook.';
  END IF;
END
$$;

-- Gives a position a name and a schema with the views as they were there. The rows stay where they
-- are: a view of the schema reads them with the reader's own rights. PostgreSQL refuses a schema that
-- exists (42P06) and a name that it keeps for itself (42939).
CREATE FUNCTION dossier.save_snapshot(_casebook_id uuid, _position bigint, _name text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _view record;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  IF _name !~ '^[a-z][a-z0-9_]{0,62}$' THEN
    RAISE EXCEPTION '"%" is no name for a snapshot', _name USING ERRCODE = 'DS007';
  END IF;
  IF NOT has_database_privilege('dossier_owner', current_database(), 'CREATE') THEN
    RAISE EXCEPTION 'dossier_owner may not create schemas in this database until "dossier migrate" has run here'
      USING ERRCODE = '42501';
  END IF;
  EXECUTE format('CREATE SCHEMA %I', _name);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO dossier_reader', _name);
  FOR _view IN
    SELECT c.relname AS name,
      string_agg('v.' || quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r'
      -- What is kept only to be searched tells nobody anything.
      AND c.relname LIKE '%\_view' AND c.relname <> 'search_view'
      AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('casebook_id', 'generation_id', 'to_position')
    GROUP BY c.relname
  LOOP
    EXECUTE format(
      'CREATE VIEW %I.%I WITH (security_invoker = true, security_barrier = true) AS
       SELECT %s FROM dossier.%I v
       JOIN dossier.active_generation g
         ON g.casebook_id = v.casebook_id AND g.generation_id = v.generation_id AND g.view = %L
       WHERE v.casebook_id = %L AND v.from_position <= %s
         AND (v.to_position IS NULL OR v.to_position > %s)',
      _name, _view.name, _view.columns, _view.name, _view.name, _casebook_id, _position, _position);
    EXECUTE format('GRANT SELECT ON %I.%I TO dossier_reader', _name, _view.name);
  END LOOP;
  INSERT INTO dossier.snapshot (casebook_id, name, "position")
  VALUES (_casebook_id, _name, _position);
END
$$;

-- Takes a name and its schema away. Returns whether there was one. Whatever others have put into the
-- schema, or made to depend on it, is not dropped with it: PostgreSQL refuses then (2BP01).
CREATE FUNCTION dossier.drop_snapshot(_casebook_id uuid, _name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _view text;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  DELETE FROM dossier.snapshot s WHERE s.casebook_id = _casebook_id AND s.name = _name;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  FOR _view IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = to_regnamespace(quote_ident(_name)) AND c.relkind = 'v'
      AND c.relowner = 'dossier_owner'::regrole
  LOOP
    EXECUTE format('DROP VIEW %I.%I', _name, _view);
  END LOOP;
  EXECUTE format('DROP SCHEMA IF EXISTS %I', _name);
  RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION
  dossier.save_snapshot(uuid, bigint, text), dossier.drop_snapshot(uuid, text)
  TO dossier_analyst, dossier_projector;
