-- Reads that cost the same however long the log is, and less at the first look of a session.

-- The casebook's own stream and its sources are read with every case. In a long log nearly all
-- events are about cases; this finds the others without passing over those, in the log's order.
CREATE INDEX event_ground ON dossier.event (casebook_id, "position") WHERE stream_kind <> 'case';

-- Whether the login is a superuser. A function of its own, since the view it reads is dear to plan
-- and hardly anybody gets so far as to ask.
CREATE FUNCTION dossier.is_superuser() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$ SELECT rolsuper FROM pg_roles WHERE rolname = session_user $$;

-- Whether the login may read every casebook. Superusers are members of each role by definition, and
-- of none here.
CREATE OR REPLACE FUNCTION dossier.is_auditor() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT pg_has_role(session_user, 'dossier_auditor', 'MEMBER') AND NOT dossier.is_superuser()
$$;

-- The casebooks that the login may read: those it is a member of, or all.
CREATE OR REPLACE FUNCTION dossier.readable_casebooks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT CASE
    WHEN pg_has_role(session_user, 'dossier_auditor', 'MEMBER') AND NOT dossier.is_superuser()
    THEN ARRAY(SELECT c.casebook_id FROM dossier.casebook c)
    ELSE ARRAY(SELECT m.casebook_id FROM dossier.membership m WHERE m.role_name = session_user)
  END
$$;
