-- The group roles. Roles belong to the server, not to a database, so they are no migration: this
-- script runs before the first one, for every database, and may run many times at once. A role or a
-- grant that another session creates at the same moment is as good as one of our own (42710, 23505);
-- "tuple concurrently updated" (XX000) says only that the other session was first, so that grant is
-- tried again.
DO $roles$
DECLARE
  _statement text;
  _attempt integer;
BEGIN
  FOREACH _statement IN ARRAY ARRAY[
    -- Owns the schema. Nobody logs in as it; only migrations run in its name.
    'CREATE ROLE dossier_owner NOLOGIN',
    -- Reads the casebooks one is a member of.
    'CREATE ROLE dossier_reader NOLOGIN',
    -- Reads and appends.
    'CREATE ROLE dossier_analyst NOLOGIN',
    -- Reads and maintains the views.
    'CREATE ROLE dossier_projector NOLOGIN',
    -- Reads every casebook, writes nothing.
    'CREATE ROLE dossier_auditor NOLOGIN',
    -- Reads, appends, restores an exported casebook.
    'CREATE ROLE dossier_admin NOLOGIN'
  ] LOOP
    IF NOT EXISTS (
      SELECT FROM pg_catalog.pg_roles
      WHERE rolname = pg_catalog.split_part(_statement, ' ', 3)
    ) THEN
      BEGIN
        EXECUTE _statement;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;

  FOREACH _statement IN ARRAY ARRAY[
    'GRANT dossier_reader TO dossier_analyst',
    'GRANT dossier_reader TO dossier_projector',
    'GRANT dossier_reader TO dossier_auditor',
    'GRANT dossier_analyst TO dossier_admin',
    pg_catalog.format('GRANT CREATE ON DATABASE %I TO dossier_owner', pg_catalog.current_database())
  ] LOOP
    CONTINUE WHEN _statement LIKE 'GRANT dossier%' AND EXISTS (
      SELECT FROM pg_catalog.pg_auth_members m
      JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
      JOIN pg_catalog.pg_roles r ON r.oid = m.member
      WHERE g.rolname = pg_catalog.split_part(_statement, ' ', 2)
        AND r.rolname = pg_catalog.split_part(_statement, ' ', 4)
    );
    CONTINUE WHEN _statement LIKE 'GRANT CREATE%' AND pg_catalog.has_database_privilege(
      'dossier_owner', pg_catalog.current_database(), 'CREATE');
    FOR _attempt IN 1..20 LOOP
      BEGIN
        EXECUTE _statement;
        EXIT;
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
          EXIT;
        WHEN internal_error THEN
          IF _attempt = 20 THEN
            RAISE;
          END IF;
      END;
    END LOOP;
  END LOOP;
END
$roles$;
