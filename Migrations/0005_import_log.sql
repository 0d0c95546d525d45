-- Restoring an exported casebook, bit for bit: the one place where times, authors and ids are taken
-- as given. Only into a casebook that this very transaction creates and marks as imported, and only
-- if every leaf, recomputed from the columns, is the one that was exported.
--
-- import_events is called in one transaction with one batch after the other, the first of which
-- begins with casebook.created; finish_import ends it. A casebook that is left unfinished has no
-- member, so that nobody can read it or append to it.

CREATE FUNCTION dossier.import_events(
  _casebook_id uuid,
  _positions bigint[],
  _stream_kinds text[],
  _stream_ids text[],
  _stream_versions bigint[],
  _event_ids uuid[],
  _event_types text[],
  _schema_versions integer[],
  _voices text[],
  _data text[],
  _recorded_at timestamptz[],
  _recorded_by text[],
  _request_ids uuid[],
  _leaf_hashes bytea[]
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _slug text;
  _head bigint;
  _last_at timestamptz;
  _fault record;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'import needs READ COMMITTED, not %', current_setting('transaction_isolation')
      USING ERRCODE = 'DS005';
  END IF;
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  IF (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user) THEN
    RAISE EXCEPTION 'superuser % cannot be a member of a casebook', session_user
      USING ERRCODE = '42501', HINT = 'Connect with a login role of your own.';
  END IF;

  IF _positions[1] = 1 THEN
    IF _event_types[1] <> 'casebook.created' OR _stream_kinds[1] <> 'casebook' THEN
      RAISE EXCEPTION 'the first event is %, not casebook.created', _event_types[1]
        USING ERRCODE = 'DS011', DETAIL = json_build_object('position', 1, 'field', 'type');
    END IF;
    _slug := _data[1]::json ->> 'slug';
    BEGIN
      INSERT INTO dossier.casebook (
        casebook_id, slug, title, created_at, created_by, imported_at, imported_by)
      VALUES (
        _casebook_id, _slug, _data[1]::json ->> 'title', _recorded_at[1], _recorded_by[1],
        now(), session_user);
    EXCEPTION WHEN unique_violation THEN
      RAISE EXCEPTION 'casebook "%" (%) exists already', _slug, _casebook_id
        USING ERRCODE = 'DS008', DETAIL = json_build_object('slug', _slug);
    END;
    _head := 0;
  ELSE
    -- now() is the time of this transaction: an older import is not to be continued.
    SELECT c.slug INTO _slug
    FROM dossier.casebook c
    WHERE c.casebook_id = _casebook_id
      AND c.imported_at = now() AND c.imported_by = session_user
      AND NOT EXISTS (SELECT FROM dossier.membership m WHERE m.casebook_id = c.casebook_id)
    FOR NO KEY UPDATE;
    SELECT e.position, e.recorded_at INTO _head, _last_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;
    IF _slug IS NULL OR _head IS NULL THEN
      RAISE EXCEPTION 'casebook % is not being imported by this transaction', _casebook_id
        USING ERRCODE = 'DS007';
    END IF;
  END IF;

  -- What a leaf cannot show: that each event follows on the one before.
  SELECT f.position, f.field INTO _fault
  FROM (
    SELECT g.n, g.position,
      CASE
        WHEN g.position IS DISTINCT FROM _head + g.n THEN 'position'
        WHEN g.recorded_at < lag(g.recorded_at, 1, coalesce(_last_at, '-infinity'))
          OVER (ORDER BY g.n) THEN 'recordedAt'
        WHEN g.kind = 'casebook' AND g.stream_id <> _slug THEN 'stream'
        WHEN g.version IS DISTINCT FROM coalesce((
          SELECT e.stream_version FROM dossier.event e
          WHERE e.casebook_id = _casebook_id AND e.stream_kind = g.kind
            AND e.stream_id = g.stream_id
          ORDER BY e.stream_version DESC LIMIT 1), 0)
          + row_number() OVER (PARTITION BY g.kind, g.stream_id ORDER BY g.n) THEN 'streamVersion'
        WHEN g.position > 1 AND g.type = 'casebook.created' THEN 'type'
        WHEN t.event_type IS NULL THEN 'type'
      END AS field
    FROM unnest(
      _positions, _stream_kinds, _stream_ids, _stream_versions, _event_types, _schema_versions,
      _voices, _recorded_at)
      WITH ORDINALITY AS g(
        position, kind, stream_id, version, type, schema_version, voice, recorded_at, n)
    LEFT JOIN dossier.event_type t
      ON t.event_type = g.type AND t.schema_version = g.schema_version
        AND t.voice = CASE WHEN g.voice IS NULL THEN 'analyst' ELSE 'source' END) f
  WHERE f.field IS NOT NULL
  ORDER BY f.n
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'event @% does not fit: %', _fault.position, _fault.field
      USING ERRCODE = 'DS011',
        DETAIL = json_build_object('position', _fault.position, 'field', _fault.field);
  END IF;

  INSERT INTO dossier.source (casebook_id, source_id)
  SELECT _casebook_id, g.stream_id
  FROM unnest(_event_types, _stream_kinds, _stream_ids) AS g(type, kind, stream_id)
  WHERE g.type = 'source.registered' AND g.kind = 'source'
  ON CONFLICT DO NOTHING;

  -- The stored leaf is the recomputed one; it is compared with the exported one afterwards, and the
  -- whole transaction falls if they differ.
  WITH inserted AS (
    INSERT INTO dossier.event (
      casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
      schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash)
    SELECT
      _casebook_id, g.position, g.kind, g.stream_id, g.version, g.event_id, g.type,
      g.schema_version, g.voice, g.data::json, g.recorded_at, g.recorded_by, g.request_id,
      dossier.leaf_hash(
        _casebook_id, g.position, g.event_id, g.kind, g.stream_id, g.version, g.type,
        g.schema_version, g.voice, dossier.microseconds(g.recorded_at), g.recorded_by,
        g.request_id, g.data)
    FROM unnest(
      _positions, _stream_kinds, _stream_ids, _stream_versions, _event_ids, _event_types,
      _schema_versions, _voices, _data, _recorded_at, _recorded_by, _request_ids)
      WITH ORDINALITY AS g(
        position, kind, stream_id, version, event_id, type, schema_version, voice, data,
        recorded_at, recorded_by, request_id, n)
    ORDER BY g.n
    RETURNING event.position, event.leaf_hash
  )
  SELECT i.position INTO _fault
  FROM inserted i
  LEFT JOIN unnest(_positions, _leaf_hashes) AS g(position, leaf_hash) USING (position)
  WHERE g.leaf_hash IS DISTINCT FROM i.leaf_hash
  ORDER BY i.position
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'event @% is not what was exported: its leaf hash differs', _fault.position
      USING ERRCODE = 'DS011',
        DETAIL = json_build_object('position', _fault.position, 'field', 'leafHash');
  END IF;
END
$$;

-- Ends an import: the importer becomes its admin, and the requests are known again. What they
-- replied is not in an export, so that repeating one is refused with its positions: it must neither
-- append twice nor be answered with something made up.
CREATE FUNCTION dossier.finish_import(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _request record;
BEGIN
  PERFORM FROM dossier.casebook c
  WHERE c.casebook_id = _casebook_id
    AND c.imported_at = now() AND c.imported_by = session_user
    AND NOT EXISTS (SELECT FROM dossier.membership m WHERE m.casebook_id = c.casebook_id);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'casebook % is not being imported by this transaction', _casebook_id
      USING ERRCODE = 'DS007';
  END IF;

  INSERT INTO dossier.append_request (
    casebook_id, recorded_by, request_id, first_position, last_position)
  SELECT _casebook_id, e.recorded_by, e.request_id, min(e.position), max(e.position)
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id
  GROUP BY e.recorded_by, e.request_id;

  -- One request is one append: its events lie together and bear one time.
  SELECT min(e.position) AS position INTO _request
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id
  GROUP BY e.recorded_by, e.request_id
  HAVING max(e.position) - min(e.position) + 1 <> count(*)
    OR min(e.recorded_at) <> max(e.recorded_at)
  ORDER BY min(e.position)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the request of event @% is torn apart', _request.position
      USING ERRCODE = 'DS011',
        DETAIL = json_build_object('position', _request.position, 'field', 'requestID');
  END IF;

  INSERT INTO dossier.membership (casebook_id, role_name, access, granted_by)
  VALUES (_casebook_id, session_user, 'admin', session_user);
END
$$;

GRANT EXECUTE ON FUNCTION
  dossier.import_events(
    uuid, bigint[], text[], text[], bigint[], uuid[], text[], integer[], text[], text[],
    timestamptz[], text[], uuid[], bytea[]),
  dossier.finish_import(uuid)
  TO dossier_admin;
