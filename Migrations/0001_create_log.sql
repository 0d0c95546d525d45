-- The log: one list of events per casebook, and what it takes to append to it.
--
-- A casebook is the unit of ordering, access and distribution. Every key begins with casebook_id, so
-- that a casebook can later live on a node of its own.
--
-- Runs as dossier_owner, in one transaction, as every migration does.

CREATE SCHEMA dossier;

-- PostgreSQL lets PUBLIC execute each new function. Nothing here may depend on remembering to revoke
-- that. (The default cannot be revoked for one schema only: it is added, never subtracted, there.)
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What has been applied to this database. The client compares names and digests with the files it
-- carries, and refuses an edited, missing or unknown one by name.
CREATE TABLE dossier.migration (
  version integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Names are compared as bytes (COLLATE "C"): their order must not depend on the server's locale.
CREATE TABLE dossier.casebook (
  casebook_id uuid PRIMARY KEY,
  slug text COLLATE "C" NOT NULL UNIQUE
    CONSTRAINT casebook_slug_is_a_name
    CHECK (slug <> '' AND length(slug) <= 200 AND slug !~ '[\u0001-\u0020\u007f-\u00a0/@,]'),
  title text NOT NULL
    CONSTRAINT casebook_title_is_one_line CHECK (title <> '' AND title !~ '[\u0001-\u001f\u007f-\u009f]'),
  created_at timestamptz NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  -- Set when the casebook was restored from an export: its times and authors are as recorded there.
  imported_at timestamptz,
  imported_by text COLLATE "C",
  CHECK ((imported_at IS NULL) = (imported_by IS NULL))
);

-- Who may do what with a casebook. role_name is a login role: one per person.
CREATE TABLE dossier.membership (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  role_name text COLLATE "C" NOT NULL,
  access text COLLATE "C" NOT NULL CHECK (access IN ('read', 'write', 'admin')),
  granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  granted_by text COLLATE "C" NOT NULL DEFAULT session_user,
  PRIMARY KEY (casebook_id, role_name)
);

CREATE INDEX membership_by_role ON dossier.membership (role_name);

-- What may be appended, in whose voice, by whom. An event in a source's voice names that source; an
-- analyst's event names none. Citations take the voice of what they are on, so they are listed twice.
CREATE TABLE dossier.event_type (
  event_type text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL CHECK (schema_version > 0),
  voice text COLLATE "C" NOT NULL CHECK (voice IN ('source', 'analyst')),
  access text COLLATE "C" NOT NULL DEFAULT 'write' CHECK (access IN ('write', 'admin')),
  PRIMARY KEY (event_type, schema_version, voice)
);

INSERT INTO dossier.event_type (event_type, schema_version, voice, access) VALUES
  ('casebook.created', 1, 'analyst', 'admin'),
  ('predicate.defined', 1, 'analyst', 'write'),
  ('predicate.revised', 1, 'analyst', 'write'),
  ('tabulation.stated', 1, 'source', 'write'),
  ('tabulation.corrected', 1, 'source', 'write'),
  ('tabulation.withdrawn', 1, 'source', 'write'),
  ('event.voided', 1, 'analyst', 'admin'),
  ('source.registered', 1, 'analyst', 'write'),
  ('source.amended', 1, 'analyst', 'write'),
  ('source.copy-registered', 1, 'analyst', 'write'),
  ('source.derived', 1, 'analyst', 'write'),
  ('source.graded', 1, 'analyst', 'write'),
  ('case.opened', 1, 'analyst', 'write'),
  ('case.renamed', 1, 'analyst', 'write'),
  ('case.closed', 1, 'analyst', 'write'),
  ('case.reopened', 1, 'analyst', 'write'),
  ('identity.judged', 1, 'analyst', 'write'),
  ('claim.recorded', 1, 'source', 'write'),
  ('claim.corrected', 1, 'source', 'write'),
  ('claim.withdrawn', 1, 'source', 'write'),
  ('claim.reinstated', 1, 'source', 'write'),
  ('claim.disputed', 1, 'analyst', 'write'),
  ('dispute.resolved', 1, 'analyst', 'write'),
  ('citation.added', 1, 'source', 'write'),
  ('citation.added', 1, 'analyst', 'write'),
  ('citation.corrected', 1, 'source', 'write'),
  ('citation.corrected', 1, 'analyst', 'write'),
  ('citation.withdrawn', 1, 'source', 'write'),
  ('citation.withdrawn', 1, 'analyst', 'write'),
  ('annotation.added', 1, 'analyst', 'write'),
  ('annotation.revised', 1, 'analyst', 'write'),
  ('annotation.withdrawn', 1, 'analyst', 'write'),
  ('conclusion.drawn', 1, 'analyst', 'write'),
  ('conclusion.revised', 1, 'analyst', 'write'),
  ('conclusion.withdrawn', 1, 'analyst', 'write');

-- The sources of a casebook: written by append with source.registered, target of the voice key.
-- A lone "-" would read as "no voice" in a leaf.
CREATE TABLE dossier.source (
  casebook_id uuid NOT NULL REFERENCES dossier.casebook,
  source_id text COLLATE "C" NOT NULL CONSTRAINT source_is_not_a_dash CHECK (source_id <> '-'),
  PRIMARY KEY (casebook_id, source_id)
);

-- The log itself. Positions are gapless within a casebook, 1 to head. There is no foreign key to
-- casebook: append has locked that row before it inserts, rows of casebook are never deleted, and a
-- key would be checked once a row.
--
-- data is json, not jsonb, because it must remain the exact text that was appended. The json type
-- admits escapes that stand for no character; those, and line breaks, are refused here.
CREATE TABLE dossier.event (
  casebook_id uuid NOT NULL,
  position bigint NOT NULL CHECK (position > 0),
  stream_kind text COLLATE "C" NOT NULL
    CONSTRAINT event_stream_kind_is_known CHECK (stream_kind IN ('casebook', 'source', 'case')),
  stream_id text COLLATE "C" NOT NULL
    CONSTRAINT event_stream_id_is_a_name
    CHECK (
      stream_id <> '' AND length(stream_id) <= 200
      AND stream_id !~ '[\u0001-\u0020\u007f-\u00a0/@,]'),
  stream_version bigint NOT NULL CHECK (stream_version > 0),
  event_id uuid NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  voice_source_id text COLLATE "C",
  data json NOT NULL
    -- Space around it would be lost in an export, which keeps the object only.
    CONSTRAINT event_data_is_an_object
    CHECK (left(data::text, 1) = '{' AND right(data::text, 1) = '}')
    CONSTRAINT event_data_is_one_line
    CHECK (strpos(data::text, E'\n') = 0 AND strpos(data::text, E'\r') = 0)
    CONSTRAINT event_data_is_at_most_one_mebibyte CHECK (octet_length(data::text) <= 1048576)
    -- Pairs of backslashes are set aside first, so that the "\u" found is an escape. NUL and a
    -- surrogate without its other half stand for no character.
    CONSTRAINT event_data_has_only_characters CHECK (
      strpos(data::text, '\u') = 0
      OR replace(data::text, '\\', ' ') !~* (
        '\\u0000'
        '|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])'
        '|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f]')),
  recorded_at timestamptz NOT NULL CHECK (isfinite(recorded_at)),
  recorded_by text COLLATE "C" NOT NULL
    CONSTRAINT event_recorded_by_is_a_name
    CHECK (recorded_by <> '' AND recorded_by !~ '[\u0001-\u001f\u007f-\u009f]'),
  request_id uuid NOT NULL,
  leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  PRIMARY KEY (casebook_id, position),
  UNIQUE (casebook_id, stream_kind, stream_id, stream_version),
  UNIQUE (casebook_id, event_id),
  CONSTRAINT event_voice_is_a_source
    FOREIGN KEY (casebook_id, voice_source_id) REFERENCES dossier.source
);

-- Every request that has been appended, so that it can be repeated after a lost reply. An imported
-- casebook keeps which requests it holds but not what they replied: command_hash and reply are null.
CREATE TABLE dossier.append_request (
  casebook_id uuid NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  request_id uuid NOT NULL,
  command_hash bytea CHECK (octet_length(command_hash) = 32),
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  reply json,
  PRIMARY KEY (casebook_id, recorded_by, request_id),
  CHECK (first_position <= last_position),
  CHECK ((command_hash IS NULL) = (reply IS NULL))
);

-- The leaf of an event in the casebook's Merkle tree (RFC 6962): SHA-256 over a zero byte and the
-- lines of dossier-event/v1. One expression, so that the planner writes it into the calling query.
-- convert_to is not immutable by its declaration, so this is not either; nothing else would inline.
CREATE FUNCTION dossier.leaf_hash(
  casebook_id uuid, "position" bigint, event_id uuid, stream_kind text, stream_id text,
  stream_version bigint, event_type text, schema_version integer, voice_source_id text,
  recorded_microseconds bigint, recorded_by text, request_id uuid, data text
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT pg_catalog.sha256('\x00'::bytea || pg_catalog.convert_to(
    pg_catalog.concat(
      E'dossier-event/v1\n', casebook_id, E'\n', "position", E'\n', event_id, E'\n',
      stream_kind, E'\n', stream_id, E'\n', stream_version, E'\n',
      event_type, E'\n', schema_version, E'\n', coalesce(voice_source_id, '-'), E'\n',
      recorded_microseconds, E'\n', recorded_by, E'\n', request_id, E'\n',
      pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(data, 'UTF8')), 'hex'), E'\n'),
    'UTF8'))
$$;

-- Microseconds since the Unix epoch: exact, since extract yields numeric.
CREATE FUNCTION dossier.microseconds("at" timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT (extract(epoch FROM "at") * 1000000)::bigint $$;
