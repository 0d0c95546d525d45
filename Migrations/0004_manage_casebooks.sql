-- Casebooks and their members. Names in membership are login roles; which of the group roles a login
-- has is the server administrator's business, which of the casebooks, that of their admins.

-- Creates a casebook from its first event: row, creator as admin, casebook.created. Slug and title
-- are those of the event, so that the two cannot disagree. Repeating the request finds the casebook
-- by its slug, even when the caller made up another id for it, and returns the first reply.
CREATE FUNCTION dossier.create_casebook(
  _casebook_id uuid,
  _request_id uuid,
  _command_hash bytea,
  _reply text,
  _event_id uuid,
  _schema_version integer,
  _data text,
  OUT casebook_id uuid,
  OUT first_position bigint,
  OUT last_position bigint,
  OUT recorded_at timestamptz,
  OUT is_replay boolean,
  OUT reply text,
  OUT clock_behind bigint
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  _author CONSTANT text := session_user;
  _slug CONSTANT text := _data::json ->> 'slug';
  _id uuid := _casebook_id;
BEGIN
  -- A superuser is above every check in here, and so nobody whose name an entry could rest on.
  IF (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = _author) THEN
    RAISE EXCEPTION 'superuser % cannot be a member of a casebook', _author
      USING ERRCODE = '42501', HINT = 'Connect with a login role of your own.';
  END IF;

  INSERT INTO dossier.casebook (casebook_id, slug, title, created_at, created_by)
  VALUES (_id, _slug, _data::json ->> 'title', clock_timestamp(), _author)
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    INSERT INTO dossier.membership (casebook_id, role_name, access, granted_by)
    VALUES (_id, _author, 'admin', _author);
  ELSE
    SELECT c.casebook_id INTO _id
    FROM dossier.casebook c
    JOIN dossier.append_request r
      ON r.casebook_id = c.casebook_id AND r.recorded_by = _author AND r.request_id = _request_id
        AND r.first_position = 1
    WHERE c.slug = _slug;
    IF _id IS NULL THEN
      RAISE EXCEPTION 'a casebook "%" exists already', _slug
        USING ERRCODE = 'DS008', DETAIL = json_build_object('slug', _slug);
    END IF;
  END IF;

  casebook_id := _id;
  SELECT a.first_position, a.last_position, a.recorded_at, a.is_replay, a.reply, a.clock_behind
  INTO first_position, last_position, recorded_at, is_replay, reply, clock_behind
  FROM dossier.append(
    _id, _request_id, _command_hash, _reply, ARRAY['casebook'], ARRAY[_slug], ARRAY[0::bigint],
    ARRAY[1], ARRAY[_event_id], ARRAY['casebook.created'], ARRAY[_schema_version],
    ARRAY[NULL::text], ARRAY[_data]) a;
END
$$;

-- Holds the casebook's row until the transaction ends, and fails unless the caller is an admin of
-- it. Appends hold the same lock: none is half way when a membership changes.
CREATE FUNCTION dossier.lock_as_admin(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'membership needs READ COMMITTED, not %',
      current_setting('transaction_isolation')
      USING ERRCODE = 'DS005';
  END IF;
  PERFORM FROM dossier.casebook c WHERE c.casebook_id = _casebook_id FOR NO KEY UPDATE;
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.role_name = session_user AND m.access = 'admin')
  THEN
    RAISE EXCEPTION '% is not an admin of casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook.';
  END IF;
END
$$;

-- Refuses to leave a casebook that nobody can administer.
CREATE FUNCTION dossier.require_admin(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.access = 'admin')
  THEN
    RAISE EXCEPTION 'casebook % would be left without an admin', _casebook_id
      USING ERRCODE = 'DS009', HINT = 'Make another member an admin first.';
  END IF;
END
$$;

-- Gives a login role access to a casebook, or changes what it has. Returns the group role that the
-- login still lacks on this server to make use of it, or null.
CREATE FUNCTION dossier.grant_access(_casebook_id uuid, _role_name text, _access text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _role record;
  _group CONSTANT text := CASE _access WHEN 'read' THEN 'dossier_reader' ELSE 'dossier_analyst' END;
BEGIN
  PERFORM dossier.lock_as_admin(_casebook_id);
  IF _access IS NULL OR _access NOT IN ('read', 'write', 'admin') THEN
    RAISE EXCEPTION 'access is read, write or admin, not %', coalesce(_access, 'null')
      USING ERRCODE = 'DS007';
  END IF;
  SELECT r.rolcanlogin, r.rolsuper INTO _role FROM pg_roles r WHERE r.rolname = _role_name;
  IF _role.rolcanlogin IS DISTINCT FROM true THEN
    RAISE EXCEPTION 'there is no login role "%" on this server', _role_name
      USING ERRCODE = 'DS010', DETAIL = json_build_object('role', _role_name);
  END IF;
  IF _role.rolsuper THEN
    RAISE EXCEPTION 'superuser % cannot be a member of a casebook', _role_name
      USING ERRCODE = '42501', HINT = 'Grant access to a login role that is no superuser.';
  END IF;
  INSERT INTO dossier.membership AS m (casebook_id, role_name, access, granted_by)
  VALUES (_casebook_id, _role_name, _access, session_user)
  ON CONFLICT (casebook_id, role_name) DO UPDATE
    SET access = excluded.access, granted_at = clock_timestamp(), granted_by = session_user;
  PERFORM dossier.require_admin(_casebook_id);
  RETURN CASE WHEN NOT pg_has_role(_role_name, _group, 'MEMBER') THEN _group END;
END
$$;

-- Takes a role's access to a casebook away. Returns whether it had any.
CREATE FUNCTION dossier.revoke_access(_casebook_id uuid, _role_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _had_access boolean;
BEGIN
  PERFORM dossier.lock_as_admin(_casebook_id);
  DELETE FROM dossier.membership m
  WHERE m.casebook_id = _casebook_id AND m.role_name = _role_name;
  _had_access := FOUND;
  PERFORM dossier.require_admin(_casebook_id);
  RETURN _had_access;
END
$$;

GRANT EXECUTE ON FUNCTION
  dossier.create_casebook(uuid, uuid, bytea, text, uuid, integer, text),
  dossier.grant_access(uuid, text, text),
  dossier.revoke_access(uuid, text)
  TO dossier_analyst;
