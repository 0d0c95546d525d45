-- Members are bound to the very role, not to its name: a role that is dropped and made again inherits
-- nothing.
ALTER TABLE dossier.membership ADD COLUMN role_id regrole;
UPDATE dossier.membership SET role_id = to_regrole(quote_ident(role_name));
ALTER TABLE dossier.membership ALTER COLUMN role_id SET NOT NULL;

INSERT INTO dossier.event_type (event_type, schema_version, voice, access) VALUES
  ('casebook.granted', 1, 'analyst', 'admin'),
  ('casebook.revoked', 1, 'analyst', 'admin');

CREATE OR REPLACE FUNCTION dossier.grant_access(_casebook_id uuid, _role_name text, _access text) RETURNS text
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
  INSERT INTO dossier.membership AS m (casebook_id, role_name, role_id, access, granted_by)
  VALUES (_casebook_id, _role_name, quote_ident(_role_name)::regrole, _access, session_user)
  ON CONFLICT (casebook_id, role_name) DO UPDATE
    SET access = excluded.access, granted_at = clock_timestamp(), granted_by = session_user;
  PERFORM dossier.require_admin(_casebook_id);
  RETURN CASE WHEN NOT pg_has_role(_role_name, _group, 'MEMBER') THEN _group END;
END
$$;
