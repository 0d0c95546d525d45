-- Views: rows folded from the log for questions across cases, and what it takes to keep them.
--
-- A row says for which stretch of the log it is true: from_position inclusive, to_position exclusive,
-- null while it is current. A generation is one complete set of a view's rows for one casebook. What
-- the columns mean is said by the view's folder in Sources/Views; here they are only kept.

-- The casebooks whose views the login may write: a writing member may, and so may the service that
-- keeps views up to date (dossier_projector), for which reading is access enough.
CREATE FUNCTION dossier.projectable_casebooks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  SELECT ARRAY(
    SELECT m.casebook_id FROM dossier.membership m
    WHERE m.role_name = session_user
      AND (m.access IN ('write', 'admin')
        OR pg_has_role(session_user, 'dossier_projector', 'MEMBER')))
$$;
GRANT EXECUTE ON FUNCTION dossier.projectable_casebooks() TO dossier_reader;

-- Opens a table of the views' to members: they read it, and those above write it. A migration that
-- adds a view calls this.
CREATE FUNCTION dossier.guard_view(_table text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  EXECUTE format('ALTER TABLE dossier.%I ENABLE ROW LEVEL SECURITY', _table);
  EXECUTE format(
    'CREATE POLICY members_read ON dossier.%I FOR SELECT
     USING (casebook_id = ANY ((SELECT dossier.readable_casebooks())::uuid[]))', _table);
  EXECUTE format(
    'CREATE POLICY maintainers_insert ON dossier.%I FOR INSERT
     WITH CHECK (casebook_id = ANY ((SELECT dossier.projectable_casebooks())::uuid[]))', _table);
  EXECUTE format(
    'CREATE POLICY maintainers_update ON dossier.%I FOR UPDATE
     USING (casebook_id = ANY ((SELECT dossier.projectable_casebooks())::uuid[]))', _table);
  EXECUTE format(
    'CREATE POLICY maintainers_delete ON dossier.%I FOR DELETE
     USING (casebook_id = ANY ((SELECT dossier.projectable_casebooks())::uuid[]))', _table);
  EXECUTE format('GRANT SELECT ON dossier.%I TO dossier_reader', _table);
  EXECUTE format(
    'GRANT INSERT, UPDATE, DELETE ON dossier.%I TO dossier_projector, dossier_analyst', _table);
END
$$;

-- MARK: Generations

-- Rows of a generation are the fold of the prefix that ends at its position, as that version of the
-- view makes them. While it is built its slices are folded in any order, and its position is 0.
CREATE TABLE dossier.generation (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  view text COLLATE "C" NOT NULL,
  generation_id bigint GENERATED ALWAYS AS IDENTITY,
  view_version integer NOT NULL CHECK (view_version > 0),
  state text COLLATE "C" NOT NULL CHECK (state IN ('building', 'complete', 'retired')),
  "position" bigint NOT NULL DEFAULT 0 CHECK ("position" >= 0),
  -- The prefix that is being folded while it is built.
  target_position bigint NOT NULL CHECK (target_position >= 0),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text COLLATE "C" NOT NULL DEFAULT session_user,
  PRIMARY KEY (casebook_id, view, generation_id)
);

-- The generation that readers join on. Changing its row is the switch.
CREATE TABLE dossier.active_generation (
  casebook_id uuid NOT NULL,
  view text COLLATE "C" NOT NULL,
  generation_id bigint NOT NULL,
  activated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (casebook_id, view),
  FOREIGN KEY (casebook_id, view, generation_id) REFERENCES dossier.generation
);

-- The streams of a generation that is being built, cut into pieces of some thousand events. A piece
-- is marked done in the transaction that adds its rows, so that a build goes on where it stopped.
CREATE TABLE dossier.generation_slice (
  casebook_id uuid NOT NULL,
  view text COLLATE "C" NOT NULL,
  generation_id bigint NOT NULL,
  slice integer NOT NULL,
  first_kind text COLLATE "C" NOT NULL,
  first_id text COLLATE "C" NOT NULL,
  last_kind text COLLATE "C" NOT NULL,
  last_id text COLLATE "C" NOT NULL,
  events bigint NOT NULL,
  is_done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (casebook_id, view, generation_id, slice),
  FOREIGN KEY (casebook_id, view, generation_id) REFERENCES dossier.generation ON DELETE CASCADE
);

-- The event at which a view stands still because it cannot be applied.
CREATE TABLE dossier.projection_fault (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  view text COLLATE "C" NOT NULL,
  "position" bigint NOT NULL,
  event_id uuid NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  problem text NOT NULL,
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (casebook_id, view)
);

-- Every rebuild there was. One that says it is running and holds no lock was killed.
CREATE TABLE dossier.projection_job (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  job_id bigint GENERATED ALWAYS AS IDENTITY,
  view text COLLATE "C" NOT NULL,
  generation_id bigint NOT NULL,
  workers integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_by text COLLATE "C" NOT NULL DEFAULT session_user,
  -- Where the active generation stood, and where the new one stands.
  from_position bigint NOT NULL,
  to_position bigint NOT NULL,
  events bigint NOT NULL DEFAULT 0,
  finished_at timestamptz,
  outcome text COLLATE "C" NOT NULL DEFAULT 'running'
    CHECK (outcome IN ('running', 'switched', 'interrupted', 'failed')),
  detail text,
  PRIMARY KEY (casebook_id, job_id)
);

-- Who keeps a view up to date. The lock that makes it one at a time is the session's; this row only
-- tells who and since when.
CREATE TABLE dossier.projection_runner (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  view text COLLATE "C" NOT NULL,
  runner text COLLATE "C" NOT NULL DEFAULT session_user,
  process integer NOT NULL DEFAULT pg_backend_pid(),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (casebook_id, view)
);

-- MARK: Views

CREATE TABLE dossier.case_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  case_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  kind text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  claims integer NOT NULL,
  annotations integer NOT NULL,
  sources text[] COLLATE "C" NOT NULL,
  last_position bigint NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, case_id, from_position)
);

CREATE TABLE dossier.claim_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  case_id text COLLATE "C" NOT NULL,
  claim integer NOT NULL,
  source_id text COLLATE "C" NOT NULL,
  predicate text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  type text COLLATE "C",
  value text NOT NULL,
  earliest date,
  latest date,
  polarity text COLLATE "C" NOT NULL,
  hedge text,
  as_written text,
  stance text COLLATE "C" NOT NULL,
  said_by text,
  qualifiers json NOT NULL,
  locator text NOT NULL,
  quote text,
  status text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  disputed boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  recorded_position bigint NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, case_id, claim, from_position)
);

CREATE TABLE dossier.citation_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  case_id text COLLATE "C" NOT NULL,
  citation integer NOT NULL,
  target text COLLATE "C" NOT NULL,
  work text COLLATE "C" NOT NULL,
  locator text,
  note text,
  role text COLLATE "C" NOT NULL,
  source_id text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  recorded_position bigint NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, case_id, citation, from_position)
);

CREATE TABLE dossier.annotation_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  stream_kind text COLLATE "C" NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  annotation integer NOT NULL,
  target text COLLATE "C" NOT NULL,
  text text NOT NULL,
  motivation text COLLATE "C",
  tags text[] NOT NULL,
  status text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  recorded_position bigint NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, stream_kind, stream_id, annotation, from_position)
);

CREATE TABLE dossier.source_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  source_id text COLLATE "C" NOT NULL,
  title text NOT NULL,
  issued text COLLATE "C",
  earliest date,
  latest date,
  issued_to text,
  csl json,
  grade text COLLATE "C",
  copies integer NOT NULL,
  derived_from text[] COLLATE "C" NOT NULL,
  annotations integer NOT NULL,
  last_position bigint NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, source_id, from_position)
);

CREATE TABLE dossier.timeline_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  case_id text COLLATE "C" NOT NULL,
  claim integer NOT NULL,
  -- Which of the claim's qualifiers gives the date; empty for the value itself.
  qualifier text COLLATE "C" NOT NULL,
  edtf text COLLATE "C" NOT NULL,
  earliest date,
  latest date,
  source_id text COLLATE "C" NOT NULL,
  predicate text COLLATE "C" NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, case_id, claim, qualifier, from_position)
);

CREATE TABLE dossier.audit_view (
  casebook_id uuid NOT NULL,
  generation_id bigint NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint CHECK (to_position > from_position),
  stream_kind text COLLATE "C" NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  "position" bigint NOT NULL,
  -- Whose trail it belongs to: a source's, or the analysts' when null.
  source_id text COLLATE "C",
  action text COLLATE "C" NOT NULL,
  reference text COLLATE "C",
  predicate text COLLATE "C",
  before json NOT NULL,
  after json NOT NULL,
  locator text,
  reason text,
  is_voided boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (casebook_id, generation_id, stream_kind, stream_id, "position", from_position)
);

SELECT dossier.guard_view(t.name)
FROM unnest(ARRAY[
  'generation', 'active_generation', 'generation_slice', 'projection_fault', 'projection_job',
  'projection_runner', 'case_view', 'claim_view', 'citation_view', 'annotation_view', 'source_view',
  'timeline_view', 'audit_view']) AS t(name);
