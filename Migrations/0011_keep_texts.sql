-- The texts of sources: what stands on their pages, so that quotes can be held against it.
--
-- A text is known by the SHA-256 of its bytes, and what is attached to which source, when and by whom
-- is an event of the log like any other. A text is kept in the parts that its page marks divide it
-- into, marks included: put together in order they are the file again, byte for byte.
CREATE TABLE dossier.source_text (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  part integer NOT NULL CHECK (part > 0),
  text text NOT NULL,
  PRIMARY KEY (casebook_id, sha256, part)
);

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier.source_text
  FOR EACH STATEMENT EXECUTE FUNCTION dossier.refuse_change();
ALTER TABLE dossier.source_text ENABLE ALWAYS TRIGGER refuse_change;

ALTER TABLE dossier.source_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_read ON dossier.source_text FOR SELECT
  USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]));
GRANT SELECT ON dossier.source_text TO dossier_reader;

INSERT INTO dossier.event_type (event_type, schema_version, voice, access) VALUES
  ('source.text-attached', 1, 'analyst', 'write');

-- Keeps a text: in the transaction that appends the event, or later, when a log was restored without
-- its texts. Returns false when it is kept already. The only way in.
CREATE FUNCTION dossier.keep_text(_casebook_id uuid, _sha256 bytea, _parts text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _length CONSTANT bigint := octet_length(array_to_string(_parts, ''));
BEGIN
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  -- The lock that appends take: of two who keep the same text the second finds the first's.
  PERFORM FROM dossier.casebook c
  WHERE c.casebook_id = _casebook_id
    AND EXISTS (
      SELECT FROM dossier.membership m
      WHERE m.casebook_id = _casebook_id AND m.role_name = session_user
        AND m.access IN ('write', 'admin'))
  FOR NO KEY UPDATE OF c;
  -- Read again: it may have been revoked meanwhile.
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.role_name = session_user
      AND m.access IN ('write', 'admin')
  ) THEN
    RAISE EXCEPTION '% is not a writing member of casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook for write access.';
  END IF;
  IF _length = 0 OR _length > 16777216 THEN
    RAISE EXCEPTION 'a text has between 1 byte and 16 MiB, not % bytes', _length
      USING ERRCODE = 'DS007';
  END IF;
  IF sha256(convert_to(array_to_string(_parts, ''), 'UTF8')) <> _sha256
    OR array_position(_parts, NULL) IS NOT NULL
  THEN
    RAISE EXCEPTION 'the text does not give the SHA-256 %', encode(_sha256, 'hex')
      USING ERRCODE = 'DS007';
  END IF;
  IF EXISTS (
    SELECT FROM dossier.source_text t WHERE t.casebook_id = _casebook_id AND t.sha256 = _sha256
  ) THEN
    RETURN false;
  END IF;
  INSERT INTO dossier.source_text (casebook_id, sha256, part, text)
  SELECT _casebook_id, _sha256, p.part, p.text
  FROM unnest(_parts) WITH ORDINALITY AS p(text, part);
  RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION dossier.keep_text(uuid, bytea, text[]) TO dossier_analyst;

-- The texts kept of a casebook, each with the SHA-256 that its parts give now. Runs with the rights
-- of whoever asks.
CREATE FUNCTION dossier.text_digests(_casebook_id uuid)
RETURNS TABLE (sha256 bytea, recomputed bytea)
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT t.sha256,
    pg_catalog.sha256(convert_to(string_agg(t.text, '' ORDER BY t.part), 'UTF8'))
  FROM dossier.source_text t
  WHERE t.casebook_id = _casebook_id
  GROUP BY t.sha256
  ORDER BY t.sha256
$$;
GRANT EXECUTE ON FUNCTION dossier.text_digests(uuid) TO dossier_reader;
