-- A request's identity is taken by whoever bore the author's name when it was used, and functions mean the
-- same whatever a session has set.

-- MARK: The door

-- The same append, which now refuses the identity of a request that another bearer of the name has made: it
-- neither repeats that one's reply nor stumbles over the key of their request.
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
#variable_conflict use_column
DECLARE
  _author CONSTANT text := session_user;  -- never a parameter
  -- The role itself: one that was dropped and made again has the name only.
  _author_id CONSTANT regrole := quote_ident(session_user)::regrole;
  -- The first event, which mostly is the only one.
  _kind CONSTANT text := _stream_kinds[1];
  _stream CONSTANT text := _stream_ids[1];
  _id CONSTANT uuid := _event_ids[1];
  _type CONSTANT text := _event_types[1];
  _schema_version CONSTANT integer := _schema_versions[1];
  _voice CONSTANT text := _voices[1];
  _payload CONSTANT text := _data[1];
  _slug text;
  _access text;
  _head bigint;
  _last_at timestamptz;
  _now timestamptz;
  _first_hash bytea;
  _first_author_id regrole;
  _version bigint;
  _versions bigint[];
  _wrong integer;
  -- What is known of its type.
  _type_access text;
  _type_streams text[];
  _fields text[];
  _shape jsonpath;
  _value jsonb;
  _written text;
  _json json;
  _leaf_hash bytea;
  -- Whether the request is one event on one stream that plainly may follow.
  _is_plain boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed'
    OR current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')
  THEN
    -- In any other isolation level the reads below would see the log as it was before the lock was
    -- granted, and take a position that is already taken.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'append needs READ COMMITTED, not %', current_setting('transaction_isolation')
        USING ERRCODE = 'DS005';
    END IF;
    -- An acknowledged append is never lost, whatever the session has set. Off would lose it with the
    -- server; local and remote_write would lose it with a fail-over to a synchronous standby.
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;

  -- Before the lock, so that nobody waits for it: whether there is one event on one stream, and nothing
  -- about them needs a closer look. What is null anywhere in here does.
  IF array_dims(_stream_kinds) = '[1:1]' AND array_dims(_stream_ids) = '[1:1]'
    AND array_dims(_expected_versions) = '[1:1]' AND array_dims(_event_streams) = '[1:1]'
    AND array_dims(_event_ids) = '[1:1]' AND array_dims(_event_types) = '[1:1]'
    AND array_dims(_schema_versions) = '[1:1]' AND array_dims(_voices) = '[1:1]'
    AND array_dims(_data) = '[1:1]'
    AND _event_streams[1] = 1 AND _id IS NOT NULL AND _request_id IS NOT NULL
    AND _reply IS NOT NULL AND octet_length(_command_hash) = 32 AND dossier.is_line(_author)
    AND dossier.is_name(_stream) AND dossier.is_plain(_payload)
  THEN
    SELECT t.access, t.stream_kinds, t.fields, t.shape
    INTO _type_access, _type_streams, _fields, _shape
    FROM dossier.event_type t
    WHERE t.event_type = _type AND t.schema_version = _schema_version
      AND t.voice = CASE WHEN _voice IS NULL THEN 'analyst' ELSE 'source' END;
    _value := _payload::jsonb;
    _written := _value::text;
    -- Creations and registrations do more than be written down.
    _is_plain := _kind = ANY (_type_streams)
      AND _type <> 'casebook.created' AND _type <> 'source.registered'
      AND dossier.is_sound(_payload, _value, _written, _fields, _shape);
  END IF;

  -- The lock. Not FOR UPDATE, which would wait for every foreign key check on this row. Nothing on
  -- the row is changed: a row rewritten by each append leaves dead versions that halve the rate.
  SELECT c.slug INTO _slug
  FROM dossier.casebook c
  WHERE c.casebook_id = _casebook_id
    AND EXISTS (
      SELECT FROM dossier.membership m
      WHERE m.casebook_id = _casebook_id AND m.role_name = _author AND m.role_id = _author_id
        AND m.access IN ('write', 'admin'))
  FOR NO KEY UPDATE OF c;

  -- Statements of their own: their snapshots are taken after the lock was granted. The membership is
  -- read again, since it may have been revoked meanwhile. Each looks one row up by its key, which
  -- takes less time than one statement that looks all of them up.
  SELECT m.access INTO _access
  FROM dossier.membership m
  WHERE m.casebook_id = _casebook_id AND m.role_name = _author AND m.role_id = _author_id;
  SELECT r.command_hash, r.first_position, r.last_position, r.reply, r.role_id
  INTO _first_hash, first_position, last_position, reply, _first_author_id
  FROM dossier.append_request r
  WHERE r.casebook_id = _casebook_id AND r.recorded_by = _author AND r.request_id = _request_id;
  IF _slug IS NULL OR _access IS NULL OR _access = 'read' OR first_position IS NOT NULL THEN
    IF _slug IS NULL OR _access IS NULL OR _access = 'read' THEN
      RAISE EXCEPTION '% is not a writing member of casebook %', _author, _casebook_id
        USING ERRCODE = '42501',
          HINT = 'Ask an admin of the casebook for write access.';
    END IF;
    -- The same request again: the first reply, whatever has happened since.
    IF _first_hash IS DISTINCT FROM _command_hash THEN
      RAISE EXCEPTION 'request % is recorded at %..%, with another command',
        _request_id, first_position, last_position
        USING ERRCODE = CASE WHEN _first_hash IS NULL THEN 'DS003' ELSE 'DS002' END,
          DETAIL = json_build_object('first', first_position, 'last', last_position);
    END IF;
    -- What another made who bore the name is not answered for.
    IF _first_author_id <> _author_id THEN
      RAISE EXCEPTION 'request % is recorded at %..%, by another who was called %',
        _request_id, first_position, last_position, _author
        USING ERRCODE = 'DS012',
          DETAIL = json_build_object(
            'first', first_position, 'last', last_position, 'role', _author);
    END IF;
    SELECT e.recorded_at INTO recorded_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id AND e.position = append.first_position;
    is_replay := true;
    clock_behind := 0;
    RETURN;
  END IF;
  SELECT e.position, e.recorded_at INTO _head, _last_at
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;

  IF _is_plain AND _head > 0 AND (_type_access = 'write' OR _access = 'admin')
    AND (_kind <> 'casebook' OR _stream = _slug)
  THEN
    IF _voice IS NOT NULL THEN
      PERFORM FROM dossier.source o WHERE o.casebook_id = _casebook_id AND o.source_id = _voice;
      _is_plain := FOUND;
    END IF;
    IF _is_plain THEN
      PERFORM FROM dossier.event e WHERE e.casebook_id = _casebook_id AND e.event_id = _id;
      _is_plain := NOT FOUND;
    END IF;
  ELSE
    _is_plain := false;
  END IF;

  -- clock_timestamp, not now: that is when the transaction began, perhaps before an event that is
  -- already in the log. If the clock has run back, time stands still until it catches up.
  IF _is_plain THEN
    SELECT e.stream_version INTO _version
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id AND e.stream_kind = _kind AND e.stream_id = _stream
    ORDER BY e.stream_version DESC LIMIT 1;
    _version := coalesce(_version, 0) + 1;
    IF _expected_versions[1] <> _version - 1 THEN
      PERFORM dossier.refuse_version(_kind, _stream, _expected_versions[1], _version - 1);
    END IF;
    _now := clock_timestamp();
    recorded_at := greatest(_now, _last_at);
    first_position := _head + 1;
    last_position := first_position;
    -- Worked out beforehand: an expression within the statement is prepared anew each time.
    _leaf_hash := dossier.leaf_hash(
      _casebook_id, first_position, _id, _kind, _stream, _version, _type, _schema_version, _voice,
      dossier.microseconds(recorded_at), _author, _request_id, _payload);
    _json := _payload::json;
    INSERT INTO dossier.event (
      casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
      schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash)
    VALUES (
      _casebook_id, append.first_position, _kind, _stream, _version, _id, _type, _schema_version,
      _voice, _json, append.recorded_at, _author, _request_id, _leaf_hash);
  ELSE
    _head := coalesce(_head, 0);
    PERFORM dossier.refuse_arrays(
      _author, _request_id, _command_hash, _reply, _head, _stream_kinds, _stream_ids,
      _expected_versions, _event_streams, _event_ids, _event_types, _schema_versions, _voices,
      _data);

    -- Expected versions, for streams without an event too.
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
    IF _wrong IS NOT NULL THEN
      PERFORM dossier.refuse_version(
        _stream_kinds[_wrong], _stream_ids[_wrong], _expected_versions[_wrong], _versions[_wrong]);
    END IF;
    PERFORM dossier.refuse_events(
      _casebook_id, _slug, _access, _head, false, _stream_kinds, _stream_ids, _event_streams,
      _event_ids, _event_types, _schema_versions, _voices, _data);

    INSERT INTO dossier.source (casebook_id, source_id)
    SELECT _casebook_id, _stream_ids[e.stream]
    FROM unnest(_event_streams, _event_types) AS e(stream, type)
    WHERE e.type = 'source.registered'
    ON CONFLICT DO NOTHING;

    _now := clock_timestamp();
    recorded_at := greatest(_now, _last_at);
    INSERT INTO dossier.event (
      casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
      schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash)
    SELECT
      _casebook_id, n.position, n.kind, n.stream_id, n.version, n.event_id, n.type,
      n.schema_version, n.voice, n.data::json, append.recorded_at, _author, _request_id,
      dossier.leaf_hash(
        _casebook_id, n.position, n.event_id, n.kind, n.stream_id, n.version, n.type,
        n.schema_version, n.voice, n.microseconds, _author, _request_id, n.data)
    FROM (
      -- Subscripts, not a join: arrays that are parameters of PL/pgSQL are unpacked already.
      SELECT
        _head + e.n AS position, _stream_kinds[e.stream] AS kind, _stream_ids[e.stream] AS stream_id,
        _versions[e.stream] + row_number() OVER (PARTITION BY e.stream ORDER BY e.n) AS version,
        e.event_id, e.type, e.schema_version, e.voice, e.data,
        dossier.microseconds(append.recorded_at) AS microseconds
      FROM unnest(_event_streams, _event_ids, _event_types, _schema_versions, _voices, _data)
        WITH ORDINALITY AS e(stream, event_id, type, schema_version, voice, data, n)
      ORDER BY e.n) n;
    first_position := _head + 1;
    last_position := _head + cardinality(_event_ids);
  END IF;

  INSERT INTO dossier.append_request (
    casebook_id, recorded_by, request_id, command_hash, first_position, last_position, reply)
  VALUES (
    _casebook_id, _author, _request_id, _command_hash, append.first_position, append.last_position,
    _reply::json);
  is_replay := false;
  reply := _reply;
  clock_behind := CASE
    WHEN _now < _last_at THEN dossier.microseconds(_last_at) - dossier.microseconds(_now) ELSE 0 END;
END
$$;

-- MARK: Settings

-- Whether a table of that name is a view's; without a backslash, which a session may have set to mean
-- something else.
CREATE OR REPLACE FUNCTION dossier.is_view(_name text) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM pg_class c
    WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r' AND c.relname = _name
      AND right(c.relname, 5) = '_view')
$$;
