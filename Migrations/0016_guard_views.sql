-- Views are written by these functions only. Whoever may write a casebook's views still writes what
-- they like into them, since only the program can fold; so what is stored can be wrong in no way that
-- a check, which folds afresh, does not find.

-- MARK: Privileges

-- Opens a table of the views' to members of the casebook, who read it. Nobody but the owner writes
-- it, which keeps everybody else from locking it, too: SELECT admits ACCESS SHARE only.
CREATE FUNCTION dossier.guard_records(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  EXECUTE format('ALTER TABLE dossier.%I ENABLE ROW LEVEL SECURITY', _table);
  PERFORM dossier.let_members_read(_table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_insert ON dossier.%I', _table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_update ON dossier.%I', _table);
  EXECUTE format('DROP POLICY IF EXISTS maintainers_delete ON dossier.%I', _table);
  EXECUTE format(
    'REVOKE ALL ON dossier.%I FROM PUBLIC, dossier_reader, dossier_projector, dossier_analyst',
    _table);
  EXECUTE format('GRANT SELECT ON dossier.%I TO dossier_reader', _table);
END
$$;

-- Whether a table of that name is a view's.
CREATE FUNCTION dossier.is_view(_name text) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM pg_class c
    WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r' AND c.relname = _name
      AND c.relname LIKE '%\_view')
$$;

-- The columns of a view that are its own, in order: not whose rows they are and for which stretch of
-- the log, nor what the table works out for itself.
CREATE FUNCTION dossier.view_columns(_view text)
RETURNS TABLE (name text, type text, is_key boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), EXISTS (
      SELECT FROM pg_index i
      WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
  FROM pg_attribute a
  WHERE a.attrelid = to_regclass('dossier.' || quote_ident(_view))
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND a.attname NOT IN ('casebook_id', 'generation_id', 'from_position', 'to_position')
  ORDER BY a.attnum
$$;

-- Opens the table of a view to members, and makes the two functions by which its rows are written one
-- by one: dossier.add_to_… takes a stretch and the view's own columns in the table's order,
-- dossier.end_in_… a stretch and the columns of the key, and tells whether there was such a row. A
-- migration that adds a view, or a column to one, calls this.
CREATE OR REPLACE FUNCTION dossier.guard_view(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _add CONSTANT text := 'add_to_' || _table;
  _end CONSTANT text := 'end_in_' || _table;
  _function regprocedure;
  _columns text;
  _values text;
  _types text;
  _key_types text;
  _key text;
BEGIN
  PERFORM dossier.guard_records(_table);
  FOR _function IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'dossier'::regnamespace AND p.proname IN (_add, _end)
  LOOP
    EXECUTE format('DROP FUNCTION %s', _function);
  END LOOP;
  -- The arguments before the columns are the casebook, the generation and the two ends.
  SELECT string_agg(quote_ident(c.name), ', ' ORDER BY c.number),
    string_agg('$' || 4 + c.number, ', ' ORDER BY c.number),
    string_agg(c.type, ', ' ORDER BY c.number),
    string_agg(c.type, ', ' ORDER BY c.number) FILTER (WHERE c.is_key),
    string_agg(
      format('v.%I = $%s', c.name, 4 + c.key_number), ' AND ' ORDER BY c.number)
      FILTER (WHERE c.is_key)
  INTO STRICT _columns, _values, _types, _key_types, _key
  FROM (
    SELECT n.*, count(*) FILTER (WHERE n.is_key) OVER (ORDER BY n.number) AS key_number
    FROM (
      SELECT c.*, row_number() OVER () AS number FROM dossier.view_columns(_table) AS c) AS n) AS c;

  EXECUTE format(
    'CREATE FUNCTION dossier.%I(uuid, bigint, bigint, bigint, %s) RETURNS void
     LANGUAGE plpgsql VOLATILE SECURITY DEFINER
     SET search_path = pg_catalog, dossier, pg_temp
     AS $add$
     BEGIN
       PERFORM dossier.require_stretch($1, %L, $2, $3, $4);
       INSERT INTO dossier.%I (casebook_id, generation_id, from_position, to_position, %s)
       VALUES ($1, $2, $3, $4, %s);
     END
     $add$', _add, _types, _table, _table, _columns, _values);
  EXECUTE format(
    'CREATE FUNCTION dossier.%I(uuid, bigint, bigint, bigint, %s) RETURNS boolean
     LANGUAGE plpgsql VOLATILE SECURITY DEFINER
     SET search_path = pg_catalog, dossier, pg_temp
     AS $end$
     BEGIN
       PERFORM dossier.require_stretch($1, %L, $2, $3, $4);
       UPDATE dossier.%I v SET to_position = $4
       WHERE v.casebook_id = $1 AND v.generation_id = $2 AND v.from_position = $3
         AND v.to_position IS NULL AND %s;
       RETURN FOUND;
     END
     $end$', _end, _key_types, _table, _table, _key);
  FOR _function IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'dossier'::regnamespace AND p.proname IN (_add, _end)
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', _function);
    EXECUTE format(
      'GRANT EXECUTE ON FUNCTION %s TO dossier_analyst, dossier_projector', _function);
  END LOOP;
END
$$;

-- Fails unless the login may write the casebook's views: what dossier.projectable_casebooks() gives,
-- asked so that the plan is kept from one row to the next.
CREATE OR REPLACE FUNCTION dossier.require_maintainer(_casebook_id uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.role_name = session_user
      AND m.role_id = quote_ident(session_user)::regrole
      AND (m.access IN ('write', 'admin')
        OR pg_has_role(session_user, 'dossier_projector', 'MEMBER')))
  THEN
    RAISE EXCEPTION '% has no write access to casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook.';
  END IF;
END
$$;

-- MARK: Form

-- A generation goes from building to complete to active to retired; it may be retired from any. What
-- its rows are the fold of is its position; while it is built, its slices are those of the target.
ALTER TABLE dossier.generation
  DROP CONSTRAINT generation_state_check,
  -- Who built it is said by its job.
  DROP COLUMN created_by,
  -- How many events a slice has at least.
  ADD COLUMN slice_size bigint;
UPDATE dossier.generation g SET
  state = CASE WHEN a.generation_id IS NULL THEN 'retired' ELSE 'active' END,
  "position" = CASE g.state WHEN 'building' THEN g.target_position ELSE g."position" END,
  target_position = CASE g.state WHEN 'building' THEN g.target_position ELSE g."position" END
FROM dossier.generation o
LEFT JOIN dossier.active_generation a USING (casebook_id, view, generation_id)
WHERE (o.casebook_id, o.view, o.generation_id) = (g.casebook_id, g.view, g.generation_id);
DELETE FROM dossier.generation_slice;
ALTER TABLE dossier.generation
  ADD CONSTRAINT generation_state_is_known
    CHECK (state IN ('building', 'complete', 'active', 'retired')),
  ADD CONSTRAINT generation_position_is_its_target
    CHECK ("position" = CASE state WHEN 'building' THEN 0 ELSE target_position END),
  ADD CONSTRAINT generation_slices_while_it_is_built
    CHECK ((state = 'building') = (slice_size IS NOT NULL));
CREATE UNIQUE INDEX generation_active_once
  ON dossier.generation (casebook_id, view) WHERE state = 'active';

-- What nobody can work out from the log, the history of rebuilds and the names of positions, carries
-- a digest, so that a change by hand shows. A migration that adds a column to such a table seals its
-- rows anew.
CREATE FUNCTION dossier.seal(_row anyelement) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
  SELECT sha256(convert_to((to_jsonb(_row) - 'seal')::text, 'UTF8'))
$$;
GRANT EXECUTE ON FUNCTION dossier.seal(anyelement), dossier.is_view(text) TO dossier_reader;

ALTER TABLE dossier.projection_job ADD COLUMN seal bytea NOT NULL DEFAULT '';
UPDATE dossier.projection_job j SET seal = dossier.seal(j);

-- The number by which a snapshot's views know it: whoever reads their definitions learns nothing else.
ALTER TABLE dossier.snapshot
  ADD COLUMN snapshot_key bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN seal bytea NOT NULL DEFAULT '';
UPDATE dossier.snapshot s SET seal = dossier.seal(s);

-- Who is at work on a view, and which advisory lock of theirs shows that they still are. Nobody knows
-- the number of that lock beforehand, and one that another session holds is nothing.
DELETE FROM dossier.projection_runner;
ALTER TABLE dossier.projection_runner
  DROP CONSTRAINT projection_runner_pkey,
  DROP COLUMN runner,
  ADD COLUMN purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('follow', 'rebuild')),
  ADD COLUMN lock_key bigint NOT NULL,
  ADD PRIMARY KEY (casebook_id, view, purpose);

SELECT dossier.guard_records(t.name)
FROM unnest(ARRAY[
  'generation', 'active_generation', 'generation_slice', 'projection_fault', 'projection_job',
  'projection_runner', 'snapshot']) AS t(name);
SELECT dossier.guard_view(c.relname)
FROM pg_class c
WHERE c.relnamespace = 'dossier'::regnamespace AND dossier.is_view(c.relname);

-- MARK: Whoever is at work

-- Those who are at work on a view now. Runs with the rights of whoever asks.
CREATE FUNCTION dossier.view_runners(_casebook_id uuid, _view text)
RETURNS TABLE (
  purpose text, runner name, process integer, started_at timestamptz, heartbeat_at timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT r.purpose, a.usename, r.process, r.started_at, r.heartbeat_at
  FROM dossier.projection_runner r
  JOIN pg_locks l ON l.pid = r.process AND l.locktype = 'advisory' AND l.granted
    -- A key of eight bytes is shown as two of four.
    AND l.objsubid = 1 AND l.mode = 'ExclusiveLock'
    AND l.classid::bigint = (r.lock_key >> 32) & 4294967295
    AND l.objid::bigint = r.lock_key & 4294967295
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  JOIN pg_stat_activity a ON a.pid = r.process
  WHERE r.casebook_id = _casebook_id AND r.view = _view
$$;
GRANT EXECUTE ON FUNCTION dossier.view_runners(uuid, text) TO dossier_reader;

-- Says that the session is at work on a view, for one of the two purposes and for as long as it
-- lasts; returns false when another one is.
CREATE FUNCTION dossier.hold_view(_casebook_id uuid, _view text, _purpose text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _key bigint;
  _holder record;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  SELECT r.* INTO _holder FROM dossier.view_runners(_casebook_id, _view) r
  WHERE r.purpose = _purpose;
  IF FOUND THEN
    IF _holder.process = pg_backend_pid() AND _holder.heartbeat_at < clock_timestamp() - interval '5 s'
    THEN
      UPDATE dossier.projection_runner r SET heartbeat_at = clock_timestamp()
      WHERE r.casebook_id = _casebook_id AND r.view = _view AND r.purpose = _purpose;
    END IF;
    RETURN _holder.process = pg_backend_pid();
  END IF;
  LOOP
    _key := ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint;
    EXIT WHEN pg_try_advisory_lock(_key);
  END LOOP;
  INSERT INTO dossier.projection_runner AS r (casebook_id, view, purpose, lock_key)
  VALUES (_casebook_id, _view, _purpose, _key)
  ON CONFLICT (casebook_id, view, purpose) DO UPDATE
  SET lock_key = excluded.lock_key, process = excluded.process, started_at = excluded.started_at,
    heartbeat_at = excluded.heartbeat_at
  -- Somebody may have come in between.
  WHERE NOT EXISTS (
    SELECT FROM dossier.view_runners(_casebook_id, _view) o WHERE o.purpose = _purpose);
  IF NOT FOUND THEN
    PERFORM pg_advisory_unlock(_key);
    RETURN false;
  END IF;
  RETURN true;
END
$$;

-- MARK: Generations

-- Fails unless there is such a view.
CREATE FUNCTION dossier.require_view(_view text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  IF dossier.is_view(_view) IS NOT TRUE THEN
    RAISE EXCEPTION 'there is no view "%"', _view USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- Fails unless the login may write the casebook's views and the generation is one that readers may
-- be shown, with the stretch inside of what it is the fold of.
CREATE FUNCTION dossier.require_stretch(
  _casebook_id uuid, _view text, _generation_id bigint, _from_position bigint, _to_position bigint
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _position bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  SELECT g."position" INTO _position FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state IN ('complete', 'active');
  IF (_from_position BETWEEN 1 AND _position
    AND (_to_position IS NULL OR _to_position BETWEEN _from_position + 1 AND _position)) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'no generation % of % holds rows from @% to @%',
      _generation_id, _view, _from_position, coalesce(_to_position::text, 'now')
      USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- The streams of some kinds in the prefix that ends at a position, cut into pieces of so many events
-- at least. Runs with the rights of whoever asks.
CREATE FUNCTION dossier.cut_streams(
  _casebook_id uuid, _kinds text[], _until bigint, _size bigint
) RETURNS TABLE (
  slice integer, first_kind text, first_id text, last_kind text, last_id text, events bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT c.slice,
    (array_agg(c.stream_kind ORDER BY c.stream_kind, c.stream_id))[1],
    (array_agg(c.stream_id ORDER BY c.stream_kind, c.stream_id))[1],
    (array_agg(c.stream_kind ORDER BY c.stream_kind DESC, c.stream_id DESC))[1],
    (array_agg(c.stream_id ORDER BY c.stream_kind DESC, c.stream_id DESC))[1], sum(c.n)::bigint
  FROM (
    SELECT s.stream_kind, s.stream_id, s.n,
      div(sum(s.n) OVER (ORDER BY s.stream_kind, s.stream_id) - s.n, _size)::integer AS slice
    FROM (
      SELECT e.stream_kind, e.stream_id, count(*) AS n FROM dossier.event e
      WHERE e.casebook_id = _casebook_id AND e."position" <= _until
        AND e.stream_kind = ANY (_kinds)
      GROUP BY e.stream_kind, e.stream_id) s) c
  GROUP BY c.slice
$$;
GRANT EXECUTE ON FUNCTION dossier.cut_streams(uuid, text[], bigint, bigint) TO dossier_reader;

-- The last position of a casebook's log, for functions that have asked for membership.
CREATE FUNCTION dossier.last_position(_casebook_id uuid) RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  RETURN coalesce((
    SELECT max(e."position") FROM dossier.event e WHERE e.casebook_id = _casebook_id), 0);
END
$$;

-- Begins a generation whose slices are the prefix up to a position; returns its number.
CREATE FUNCTION dossier.begin_generation(
  _casebook_id uuid, _view text, _view_version integer, _kinds text[], _target bigint,
  _slice_size bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _generation_id bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  IF (_slice_size > 0 AND _target BETWEEN 0 AND dossier.last_position(_casebook_id)) IS NOT TRUE THEN
    RAISE EXCEPTION 'the log cannot be cut at @% into slices of %', _target, _slice_size
      USING ERRCODE = 'DS007';
  END IF;
  INSERT INTO dossier.generation
    (casebook_id, view, view_version, state, target_position, slice_size)
  VALUES (_casebook_id, _view, _view_version, 'building', _target, _slice_size)
  RETURNING generation_id INTO _generation_id;
  INSERT INTO dossier.generation_slice
    (casebook_id, view, generation_id, slice, first_kind, first_id, last_kind, last_id, events)
  SELECT _casebook_id, _view, _generation_id, c.*
  FROM dossier.cut_streams(_casebook_id, _kinds, _target, _slice_size) AS c;
  RETURN _generation_id;
END
$$;

-- Declares a generation to be the fold of its target; returns false unless it is being built and
-- every slice is done.
CREATE FUNCTION dossier.complete_generation(
  _casebook_id uuid, _view text, _generation_id bigint
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  -- Slices that are being added now are waited for.
  PERFORM FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state = 'building'
  FOR UPDATE;
  IF NOT FOUND OR EXISTS (
    SELECT FROM dossier.generation_slice s
    WHERE s.casebook_id = _casebook_id AND s.view = _view AND s.generation_id = _generation_id
      AND NOT s.is_done)
  THEN
    RETURN false;
  END IF;
  UPDATE dossier.generation g
  SET state = 'complete', "position" = g.target_position, slice_size = NULL
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id;
  DELETE FROM dossier.generation_slice s
  WHERE s.casebook_id = _casebook_id AND s.view = _view AND s.generation_id = _generation_id;
  RETURN true;
END
$$;

-- Moves the position of a generation on, for the transaction that adds the rows between the two, and
-- forgets a fault that lies behind it then. Returns false when it does not stand at _since.
CREATE FUNCTION dossier.advance_generation(
  _casebook_id uuid, _view text, _generation_id bigint, _since bigint, _position bigint
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  -- What a crash of the server loses, rows and position together, is folded again.
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE dossier.generation g SET "position" = _position, target_position = _position
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state IN ('complete', 'active') AND g."position" = _since
    AND _position > _since AND _position <= dossier.last_position(_casebook_id);
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM dossier.projection_fault f
  WHERE f.casebook_id = _casebook_id AND f.view = _view AND f."position" <= _position;
  RETURN true;
END
$$;

-- Holds the generation that readers see where it stands until the end of the transaction; returns its
-- position, or null when there is none. One that is said to stand beyond the log stands at its end.
CREATE FUNCTION dossier.hold_generation(_casebook_id uuid, _view text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _position bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  SELECT least(g."position", dossier.last_position(_casebook_id)) INTO _position
  FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.state = 'active'
  FOR UPDATE;
  RETURN _position;
END
$$;

-- Has readers see a complete generation, instead of the one that they saw so far, and forgets a fault
-- that lies behind it. One that has not come as far is refused: readers never go back in the log.
CREATE FUNCTION dossier.activate_generation(
  _casebook_id uuid, _view text, _generation_id bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _reached CONSTANT bigint := coalesce(dossier.hold_generation(_casebook_id, _view), 0);
  _position bigint;
BEGIN
  UPDATE dossier.generation g
  SET state = 'retired', "position" = g.target_position, slice_size = NULL
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id <> _generation_id
    AND (g.state = 'active' OR g.generation_id = (
      SELECT a.generation_id FROM dossier.active_generation a
      WHERE a.casebook_id = _casebook_id AND a.view = _view));
  UPDATE dossier.generation g SET state = 'active'
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state = 'complete' AND g."position" >= _reached
  RETURNING g."position" INTO _position;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % of % is not complete up to @%', _generation_id, _view, _reached
      USING ERRCODE = 'DS007';
  END IF;
  INSERT INTO dossier.active_generation (casebook_id, view, generation_id)
  VALUES (_casebook_id, _view, _generation_id)
  ON CONFLICT (casebook_id, view) DO UPDATE
  SET generation_id = excluded.generation_id, activated_at = clock_timestamp();
  DELETE FROM dossier.projection_fault f
  WHERE f.casebook_id = _casebook_id AND f.view = _view AND f."position" <= _position;
END
$$;

-- Has nobody see, carry on or go on building a generation any more, so that its rows may be dropped.
CREATE FUNCTION dossier.retire_generation(
  _casebook_id uuid, _view text, _generation_id bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  DELETE FROM dossier.active_generation a
  WHERE a.casebook_id = _casebook_id AND a.view = _view AND a.generation_id = _generation_id;
  UPDATE dossier.generation g
  SET state = 'retired', "position" = g.target_position, slice_size = NULL
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state <> 'retired';
  DELETE FROM dossier.generation_slice s
  WHERE s.casebook_id = _casebook_id AND s.view = _view AND s.generation_id = _generation_id;
END
$$;

-- Drops some of the rows of a generation that is retired or not there at all, of streams from the
-- first to before the end where these are given; returns how many.
CREATE FUNCTION dossier.drop_rows(
  _casebook_id uuid, _view text, _generation_id bigint, _first_kind text, _first_id text,
  _end_kind text, _end_id text, _limit bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _home text;
  _first text;
  _end text;
  _dropped bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  IF EXISTS (
    SELECT FROM dossier.generation g
    WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
      AND g.state <> 'retired')
  THEN
    RAISE EXCEPTION 'generation % of % is not retired', _generation_id, _view
      USING ERRCODE = 'DS007';
  END IF;
  -- One column names the stream, or two.
  SELECT CASE c.name WHEN 'stream_kind' THEN '(stream_kind, stream_id)' ELSE quote_ident(c.name) END,
    CASE c.name WHEN 'stream_kind' THEN '($3, $4)' ELSE '$4' END,
    CASE c.name WHEN 'stream_kind' THEN '($5, $6)' ELSE '$6' END
  INTO STRICT _home, _first, _end FROM dossier.view_columns(_view) c LIMIT 1;
  EXECUTE format(
    'DELETE FROM dossier.%1$I WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM dossier.%1$I
       WHERE casebook_id = $1 AND generation_id = $2 %2$s %3$s LIMIT $7))',
    _view,
    CASE WHEN _first_id IS NOT NULL THEN format('AND %s >= %s', _home, _first) END,
    CASE WHEN _end_id IS NOT NULL THEN format('AND %s < %s', _home, _end) END)
  USING _casebook_id, _generation_id, _first_kind, _first_id, _end_kind, _end_id, _limit;
  GET DIAGNOSTICS _dropped = ROW_COUNT;
  RETURN _dropped;
END
$$;

-- Drops a retired generation whose rows are gone.
CREATE FUNCTION dossier.forget_generation(
  _casebook_id uuid, _view text, _generation_id bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _has_rows boolean;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM dossier.%I WHERE casebook_id = $1 AND generation_id = $2)', _view)
  INTO _has_rows USING _casebook_id, _generation_id;
  DELETE FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state = 'retired' AND NOT _has_rows;
END
$$;

-- MARK: Rows in bulk

-- Makes the session's table for rows of a view that are copied in, empty at the beginning of every
-- transaction. It is the owner's, so that nobody can give it triggers, rules or policies; and nobody
-- but the session can reach it, so that everybody may add to it.
CREATE FUNCTION dossier.stage_rows(_view text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _staged CONSTANT text := quote_ident('staged_' || _view);
BEGIN
  PERFORM dossier.require_view(_view);
  IF to_regclass('pg_temp.' || _staged) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format(
    'CREATE TEMPORARY TABLE %s ON COMMIT DELETE ROWS AS
     SELECT from_position, to_position, %s FROM dossier.%I WITH NO DATA',
    _staged, (SELECT string_agg(quote_ident(c.name), ', ') FROM dossier.view_columns(_view) c),
    _view);
  EXECUTE format('GRANT INSERT ON pg_temp.%s TO PUBLIC', _staged);
END
$$;

-- The session's table for rows of a view, whose stretches lie within the prefix that ends at a
-- position. For functions that have asked whether the login may write there.
CREATE FUNCTION dossier.staged_rows(_view text, _until bigint) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _staged CONSTANT text := 'pg_temp.' || quote_ident('staged_' || _view);
  _is_wrong boolean;
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_class c
    WHERE c.oid = to_regclass(_staged) AND c.relkind = 'r' AND c.relowner = 'dossier_owner'::regrole)
  THEN
    RAISE EXCEPTION 'rows of % are not staged', _view USING ERRCODE = 'DS007';
  END IF;
  EXECUTE format(
    'SELECT EXISTS (
       SELECT FROM %s s
       WHERE (s.from_position BETWEEN 1 AND $1
         AND (s.to_position IS NULL OR s.to_position BETWEEN s.from_position + 1 AND $1)) IS NOT TRUE)',
    _staged)
  INTO _is_wrong USING _until;
  IF _is_wrong THEN
    RAISE EXCEPTION 'rows of % lie outside of @1 to @%', _view, _until USING ERRCODE = 'DS007';
  END IF;
  RETURN _staged;
END
$$;

-- Adds the staged rows, which are a slice of a generation that is being built, and marks it done.
CREATE FUNCTION dossier.add_slice(
  _casebook_id uuid, _view text, _generation_id bigint, _slice integer
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _target bigint;
  _columns text;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  SELECT g.target_position INTO _target FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state = 'building'
  FOR KEY SHARE;
  UPDATE dossier.generation_slice s SET is_done = true
  WHERE s.casebook_id = _casebook_id AND s.view = _view AND s.generation_id = _generation_id
    AND s.slice = _slice AND NOT s.is_done;
  IF _target IS NULL OR NOT FOUND THEN
    RAISE EXCEPTION 'slice % of generation % of % is not to be added', _slice, _generation_id, _view
      USING ERRCODE = 'DS007';
  END IF;
  SELECT string_agg(quote_ident(c.name), ', ') INTO _columns FROM dossier.view_columns(_view) c;
  EXECUTE format(
    'INSERT INTO dossier.%1$I (casebook_id, generation_id, from_position, to_position, %2$s)
     SELECT $1, $2, from_position, to_position, %2$s FROM %3$s',
    _view, _columns, dossier.staged_rows(_view, _target))
  USING _casebook_id, _generation_id;
END
$$;

-- Ends the stored rows that the staged ones say end, and adds the others: those that began after
-- _since. Returns false when a row that ends is not stored.
CREATE FUNCTION dossier.add_rows(
  _casebook_id uuid, _view text, _generation_id bigint, _since bigint
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _position bigint;
  _staged text;
  _columns text;
  _key text;
  _ending bigint;
  _ended bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  SELECT g."position" INTO _position FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state IN ('complete', 'active');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % of % takes no rows', _generation_id, _view
      USING ERRCODE = 'DS007';
  END IF;
  _staged := dossier.staged_rows(_view, _position);
  SELECT string_agg(quote_ident(c.name), ', '),
    string_agg(format('t.%1$I = s.%1$I', c.name), ' AND ') FILTER (WHERE c.is_key)
  INTO _columns, _key FROM dossier.view_columns(_view) c;
  EXECUTE format('SELECT count(*) FROM %s s WHERE s.from_position <= $1', _staged)
  INTO _ending USING _since;
  EXECUTE format(
    'UPDATE dossier.%I t SET to_position = s.to_position FROM %s s
     WHERE t.casebook_id = $1 AND t.generation_id = $2 AND s.from_position <= $3
       AND t.from_position = s.from_position AND t.to_position IS NULL AND %s',
    _view, _staged, _key)
  USING _casebook_id, _generation_id, _since;
  GET DIAGNOSTICS _ended = ROW_COUNT;
  EXECUTE format(
    'INSERT INTO dossier.%1$I (casebook_id, generation_id, from_position, to_position, %2$s)
     SELECT $1, $2, from_position, to_position, %2$s FROM %3$s WHERE from_position > $3',
    _view, _columns, _staged)
  USING _casebook_id, _generation_id, _since;
  RETURN _ended = _ending;
END
$$;

-- MARK: What is told of them

-- Notes the event at which a view stands still.
CREATE FUNCTION dossier.note_fault(
  _casebook_id uuid, _view text, _position bigint, _problem text
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  PERFORM dossier.require_view(_view);
  INSERT INTO dossier.projection_fault AS f
    (casebook_id, view, "position", event_id, event_type, problem)
  SELECT e.casebook_id, _view, e."position", e.event_id, e.event_type, _problem
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id AND e."position" = _position
  ON CONFLICT (casebook_id, view) DO UPDATE
  SET "position" = excluded."position", event_id = excluded.event_id,
    event_type = excluded.event_type, problem = excluded.problem
  WHERE (f.event_id, f.problem) <> (excluded.event_id, excluded.problem);
END
$$;

-- Begins the record of a rebuild into a generation; returns its number. Whoever does it holds the
-- view, so that those which say they are running were killed.
CREATE FUNCTION dossier.begin_job(
  _casebook_id uuid, _view text, _generation_id bigint, _workers integer
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _changed bigint[];
  _job_id bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  IF NOT EXISTS (
    SELECT FROM dossier.view_runners(_casebook_id, _view) r
    WHERE r.purpose = 'rebuild' AND r.runner = session_user)
  THEN
    RAISE EXCEPTION '% does not hold %', session_user, _view USING ERRCODE = 'DS007';
  END IF;
  WITH ended AS (
    UPDATE dossier.projection_job j SET outcome = 'interrupted', finished_at = clock_timestamp()
    WHERE j.casebook_id = _casebook_id AND j.view = _view AND j.outcome = 'running'
      AND j.seal = dossier.seal(j)
    RETURNING j.job_id)
  SELECT array_agg(e.job_id) INTO _changed FROM ended e;
  INSERT INTO dossier.projection_job
    (casebook_id, view, generation_id, workers, from_position, to_position)
  SELECT g.casebook_id, g.view, g.generation_id, _workers,
    coalesce((
      SELECT a."position" FROM dossier.generation a
      WHERE a.casebook_id = _casebook_id AND a.view = _view AND a.state = 'active'), 0),
    g.target_position
  FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
  RETURNING job_id INTO _job_id;
  UPDATE dossier.projection_job j SET seal = dossier.seal(j)
  WHERE j.casebook_id = _casebook_id AND j.job_id = ANY (_changed || _job_id);
  RETURN _job_id;
END
$$;

-- Ends the record of a rebuild that the login has begun.
CREATE FUNCTION dossier.end_job(
  _casebook_id uuid, _job_id bigint, _outcome text, _generation_id bigint, _events bigint,
  _detail text
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  UPDATE dossier.projection_job j
  SET outcome = _outcome, finished_at = clock_timestamp(), events = _events,
    generation_id = _generation_id, detail = nullif(_detail, ''),
    to_position = coalesce((
      SELECT g.target_position FROM dossier.generation g
      WHERE g.casebook_id = _casebook_id AND g.view = j.view
        AND g.generation_id = _generation_id), j.to_position)
  WHERE j.casebook_id = _casebook_id AND j.job_id = _job_id AND j.started_by = session_user
    AND j.outcome = 'running' AND j.seal = dossier.seal(j);
  IF FOUND THEN
    UPDATE dossier.projection_job j SET seal = dossier.seal(j)
    WHERE j.casebook_id = _casebook_id AND j.job_id = _job_id;
  END IF;
END
$$;

GRANT EXECUTE ON FUNCTION
  dossier.hold_view(uuid, text, text),
  dossier.begin_generation(uuid, text, integer, text[], bigint, bigint),
  dossier.complete_generation(uuid, text, bigint),
  dossier.advance_generation(uuid, text, bigint, bigint, bigint),
  dossier.hold_generation(uuid, text), dossier.activate_generation(uuid, text, bigint),
  dossier.retire_generation(uuid, text, bigint),
  dossier.drop_rows(uuid, text, bigint, text, text, text, text, bigint),
  dossier.forget_generation(uuid, text, bigint), dossier.stage_rows(text),
  dossier.add_slice(uuid, text, bigint, integer), dossier.add_rows(uuid, text, bigint, bigint),
  dossier.note_fault(uuid, text, bigint, text), dossier.begin_job(uuid, text, bigint, integer),
  dossier.end_job(uuid, bigint, text, bigint, bigint, text)
  TO dossier_analyst, dossier_projector;

-- MARK: Snapshots

-- Makes the views of a snapshot's schema, or makes them anew. Their definitions, which everybody can
-- read who may log in to the database, name no casebook and no position: only the key of a row that
-- members see. The schema's name is seen by everybody too.
CREATE FUNCTION dossier.define_snapshot(_name text, _key bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _view record;
BEGIN
  FOR _view IN
    SELECT c.relname AS name,
      string_agg('v.' || quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'dossier'::regnamespace AND dossier.is_view(c.relname)
      -- What is kept only to be searched tells nobody anything.
      AND c.relname <> 'search_view'
      AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('casebook_id', 'generation_id', 'to_position')
    GROUP BY c.relname
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true, security_barrier = true) AS
       SELECT %s FROM dossier.snapshot s
       JOIN dossier.active_generation g ON g.casebook_id = s.casebook_id AND g.view = %L
       JOIN dossier.%I v
         ON v.casebook_id = s.casebook_id AND v.generation_id = g.generation_id
       WHERE s.snapshot_key = %s AND v.from_position <= s."position"
         AND (v.to_position IS NULL OR v.to_position > s."position")',
      _name, _view.name, _view.columns, _view.name, _view.name, _key);
    EXECUTE format('GRANT SELECT ON %I.%I TO dossier_reader', _name, _view.name);
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION dossier.save_snapshot(_casebook_id uuid, _position bigint, _name text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _key bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  IF _name !~ '^[a-z][a-z0-9_]{0,62}$' THEN
    RAISE EXCEPTION '"%" is no name for a snapshot', _name USING ERRCODE = 'DS007';
  END IF;
  IF _position > dossier.last_position(_casebook_id) THEN
    RAISE EXCEPTION 'the log ends at @%, before @%', dossier.last_position(_casebook_id), _position
      USING ERRCODE = 'DS007';
  END IF;
  IF NOT has_database_privilege('dossier_owner', current_database(), 'CREATE') THEN
    RAISE EXCEPTION 'dossier_owner may not create schemas in this database until "dossier migrate" has run here'
      USING ERRCODE = '42501';
  END IF;
  EXECUTE format('CREATE SCHEMA %I', _name);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO dossier_reader', _name);
  INSERT INTO dossier.snapshot (casebook_id, name, "position")
  VALUES (_casebook_id, _name, _position)
  RETURNING snapshot_key INTO _key;
  UPDATE dossier.snapshot s SET seal = dossier.seal(s) WHERE s.snapshot_key = _key;
  PERFORM dossier.define_snapshot(_name, _key);
END
$$;

SELECT dossier.define_snapshot(s.name, s.snapshot_key) FROM dossier.snapshot s;
