-- What holds against the owner and superusers too, as long as they do not switch it off on purpose: only
-- the functions of the log add to it, and only migrations change what it is made of.
--
-- Whoever sets dossier.migrating to on means to pass, as a migration does. What was changed so is found
-- by dossier log verify, which compares the schema with the one that the migrations make.

-- MARK: Rows

-- A function of the log runs as its owner in a session that neither logged in as the owner nor took on
-- its role: no plain statement is made so, whoever makes it. (A condition of the trigger would be planned
-- anew by every statement, and take three times as long.)
CREATE FUNCTION dossier.refuse_outsider() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF current_user = 'dossier_owner'
      AND session_user <> 'dossier_owner' AND current_setting('role') <> 'dossier_owner'
    OR current_setting('dossier.migrating', true) = 'on'
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% of dossier.% is refused: only Dossier''s own functions write there',
    TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'DS006', HINT = 'Work as a member of the casebook, with the dossier program.';
END
$$;

-- Has a table written by the functions of the log and by migrations alone. A migration that adds a table
-- of the log calls this.
CREATE FUNCTION dossier.guard_table(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER refuse_outsider BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON dossier.%I
     FOR EACH STATEMENT EXECUTE FUNCTION dossier.refuse_outsider()', _table);
  EXECUTE format('ALTER TABLE dossier.%I ENABLE ALWAYS TRIGGER refuse_outsider', _table);
END
$$;

-- The tables to which something is appended; who is a member; and those that belong to no casebook and hold
-- what migrations wrote, but for the history of the migrations itself.
SELECT dossier.guard_table(c.relname)
FROM pg_class c
WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r'
  AND (c.relname = 'membership'
    OR EXISTS (
      SELECT FROM pg_trigger t
      WHERE t.tgrelid = c.oid AND t.tgfoid = 'dossier.refuse_change()'::regprocedure)
    OR c.relname <> 'migration' AND NOT EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'casebook_id'));

-- MARK: Objects

-- Event triggers call these. Only a superuser may create those, so that guards.sql does, where it can.

-- Refuses a command that made, changed or dropped an object of the schema, or something that acts on
-- one or as the owner: rules, triggers and policies, tables above and below a table, functions. What is
-- saved of a view (dossier.save_snapshot) is the owner's too; temporary tables are nobody's business.
CREATE FUNCTION dossier.refuse_command() RETURNS event_trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _object text;
BEGIN
  IF current_setting('dossier.migrating', true) = 'on' THEN
    RETURN;
  END IF;
  IF TG_EVENT = 'sql_drop' THEN
    SELECT d.object_type || ' ' || d.object_identity INTO _object
    FROM pg_event_trigger_dropped_objects() d
    -- What only serves another object, as the triggers of a foreign key do, goes with that.
    WHERE (d.original OR d.normal)
      AND (d.schema_name = 'dossier'
        OR d.address_names[1] = 'dossier' AND d.object_type NOT LIKE 'publication%')
    LIMIT 1;
  ELSE
    SELECT c.object_type || ' ' || c.object_identity INTO _object
    FROM pg_event_trigger_ddl_commands() c
    CROSS JOIN LATERAL pg_identify_object_as_address(c.classid, c.objid, c.objsubid) a
    WHERE c.command_tag NOT IN ('COMMENT', 'REINDEX')
      AND (c.schema_name = 'dossier'
        OR a.object_names[1] = 'dossier' AND c.object_type NOT LIKE 'publication%'
        OR EXISTS (
          SELECT FROM pg_inherits i
          JOIN pg_class p ON p.oid = i.inhparent
          JOIN pg_class d ON d.oid = i.inhrelid
          WHERE c.objid IN (p.oid, d.oid) AND p.relnamespace <> d.relnamespace
            AND to_regnamespace('dossier') IN (p.relnamespace, d.relnamespace))
        OR (c.schema_name IS DISTINCT FROM 'pg_temp' OR c.object_type = 'function')
          AND c.command_tag NOT IN ('CREATE SCHEMA', 'CREATE VIEW')
          AND EXISTS (
            SELECT FROM pg_shdepend s
            WHERE s.dbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
              AND s.classid = c.classid AND s.objid = c.objid AND s.deptype = 'o'
              AND s.refclassid = 'pg_authid'::regclass AND s.refobjid = to_regrole('dossier_owner')))
    LIMIT 1;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION '% is refused: % belongs to the log', TG_TAG, _object
      USING ERRCODE = 'DS006', HINT = 'Only "dossier migrate" changes what the log is made of.';
  END IF;
END
$$;

-- Refuses a command that changed what somebody may do with the schema, or who owns what of it. Which
-- objects such a command named PostgreSQL does not tell: what is so after it is compared with before.
CREATE FUNCTION dossier.refuse_grant() RETURNS event_trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _privileges text;
BEGIN
  IF TG_TAG NOT IN ('GRANT', 'REVOKE', 'ALTER DEFAULT PRIVILEGES', 'DROP OWNED')
    OR current_setting('dossier.migrating', true) = 'on'
  THEN
    RETURN;
  END IF;
  SELECT md5(string_agg(concat_ws(' ', p.owner, p.object, p.part, p.acl), ', '
    ORDER BY p.owner, p.object, p.part))
  INTO _privileges
  FROM (
    SELECT n.nspowner, n.oid, 0, n.nspacl FROM pg_namespace n WHERE n.nspname = 'dossier'
    UNION ALL
    SELECT c.relowner, c.oid, 0, c.relacl FROM pg_class c
    WHERE c.relnamespace = to_regnamespace('dossier')
    UNION ALL
    SELECT c.relowner, c.oid, a.attnum, a.attacl FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = to_regnamespace('dossier') AND a.attacl IS NOT NULL
    UNION ALL
    SELECT f.proowner, f.oid, 0, f.proacl FROM pg_proc f
    WHERE f.pronamespace = to_regnamespace('dossier')
    UNION ALL
    SELECT d.defaclrole, d.oid, 0, d.defaclacl FROM pg_default_acl d
    WHERE d.defaclrole = to_regrole('dossier_owner')
  ) AS p(owner, object, part, acl);
  IF TG_EVENT = 'ddl_command_start' THEN
    PERFORM set_config('dossier.privileges', _privileges, true);
  ELSIF _privileges IS DISTINCT FROM current_setting('dossier.privileges', true) THEN
    RAISE EXCEPTION '% is refused: it changes who may do what with the log', TG_TAG
      USING ERRCODE = 'DS006',
        HINT = 'Give a login one of the group roles, and access with: dossier casebook grant';
  END IF;
END
$$;
