-- Members are persons, not names: access follows the role that it was given to, and giving and taking
-- it are events of the log like everything else that is done to a casebook.

-- MARK: Identity

-- The role that bears a name now; '-' when there is none. It is declared immutable, which it is not,
-- so that a column can be generated from it: such a column is worked out once, when its row is
-- written, and is not in a dump, so that a database restored on another server binds each name to
-- the role that bears it there, or to none.
CREATE FUNCTION dossier.role_identity(_role_name text) RETURNS regrole
LANGUAGE sql IMMUTABLE
AS $$
  SELECT coalesce(pg_catalog.to_regrole(pg_catalog.quote_ident(_role_name)), 0::pg_catalog.regrole)
$$;

-- A role that was dropped and made again has the name but not the identity, one that was renamed the
-- identity but not the name. Neither is a member until an admin says so.
ALTER TABLE dossier.membership
  ADD COLUMN role_id regrole NOT NULL
    GENERATED ALWAYS AS (dossier.role_identity(role_name)) STORED;

DROP INDEX dossier.membership_by_role;
CREATE INDEX membership_by_role ON dossier.membership (role_name, role_id);

-- Nor are the requests of one who bore a name before those of who bears it now: theirs to see, to
-- repeat and to undo.
ALTER TABLE dossier.append_request
  ADD COLUMN role_id regrole NOT NULL
    GENERATED ALWAYS AS (dossier.role_identity(recorded_by)) STORED;

-- Whether a login of that name and identity is there and can be used.
CREATE FUNCTION dossier.can_log_in(_role_name text, _role_id regrole) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM pg_roles r
    WHERE r.oid = _role_id AND r.rolname = _role_name AND r.rolcanlogin AND NOT r.rolsuper
      AND (r.rolvaliduntil IS NULL OR r.rolvaliduntil > clock_timestamp()))
$$;
GRANT EXECUTE ON FUNCTION dossier.can_log_in(text, regrole) TO dossier_reader;

-- MARK: Who may read and write what

CREATE OR REPLACE FUNCTION dossier.readable_casebooks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT CASE
    WHEN pg_has_role(session_user, 'dossier_auditor', 'MEMBER') AND NOT dossier.is_superuser()
    THEN ARRAY(SELECT c.casebook_id FROM dossier.casebook c)
    ELSE ARRAY(
      SELECT m.casebook_id FROM dossier.membership m
      WHERE m.role_name = session_user AND m.role_id = quote_ident(session_user)::regrole)
  END
$$;

CREATE OR REPLACE FUNCTION dossier.projectable_casebooks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT ARRAY(
    SELECT m.casebook_id FROM dossier.membership m
    WHERE m.role_name = session_user AND m.role_id = quote_ident(session_user)::regrole
      AND (m.access IN ('write', 'admin')
        OR pg_has_role(session_user, 'dossier_projector', 'MEMBER')))
$$;

ALTER POLICY members_read ON dossier.membership
  USING (role_name = session_user AND role_id = quote_ident(session_user)::regrole
    OR casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));

CREATE OR REPLACE FUNCTION dossier.let_members_read(_table text) RETURNS void
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
         SELECT m.casebook_id FROM dossier.membership m
         WHERE m.role_name = session_user AND m.role_id = quote_ident(session_user)::regrole))
       OR (SELECT dossier.is_auditor()))', _table);
END
$$;

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
       WHERE m.role_name = session_user AND m.role_id = quote_ident(session_user)::regrole
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
    recorded_by = session_user AND role_id = (SELECT quote_ident(session_user)::regrole)
      AND casebook_id = ANY (ARRAY(
        SELECT m.casebook_id FROM dossier.membership m
        WHERE m.role_name = session_user AND m.role_id = quote_ident(session_user)::regrole))
    OR (SELECT dossier.is_auditor()));

-- MARK: Giving and taking access

INSERT INTO dossier.event_type (event_type, schema_version, voice, access) VALUES
  ('casebook.granted', 1, 'analyst', 'admin'),
  ('casebook.revoked', 1, 'analyst', 'admin');

-- What these did is what the events do.
DROP FUNCTION dossier.grant_access(uuid, text, text);
DROP FUNCTION dossier.revoke_access(uuid, text);
DROP FUNCTION dossier.lock_as_admin(uuid);

-- Refuses to leave a casebook that nobody can administer: an admin who is gone, or cannot log in, is
-- none.
CREATE OR REPLACE FUNCTION dossier.require_admin(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.access = 'admin'
      AND dossier.can_log_in(m.role_name, m.role_id))
  THEN
    RAISE EXCEPTION 'casebook % would be left without an admin', _casebook_id
      USING ERRCODE = 'DS009',
        HINT = 'Make another member, whose login can be used, an admin first.';
  END IF;
END
$$;

-- Refuses a role that cannot be a member.
CREATE FUNCTION dossier.require_login(_role_name text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _role record;
BEGIN
  SELECT r.rolcanlogin, r.rolsuper INTO _role FROM pg_roles r WHERE r.rolname = _role_name;
  IF _role.rolcanlogin IS DISTINCT FROM true THEN
    RAISE EXCEPTION 'there is no login role "%" on this server', _role_name
      USING ERRCODE = 'DS010', DETAIL = json_build_object('role', _role_name);
  END IF;
  IF _role.rolsuper THEN
    RAISE EXCEPTION 'superuser % cannot be a member of a casebook', _role_name
      USING ERRCODE = '42501', HINT = 'Grant access to a login role that is no superuser.';
  END IF;
END
$$;

-- Gives or takes the access that an event speaks of, in the statement that appends the event: what
-- the log says and what holds cannot differ, whoever appends it.
CREATE FUNCTION dossier.change_members() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _is_grant CONSTANT boolean := NEW.event_type = 'casebook.granted';
  _role CONSTANT text := NEW.data ->> 'role';
  _access CONSTANT text := NEW.data ->> 'access';
BEGIN
  -- A log that is being restored gives nobody access: its roles are those of another server. No
  -- casebook but one that is being restored is without any member.
  IF NOT EXISTS (
    SELECT FROM dossier.membership m WHERE m.casebook_id = NEW.casebook_id)
  THEN
    RETURN NULL;
  END IF;
  IF NEW.stream_kind <> 'casebook'
    OR json_typeof(NEW.data -> 'role') IS DISTINCT FROM 'string' OR _role = ''
    OR _is_grant AND (_access IN ('read', 'write', 'admin')) IS NOT TRUE
    OR (SELECT array_agg(k ORDER BY k) FROM json_object_keys(NEW.data) k)
      <> (CASE WHEN _is_grant THEN ARRAY['access', 'role'] ELSE ARRAY['role'] END)
  THEN
    RAISE EXCEPTION '% says on the casebook''s own stream which role%, and nothing else',
      NEW.event_type, CASE WHEN _is_grant THEN ' has access read, write or admin' ELSE '' END
      USING ERRCODE = 'DS007';
  END IF;

  IF _is_grant THEN
    PERFORM dossier.require_login(_role);
  END IF;
  -- Written anew, so that the role is the one that bears the name now.
  DELETE FROM dossier.membership m
  WHERE m.casebook_id = NEW.casebook_id AND m.role_name = _role;
  IF _is_grant THEN
    INSERT INTO dossier.membership (casebook_id, role_name, access, granted_at, granted_by)
    VALUES (NEW.casebook_id, _role, _access, NEW.recorded_at, NEW.recorded_by);
  ELSIF NOT FOUND THEN
    RAISE EXCEPTION '% has no access to the casebook', _role
      USING ERRCODE = 'DS140', DETAIL = json_build_object('role', _role);
  END IF;
  PERFORM dossier.require_admin(NEW.casebook_id);
  RETURN NULL;
END
$$;

CREATE TRIGGER change_members AFTER INSERT ON dossier.event
  FOR EACH ROW WHEN (NEW.event_type IN ('casebook.granted', 'casebook.revoked'))
  EXECUTE FUNCTION dossier.change_members();
ALTER TABLE dossier.event ENABLE ALWAYS TRIGGER change_members;

-- Makes a role admin of a casebook whose admins are all gone, or cannot log in: for whoever
-- administers the server, that is superusers and members of dossier_owner, to whom alone it is left.
-- The event bears the name that they logged in with; they are a member for as long as that takes.
-- Returns its position.
CREATE FUNCTION dossier.adopt_casebook(_casebook_id uuid, _role_name text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _data CONSTANT text := format('{"role":%s,"access":"admin"}', to_json(_role_name));
  _slug text;
  _admin text;
  _position bigint;
BEGIN
  SELECT c.slug INTO _slug
  FROM dossier.casebook c WHERE c.casebook_id = _casebook_id FOR NO KEY UPDATE;
  SELECT m.role_name INTO _admin
  FROM dossier.membership m
  WHERE m.casebook_id = _casebook_id AND m.access = 'admin'
    AND dossier.can_log_in(m.role_name, m.role_id)
  ORDER BY m.role_name
  LIMIT 1;
  IF _admin IS NOT NULL THEN
    RAISE EXCEPTION '% is an admin of casebook %', _admin, _slug
      USING ERRCODE = '42501', HINT = 'Who has an admin is adopted by nobody: ask that one.';
  END IF;
  INSERT INTO dossier.membership (casebook_id, role_name, access, granted_by)
  VALUES (_casebook_id, session_user, 'admin', session_user)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% has access to casebook %', session_user, _slug
      USING ERRCODE = '42501',
        HINT = 'A member gives nobody more than that: log in as an administrator who is none.';
  END IF;
  SELECT a.first_position INTO _position
  FROM dossier.append(
    _casebook_id, gen_random_uuid(), sha256(convert_to(_data, 'UTF8')), '{}', ARRAY['casebook'],
    ARRAY[_slug], ARRAY[NULL::bigint], ARRAY[1], ARRAY[gen_random_uuid()],
    ARRAY['casebook.granted'], ARRAY[1], ARRAY[NULL::text], ARRAY[_data]) a;
  DELETE FROM dossier.membership m
  WHERE m.casebook_id = _casebook_id AND m.role_name = session_user AND session_user <> _role_name;
  RETURN _position;
END
$$;

-- MARK: Imported authorship

-- The last position that an import brought, up to which authors are those that the file named; null
-- where nothing was imported. Only imports leave a request without the hash of a command.
CREATE INDEX append_request_imported ON dossier.append_request (casebook_id, last_position)
  WHERE command_hash IS NULL;

CREATE FUNCTION dossier.imported_through(_casebook_id uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT max(r.last_position)
  FROM dossier.append_request r
  WHERE r.casebook_id = _casebook_id AND r.command_hash IS NULL
    AND _casebook_id = ANY (dossier.readable_casebooks())
$$;
GRANT EXECUTE ON FUNCTION dossier.imported_through(uuid) TO dossier_reader;
