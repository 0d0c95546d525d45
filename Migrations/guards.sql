-- What guards the schema and is no part of it, so that a dump of the schema holds none of it. This runs
-- after the migrations and may run many times; it makes what is missing and leaves the rest.
DO $guards$
DECLARE
  _guard record;
BEGIN
  PERFORM pg_catalog.set_config('dossier.migrating', 'on', true);
  -- Nobody executes a new function of the log but those who are told to.
  IF pg_catalog.pg_has_role('dossier_owner', 'USAGE') THEN
    ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
  END IF;
  BEGIN
    FOR _guard IN
      SELECT * FROM (VALUES
        ('dossier_refuse_command', 'ddl_command_end', 'refuse_command'),
        ('dossier_refuse_drop', 'sql_drop', 'refuse_command'),
        ('dossier_note_privileges', 'ddl_command_start', 'refuse_grant'),
        ('dossier_refuse_grant', 'ddl_command_end', 'refuse_grant')
      ) AS g(name, event, function)
      WHERE NOT EXISTS (
          SELECT FROM pg_catalog.pg_event_trigger t
          WHERE t.evtname = g.name AND t.evtenabled = 'A')
        -- The migration that has the functions may be still to come.
        AND pg_catalog.to_regproc('dossier.' || g.function) IS NOT NULL
    LOOP
      IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_event_trigger t WHERE t.evtname = _guard.name
      ) THEN
        EXECUTE pg_catalog.format('CREATE EVENT TRIGGER %I ON %s EXECUTE FUNCTION dossier.%I()',
          _guard.name, _guard.event, _guard.function);
      END IF;
      -- In replica mode too.
      EXECUTE pg_catalog.format('ALTER EVENT TRIGGER %I ENABLE ALWAYS', _guard.name);
    END LOOP;
  EXCEPTION WHEN insufficient_privilege THEN
    -- The administrator of a hosted server is no superuser. What is missing then dossier doctor says.
    NULL;
  END;
END
$guards$;
