-- A view no longer stands still as a whole at an event that cannot be read or applied: the stream of
-- that event does, and every other one is carried on. So a view has as many faults as streams that
-- stand still in it, and a fault says, as a row of a view does, for which stretch of the log it is
-- true: from the event itself, or from where another was set aside before it, until an event sets it
-- aside. It belongs to the generation whose fold met it and goes with it.
--
-- Rows of the past say where whole views stood; the views themselves are built anew.
DELETE FROM dossier.projection_fault;

ALTER TABLE dossier.projection_fault
  DROP CONSTRAINT projection_fault_pkey,
  ADD COLUMN generation_id bigint NOT NULL,
  ADD COLUMN stream_kind text COLLATE "C" NOT NULL,
  ADD COLUMN stream_id text COLLATE "C" NOT NULL,
  ADD COLUMN from_position bigint NOT NULL,
  ADD COLUMN to_position bigint CHECK (to_position > from_position),
  ADD PRIMARY KEY (casebook_id, view, generation_id, "position", from_position),
  ADD FOREIGN KEY (casebook_id, view, generation_id)
    REFERENCES dossier.generation ON DELETE CASCADE;

-- MARK: Functions that write them

-- Fails unless the login may write the casebook's views and the generation is one that is not
-- dropped, with the stretch inside of what it is the fold of or will be.
CREATE FUNCTION dossier.require_fault(
  _casebook_id uuid, _view text, _generation_id bigint, _from_position bigint, _to_position bigint
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _target bigint;
BEGIN
  PERFORM dossier.require_maintainer(_casebook_id);
  SELECT g.target_position INTO _target FROM dossier.generation g
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state <> 'retired';
  IF (_from_position BETWEEN 1 AND _target
    AND (_to_position IS NULL OR _to_position BETWEEN _from_position + 1 AND _target)) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'no stream stands still in generation % of % from @% to @%',
      _generation_id, _view, _from_position, coalesce(_to_position::text, 'now')
      USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- Notes the event at which a stream stands still in a generation, for a stretch of the log.
CREATE FUNCTION dossier.add_fault(
  _casebook_id uuid, _view text, _generation_id bigint, _from_position bigint, _to_position bigint,
  _position bigint, _problem text
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_fault(
    _casebook_id, _view, _generation_id, _from_position, _to_position);
  INSERT INTO dossier.projection_fault
    (casebook_id, view, generation_id, stream_kind, stream_id, from_position, to_position,
      "position", event_id, event_type, problem)
  SELECT e.casebook_id, _view, _generation_id, e.stream_kind, e.stream_id, _from_position,
    _to_position, e."position", e.event_id, e.event_type, _problem
  FROM dossier.event e
  WHERE e.casebook_id = _casebook_id AND e."position" = _position AND _position <= _from_position;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no stream stands still from @% at @%', _from_position, _position
      USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- Ends a stretch that was noted; tells whether there was such a one.
CREATE FUNCTION dossier.end_fault(
  _casebook_id uuid, _view text, _generation_id bigint, _from_position bigint, _to_position bigint,
  _position bigint
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  PERFORM dossier.require_fault(
    _casebook_id, _view, _generation_id, _from_position, _to_position);
  UPDATE dossier.projection_fault f SET to_position = _to_position
  WHERE f.casebook_id = _casebook_id AND f.view = _view AND f.generation_id = _generation_id
    AND f."position" = _position AND f.from_position = _from_position AND f.to_position IS NULL;
  RETURN FOUND;
END
$$;

GRANT EXECUTE ON FUNCTION
  dossier.add_fault(uuid, text, bigint, bigint, bigint, bigint, text),
  dossier.end_fault(uuid, text, bigint, bigint, bigint, bigint)
  TO dossier_analyst, dossier_projector;

DROP FUNCTION dossier.note_fault(uuid, text, bigint, text);

-- Moves the position of a generation on, for the transaction that adds the rows between the two.
-- Returns false when it does not stand at _since.
CREATE OR REPLACE FUNCTION dossier.advance_generation(
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
  RETURN FOUND;
END
$$;

-- Has readers see a complete generation, instead of the one that they saw so far. One that has not
-- come as far is refused: readers never go back in the log.
CREATE OR REPLACE FUNCTION dossier.activate_generation(
  _casebook_id uuid, _view text, _generation_id bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _reached CONSTANT bigint := coalesce(dossier.hold_generation(_casebook_id, _view), 0);
BEGIN
  UPDATE dossier.generation g
  SET state = 'retired', "position" = g.target_position, slice_size = NULL
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id <> _generation_id
    AND (g.state = 'active' OR g.generation_id = (
      SELECT a.generation_id FROM dossier.active_generation a
      WHERE a.casebook_id = _casebook_id AND a.view = _view));
  UPDATE dossier.generation g SET state = 'active'
  WHERE g.casebook_id = _casebook_id AND g.view = _view AND g.generation_id = _generation_id
    AND g.state = 'complete' AND g."position" >= _reached;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % of % is not complete up to @%', _generation_id, _view, _reached
      USING ERRCODE = 'DS007';
  END IF;
  INSERT INTO dossier.active_generation (casebook_id, view, generation_id)
  VALUES (_casebook_id, _view, _generation_id)
  ON CONFLICT (casebook_id, view) DO UPDATE
  SET generation_id = excluded.generation_id, activated_at = clock_timestamp();
END
$$;
