-- The only way in, and the only way to turn a moment into a position.

-- Appends events to a casebook: all of them, or none.
--
-- Streams are named once; event_streams says for each event which of them it belongs to (from 1).
-- An expected version of null means "any"; a stream without an event is checked all the same.
-- Errors carry their material as a JSON object in DETAIL.
--
-- Why a lock and not a sequence: sequences leave gaps and become visible out of order, which is how
-- readers skip events and how an answer about the past changes after the fact.
--
-- There is no NOTIFY in here. It holds one lock for the whole server from before the commit until
-- after it, so that appends to different casebooks would queue for each other's disk writes. Whoever
-- wants to wake readers sends it afterwards, as a statement of its own; it could only be a hint.
CREATE FUNCTION dossier.append(
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
         r.command_hash, r.first_position, r.last_position, r.reply
  INTO _access, _head, _last_at, _first_hash, first_position, last_position, reply
  FROM dossier.membership m
  LEFT JOIN LATERAL (
    SELECT e.position, e.recorded_at FROM dossier.event e
    WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1) h ON true
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

-- Names the first event that append may not insert, and why. Called when there is one.
CREATE FUNCTION dossier.refuse_events(
  _slug text,
  _access text,
  _stream_kinds text[],
  _stream_ids text[],
  _event_streams integer[],
  _event_types text[],
  _schema_versions integer[],
  _voices text[]
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _event record;
BEGIN
  SELECT e.n, e.type, e.schema_version, e.voice, s.kind, s.id, t.access,
         EXISTS (SELECT FROM dossier.event_type o WHERE o.event_type = e.type) AS is_known,
         EXISTS (
           SELECT FROM dossier.event_type o
           WHERE o.event_type = e.type AND o.schema_version = e.schema_version) AS is_current
  INTO _event
  FROM unnest(_event_streams, _event_types, _schema_versions, _voices)
    WITH ORDINALITY AS e(stream, type, schema_version, voice, n)
  LEFT JOIN unnest(_stream_kinds, _stream_ids)
    WITH ORDINALITY AS s(kind, id, n) ON s.n = e.stream
  LEFT JOIN dossier.event_type t
    ON t.event_type = e.type AND t.schema_version = e.schema_version
      AND t.voice = CASE WHEN e.voice IS NULL THEN 'analyst' ELSE 'source' END
  WHERE t.event_type IS NULL OR s.n IS NULL
    OR t.access = 'admin' AND _access <> 'admin'
    OR s.kind = 'casebook' AND s.id <> _slug
    OR e.type = 'source.registered' AND s.kind <> 'source'
  ORDER BY e.n
  LIMIT 1;

  IF _event.kind IS NULL THEN
    RAISE EXCEPTION 'event % (%) names no stream of the request', _event.n, _event.type
      USING ERRCODE = 'DS007';
  ELSIF _event.access IS NULL THEN
    RAISE EXCEPTION 'event % (% version %, %) is not one that may be appended',
      _event.n, _event.type, _event.schema_version,
      coalesce('in the voice of ' || _event.voice, 'in an analyst''s voice')
      USING ERRCODE = 'DS004',
        DETAIL = json_build_object(
          'event', _event.n, 'type', _event.type, 'version', _event.schema_version,
          'voice', _event.voice,
          'fault', CASE
            WHEN NOT _event.is_known THEN 'type'
            WHEN NOT _event.is_current THEN 'version'
            ELSE 'voice' END);
  ELSIF _event.access = 'admin' AND _access <> 'admin' THEN
    RAISE EXCEPTION '% is for admins of the casebook', _event.type USING ERRCODE = '42501';
  ELSE
    RAISE EXCEPTION 'event % (%) does not belong on the stream % %',
      _event.n, _event.type, _event.kind, _event.id
      USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- The position at which a casebook stood at a moment: that of the last event recorded then or
-- before, 0 if there was none.
--
-- A moment is settled once a later event is visible. Until then an append may be in flight that has
-- taken its time but is not committed; so this waits for the casebook's lock, which every append
-- holds until its end, and looks again. A moment that is not over resolves to now, and is_future
-- says so.
CREATE FUNCTION dossier.resolve_as_of(
  _casebook_id uuid,
  _at timestamptz,
  OUT "position" bigint,
  OUT recorded_at timestamptz,
  OUT head bigint,
  OUT resolved_at timestamptz,
  OUT is_future boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _last_at timestamptz;
  _low bigint := 0;
  _middle bigint;
  _middle_at timestamptz;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'as-of needs READ COMMITTED, not %', current_setting('transaction_isolation')
      USING ERRCODE = 'DS005';
  END IF;
  IF NOT _casebook_id = ANY (dossier.readable_casebooks()) THEN
    RAISE EXCEPTION '% is not a member of casebook %', session_user, _casebook_id
      USING ERRCODE = '42501';
  END IF;
  resolved_at := _at;
  is_future := false;

  SELECT e.position, e.recorded_at INTO head, _last_at
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;
  IF _last_at IS NULL OR _last_at <= _at THEN
    -- Shared among readers; waits for appends, and they for it.
    PERFORM FROM dossier.casebook c WHERE c.casebook_id = _casebook_id FOR SHARE;
    SELECT e.position, e.recorded_at INTO head, _last_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;
    IF _at >= clock_timestamp() THEN
      is_future := true;
      -- An event may bear a time after now, if the clock ran back: it has happened all the same.
      resolved_at := least(_at, greatest(clock_timestamp(), _last_at));
    END IF;
    -- No append may get the very microsecond that was just answered for. A few turns at most,
    -- unless an imported event lies in the future: then appends stand still at its time as well.
    WHILE clock_timestamp() <= resolved_at AND resolved_at > coalesce(_last_at, '-infinity') LOOP
    END LOOP;
  END IF;
  head := coalesce(head, 0);

  -- Positions are gapless and time never falls, so that the key itself can be bisected: no index
  -- on recorded_at has to be paid for by every append.
  "position" := head;
  WHILE _low < "position" LOOP
    _middle := (_low + "position" + 1) / 2;
    SELECT e.recorded_at INTO STRICT _middle_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id AND e.position = _middle;
    IF _middle_at <= resolved_at THEN
      _low := _middle;
    ELSE
      "position" := _middle - 1;
    END IF;
  END LOOP;
  SELECT e.recorded_at INTO recorded_at
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id AND e.position = _low;
END
$$;

GRANT EXECUTE ON FUNCTION dossier.append(
  uuid, uuid, bytea, text, text[], text[], bigint[], integer[], uuid[], text[], integer[], text[],
  text[]) TO dossier_analyst;
GRANT EXECUTE ON FUNCTION dossier.resolve_as_of(uuid, timestamptz) TO dossier_reader;
