-- Nobody who may only read holds up those who write: a moment is resolved without keeping a lock.

-- The position at which a casebook stood at a moment: that of the last event recorded then or
-- before, 0 if there was none.
--
-- A moment is settled once a later event is visible. Until then an append may be in flight that has
-- taken its time but is not committed; so this waits for the casebook's lock, which every append
-- holds until its end, and looks again. A moment that is not over resolves to now, and is_future
-- says so.
--
-- The lock is given back at once, and not when the reader's transaction ends, which may be hours
-- later: it is taken in a subtransaction that is rolled back. While it is held nothing is read that
-- could take long. It is the appends' own lock, so that readers and writers wait in one queue; a
-- lock that readers share would let them pass by a writer who waits.
--
-- A standby gives out no locks, and has what it was sent: what was recorded by a moment that is not
-- settled there may still be under way. Then on_standby is true, and replayed_at says when the last
-- transaction was committed that it has; null when there was none since it started.
DROP FUNCTION dossier.resolve_as_of(uuid, timestamptz);
CREATE FUNCTION dossier.resolve_as_of(
  _casebook_id uuid,
  _at timestamptz,
  OUT "position" bigint,
  OUT recorded_at timestamptz,
  OUT head bigint,
  OUT resolved_at timestamptz,
  OUT is_future boolean,
  OUT on_standby boolean,
  OUT replayed_at timestamptz
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _last_at timestamptz;
  _now timestamptz;
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
  on_standby := false;

  SELECT e.position, e.recorded_at INTO head, _last_at
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;
  IF _last_at IS NULL OR _last_at <= _at THEN
    BEGIN
      IF pg_is_in_recovery() THEN
        on_standby := true;
        replayed_at := pg_last_xact_replay_timestamp();
      ELSE
        PERFORM FROM dossier.casebook c WHERE c.casebook_id = _casebook_id FOR NO KEY UPDATE;
      END IF;
      _now := clock_timestamp();
      is_future := _at >= _now;
      -- An event may bear a time after now, if the clock ran back: it has happened all the same, and
      -- appends stand still at its time.
      resolved_at := least(_at, greatest(_now, _last_at));
      -- No append may get the very microsecond that is answered for: a few turns.
      WHILE clock_timestamp() <= resolved_at AND resolved_at > coalesce(_last_at, '-infinity') LOOP
      END LOOP;
      RAISE EXCEPTION USING ERRCODE = 'DS000', MESSAGE = 'the lock is given back';
    EXCEPTION WHEN SQLSTATE 'DS000' THEN
      NULL;
    END;
    -- What was in flight is there. What has come since is later than the moment.
    SELECT e.position, e.recorded_at INTO head, _last_at
    FROM dossier.event e
    WHERE e.casebook_id = _casebook_id ORDER BY e.position DESC LIMIT 1;
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

GRANT EXECUTE ON FUNCTION dossier.resolve_as_of(uuid, timestamptz) TO dossier_reader;
