-- The same append in less time: what it refuses, what it stores and what it replies are unchanged.
--
-- Most requests are one event on one stream. The stream's version is then read together with the
-- head, and the event is inserted without unpacking arrays, joining and numbering. And every row is
-- found by its key from the first append on.

CREATE OR REPLACE FUNCTION dossier.append(
  _casebook_id uuid,
  _request_id uuid,
  _command_hash bytea,
  _reply text,
  _stream_kinds text[],
  _stream_ids text[],
  _expected_versions bigint[],
  _event_streams integer[],
  _event_ids uuid[],
  _event_types text[],
  _schema_versions integer[],
  _voices text[],
  _data text[],
  OUT first_position bigint,
  OUT last_position bigint,
  OUT recorded_at timestamptz,
  OUT is_replay boolean,
  OUT reply text,
  OUT clock_behind bigint
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
-- Arrays of every length look alike to the planner's cost of a plan; planning anew for each call
-- would take longer than the append.
SET plan_cache_mode = force_generic_plan
-- Such a plan lives as long as its session. One that was made when the log was young would go on
-- reading whole tables when they are no longer short.
SET enable_seqscan = off
AS $$
DECLARE
  _author CONSTANT text := session_user;  -- never a parameter
  _count CONSTANT integer := cardinality(_event_ids);
  _slug text;
  _access text;
  _head bigint;
  _last_at timestamptz;
  _now timestamptz;
  _first_hash bytea;
  _stream integer;
  _version bigint;
  _versions bigint[];
  _wrong integer;
  _rows bigint;
BEGIN
  -- In any other isolation level the reads below would see the log as it was before the lock was
  -- granted, and take a position that is already taken.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'append needs READ COMMITTED, not %', current_setting('transaction_isolation')
      USING ERRCODE = 'DS005';
  END IF;
  -- An acknowledged append is never lost, whatever the session has set. Off would lose it with the
  -- server; local and remote_write would lose it with a fail-over to a synchronous standby.
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;

  -- The lock. Not FOR UPDATE, which would wait for every foreign key check on this row. Nothing on
  -- the row is changed: a row rewritten by each append leaves dead versions that halve the rate.
  SELECT c.slug INTO _slug
  FROM dossier.casebook c
  WHERE c.casebook_id = _casebook_id
    AND EXISTS (
      SELECT FROM dossier.membership m
      WHERE m.casebook_id = _casebook_id AND m.role_name = _author
        AND m.access IN ('write', 'admin'))
  FOR NO KEY UPDATE OF c;

  -- A statement of its own: its snapshot is taken after the lock was granted. The membership is
  -- read again, since it may have been revoked meanwhile.
  SELECT m.access, coalesce(h.position, 0), h.recorded_at,
         coalesce(s.stream_version, 0), r.command_hash, r.first_position, r.last_position, r.reply
  INTO _access, _head, _last_at, _version, _first_hash, first_position, last_position, reply
  FROM dossier.membership m
  LEFT JOIN LATERAL (
    SELECT e.position, e.recorded_at FROM dossier.event e
    WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1) h ON true
  LEFT JOIN LATERAL (
    SELECT e.stream_version FROM dossier.event e
    WHERE e.casebook_id = _casebook_id AND e.stream_kind = _stream_kinds[1]
      AND e.stream_id = _stream_ids[1]
    ORDER BY e.stream_version DESC LIMIT 1) s ON true
  LEFT JOIN dossier.append_request r
    ON r.casebook_id = _casebook_id AND r.recorded_by = _author AND r.request_id = _request_id
  WHERE m.casebook_id = _casebook_id AND m.role_name = _author;
  IF _slug IS NULL OR _access IS NULL OR _access = 'read' THEN
    RAISE EXCEPTION '% is not a writing member of casebook %', _author, _casebook_id
      USING ERRCODE = '42501',
        HINT = 'Ask an admin of the casebook for write access.';
  END IF;

  -- The same request again: the first reply, whatever has happened since.
  IF first_position IS NOT NULL THEN
    IF _first_hash IS DISTINCT FROM _command_hash THEN
      RAISE EXCEPTION 'request % is recorded at %..%, with another command',
        _request_id, first_position, last_position
        USING ERRCODE = CASE WHEN _first_hash IS NULL THEN 'DS003' ELSE 'DS002' END,
          DETAIL = json_build_object('first', first_position, 'last', last_position);
    END IF;
    SELECT e.recorded_at INTO recorded_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id AND e.position = first_position;
    is_replay := true;
    clock_behind := 0;
    RETURN;
  END IF;

  IF _count = 0 OR _count IS NULL OR _command_hash IS NULL OR _reply IS NULL
    OR cardinality(_event_streams) <> _count OR cardinality(_event_types) <> _count
    OR cardinality(_schema_versions) <> _count OR cardinality(_voices) <> _count
    OR cardinality(_data) <> _count
    OR cardinality(_stream_ids) <> cardinality(_stream_kinds)
    OR cardinality(_expected_versions) <> cardinality(_stream_kinds)
  THEN
    RAISE EXCEPTION 'an append needs a command hash, a reply, and events in arrays of one length'
      USING ERRCODE = 'DS007';
  END IF;
  -- A casebook begins with its creation, and is created once.
  IF (_head = 0) <> (_event_types[1] = 'casebook.created')
    OR 'casebook.created' = ANY (_event_types[2:])
  THEN
    RAISE EXCEPTION 'casebook.created is the first event of a casebook, and only the first'
      USING ERRCODE = 'DS007';
  END IF;

  -- Expected versions, for streams without an event too.
  IF cardinality(_stream_ids) = 1 THEN
    _versions := ARRAY[_version];
    _wrong := CASE WHEN _expected_versions[1] <> _version THEN 1 END;
  ELSE
    SELECT array_agg(v.actual ORDER BY v.n),
           min(v.n) FILTER (WHERE v.expected <> v.actual)
    INTO _versions, _wrong
    FROM (
      SELECT s.n, s.expected, coalesce(e.stream_version, 0) AS actual
      FROM unnest(_stream_kinds, _stream_ids, _expected_versions)
        WITH ORDINALITY AS s(kind, id, expected, n)
      LEFT JOIN LATERAL (
        SELECT e.stream_version FROM dossier.event e
        WHERE e.casebook_id = _casebook_id AND e.stream_kind = s.kind AND e.stream_id = s.id
        ORDER BY e.stream_version DESC LIMIT 1) e ON true) v;
  END IF;
  IF _wrong IS NOT NULL THEN
    RAISE EXCEPTION '% % is at version %, not %',
      _stream_kinds[_wrong], _stream_ids[_wrong], _versions[_wrong], _expected_versions[_wrong]
      USING ERRCODE = 'DS001',
        DETAIL = json_build_object(
          'kind', _stream_kinds[_wrong], 'id', _stream_ids[_wrong],
          'expected', _expected_versions[_wrong], 'actual', _versions[_wrong]);
  END IF;

  IF 'source.registered' = ANY (_event_types) THEN
    INSERT INTO dossier.source (casebook_id, source_id)
    SELECT _casebook_id, _stream_ids[e.stream]
    FROM unnest(_event_streams, _event_types) AS e(stream, type)
    WHERE e.type = 'source.registered' AND _stream_kinds[e.stream] = 'source'
    ON CONFLICT DO NOTHING;
  END IF;

  -- clock_timestamp, not now: that is when the transaction began, perhaps before an event that is
  -- already in the log. If the clock has run back, time stands still until it catches up.
  _now := clock_timestamp();
  clock_behind := coalesce(greatest(dossier.microseconds(_last_at) - dossier.microseconds(_now), 0), 0);
  recorded_at := greatest(_now, _last_at);

  IF _count = 1 THEN
    _stream := _event_streams[1];
    _version := _versions[_stream] + 1;
    INSERT INTO dossier.event (
      casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
      schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash)
    SELECT
      _casebook_id, _head + 1, _stream_kinds[_stream], _stream_ids[_stream], _version,
      _event_ids[1], _event_types[1], _schema_versions[1], _voices[1], _data[1]::json,
      recorded_at, _author, _request_id,
      dossier.leaf_hash(
        _casebook_id, _head + 1, _event_ids[1], _stream_kinds[_stream], _stream_ids[_stream],
        _version, _event_types[1], _schema_versions[1], _voices[1],
        dossier.microseconds(recorded_at), _author, _request_id, _data[1])
    FROM dossier.event_type t
    WHERE t.event_type = _event_types[1] AND t.schema_version = _schema_versions[1]
      AND t.voice = CASE WHEN _voices[1] IS NULL THEN 'analyst' ELSE 'source' END
      AND (t.access = 'write' OR _access = 'admin')
      AND (_stream_kinds[_stream] <> 'casebook' OR _stream_ids[_stream] = _slug)
      AND (_event_types[1] <> 'source.registered' OR _stream_kinds[_stream] = 'source');
  ELSE
    INSERT INTO dossier.event (
      casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
      schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash)
    SELECT
      _casebook_id, n.position, n.kind, n.stream_id, n.version, n.event_id, n.type,
      n.schema_version, n.voice, n.data::json, recorded_at, _author, _request_id,
      dossier.leaf_hash(
        _casebook_id, n.position, n.event_id, n.kind, n.stream_id, n.version, n.type,
        n.schema_version, n.voice, n.microseconds, _author, _request_id, n.data)
    FROM (
      -- Subscripts, not a join: arrays that are parameters of PL/pgSQL are unpacked already.
      SELECT
        _head + e.n AS position, _stream_kinds[e.stream] AS kind, _stream_ids[e.stream] AS stream_id,
        _versions[e.stream] + row_number() OVER (PARTITION BY e.stream ORDER BY e.n) AS version,
        e.event_id, e.type, e.schema_version, e.voice, e.data,
        dossier.microseconds(recorded_at) AS microseconds
      FROM unnest(_event_streams, _event_ids, _event_types, _schema_versions, _voices, _data)
        WITH ORDINALITY AS e(stream, event_id, type, schema_version, voice, data, n)
      JOIN dossier.event_type t
        ON t.event_type = e.type AND t.schema_version = e.schema_version
          AND t.voice = CASE WHEN e.voice IS NULL THEN 'analyst' ELSE 'source' END
          AND (t.access = 'write' OR _access = 'admin')
      WHERE (_stream_kinds[e.stream] <> 'casebook' OR _stream_ids[e.stream] = _slug)
        AND (e.type <> 'source.registered' OR _stream_kinds[e.stream] = 'source')
      ORDER BY e.n) n;
  END IF;
  GET DIAGNOSTICS _rows = ROW_COUNT;
  IF _rows <> _count THEN
    PERFORM dossier.refuse_events(
      _slug, _access, _stream_kinds, _stream_ids, _event_streams, _event_types, _schema_versions,
      _voices);
  END IF;

  first_position := _head + 1;
  last_position := _head + _count;
  INSERT INTO dossier.append_request (
    casebook_id, recorded_by, request_id, command_hash, first_position, last_position, reply)
  VALUES (
    _casebook_id, _author, _request_id, _command_hash, append.first_position, append.last_position,
    _reply::json);
  is_replay := false;
  reply := _reply;
END
$$;
