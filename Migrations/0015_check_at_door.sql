-- What may enter the log, said once and held by the functions that write it: whatever they take, every
-- reader of every later version can read.
--
-- Nothing in here hangs on a session's settings: literals hold no backslash but in E'', bytes are
-- spelt out by decode, and names are looked up in a pinned path.

-- MARK: Rules

-- Whether a text is a short name: of a casebook, a source or a case, and so of a stream or a voice.
-- Lower-case letters, digits and single hyphens between them, at most 63.
CREATE FUNCTION dossier.is_name(_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _text COLLATE "C" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND octet_length(_text) <= 63;

-- Whether a text is one line that says something: a title, or the name of a role.
CREATE FUNCTION dossier.is_line(_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _text <> '' AND _text COLLATE "C" !~ E'[\\u0001-\\u001f\\u007f-\\u009f]';

-- Whether an array is a list: of one dimension, counted from 1, as long as it should be.
CREATE FUNCTION dossier.is_list(_array anyarray, _count integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_dims(_array) = '[1:' || _count || ']' $$;

-- The streams on which a type of event belongs. A later migration that adds a type says them too.
ALTER TABLE dossier.event_type
  ADD COLUMN stream_kinds text[] NOT NULL DEFAULT '{casebook,source,case}'
    CHECK (stream_kinds <> '{}' AND stream_kinds <@ '{casebook,source,case}'),
  -- The fields of its payload as append asks for them, worked out from dossier.event_field.
  ADD COLUMN fields text[],
  ADD COLUMN shape jsonpath;
UPDATE dossier.event_type
SET stream_kinds = CASE split_part(event_type, '.', 1)
  WHEN 'casebook' THEN '{casebook}'
  WHEN 'predicate' THEN '{casebook}'
  WHEN 'tabulation' THEN '{casebook}'
  WHEN 'event' THEN '{casebook}'
  WHEN 'source' THEN '{source}'
  WHEN 'annotation' THEN '{casebook,source,case}'
  ELSE '{case}' END::text[];

-- The fields of a payload, the outermost ones: what the program's decoder asks for, and no others.
-- What stands within them is read, and refused, by the fold. A type without rows is one that nobody
-- has described: any object will do for it.
CREATE TABLE dossier.event_field (
  event_type text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  field text COLLATE "C" NOT NULL CHECK (field ~ '^[A-Za-z0-9]+$'),
  kind text COLLATE "C" NOT NULL
    CHECK (kind IN ('string', 'integer', 'boolean', 'object', 'array')),
  is_required boolean NOT NULL,
  -- The field stands if, and only if, the field "state" has this value.
  in_state text COLLATE "C" CHECK (in_state ~ '^[a-z]+$'),
  PRIMARY KEY (event_type, schema_version, field),
  CHECK (in_state IS NULL OR NOT is_required)
);
GRANT SELECT ON dossier.event_field TO dossier_reader;

INSERT INTO dossier.event_field (event_type, schema_version, field, kind, is_required, in_state)
SELECT t.type, 1, f.parts[1], f.parts[2], f.parts[3] IS NULL,
  CASE WHEN f.parts[3] <> 'optional' THEN f.parts[3] END
FROM (VALUES
  ('casebook.created', 'slug string, title string, description string optional'),
  ('casebook.granted', 'role string, access string'),
  ('casebook.revoked', 'role string'),
  ('predicate.defined', 'id string, label string, type string, cardinality string,
    qualifiers array optional, terms array optional, comparison string, scope string, +import'),
  ('predicate.revised', 'id string, +revision'),
  ('tabulation.stated', 'id string, source string, locator string, statement string,
    quote string optional, stated object, population object, named object optional,
    criterion string, +import'),
  ('tabulation.corrected', 'id string, +revision'),
  ('tabulation.withdrawn', 'id string, reason string'),
  ('event.voided', 'position integer, reason string'),
  ('source.registered', 'slug string, title string, issued string optional,
    issuedTo string optional, csl object optional, +import'),
  ('source.amended', '+revision'),
  ('source.copy-registered', 'id string, kind string, description string, +import'),
  ('source.text-attached', 'sha256 string, bytes integer, passages integer,
    firstPage string optional, copy string optional'),
  ('source.derived', 'from string, grounds string, locator string optional, +import'),
  ('source.graded', 'grade string, grounds string'),
  ('case.opened', 'slug string, kind string, name string optional, +import'),
  ('case.renamed', 'name string, reason string optional, +import'),
  ('case.closed', 'reason string'),
  ('case.reopened', 'reason string'),
  ('identity.judged', 'other string, judgement string, grounds string, +import'),
  ('claim.recorded', 'ref string, predicate string, state string, value object value,
    polarity string, hedge string optional, asWritten string optional, attribution object,
    qualifiers object, source string, locator string, quote string optional, +import'),
  ('claim.corrected', 'ref string, +revision'),
  ('claim.withdrawn', 'ref string, reason string'),
  ('claim.reinstated', 'ref string, reason string'),
  ('claim.disputed', 'ref string, claim string, grounds string, counter string optional, +import'),
  ('dispute.resolved', 'ref string, resolution string'),
  ('conclusion.drawn', 'ref string, predicate string, state string, value object value,
    polarity string, qualifiers object, on array, basis string, likelihood string optional,
    confidence string optional, +import'),
  ('conclusion.revised', 'ref string, +revision'),
  ('conclusion.withdrawn', 'ref string, reason string'),
  ('citation.added', 'ref string, target string, work string, locator string optional,
    note string optional, as string, +import'),
  ('citation.corrected', 'ref string, +revision'),
  ('citation.withdrawn', 'ref string, reason string'),
  ('annotation.added', 'ref string, target string, text string, motivation string optional,
    tags array, +import'),
  ('annotation.revised', 'ref string, +revision'),
  ('annotation.withdrawn', 'ref string, reason string')
) AS t(type, fields)
CROSS JOIN LATERAL (
  SELECT regexp_split_to_array(btrim(p.text, E' \n'), ' ') AS parts
  FROM regexp_split_to_table(
    replace(
      replace(t.fields, '+revision',
        'kind string optional, reason string optional, changes object, +import'),
      '+import', 'import object optional'), ',') AS p(text)) f;

-- Works out for each type the list of its fields, and what they must be, as one path expression that
-- is quick to ask. To be called by a migration that adds rows to dossier.event_field.
CREATE FUNCTION dossier.compile_event_fields() RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
  UPDATE dossier.event_type t
  SET fields = f.fields, shape = f.shape::jsonpath
  FROM (
    SELECT d.event_type, d.schema_version, array_agg(d.field) AS fields,
      string_agg(
        CASE
          WHEN d.in_state IS NOT NULL THEN
            format('($.state == "%3$s" && $.%1$s.type() == "%2$s"'
              ' || $.state != "%3$s" && !exists($.%1$s))', d.field, d.kind, d.in_state)
          -- Numbers are left to the close look: a path does not see how one is written. No type is "".
          WHEN d.kind = 'integer' AND d.is_required THEN format('$.%s.type() == ""', d.field)
          WHEN d.kind = 'integer' THEN format('!exists($.%s)', d.field)
          WHEN d.is_required THEN format('$.%s.type() == "%s"', d.field, d.kind)
          ELSE format('(!exists($.%1$s) || $.%1$s.type() == "%2$s")', d.field, d.kind)
        END, ' && ') AS shape
    FROM dossier.event_field d
    GROUP BY d.event_type, d.schema_version) f
  WHERE f.event_type = t.event_type AND f.schema_version = t.schema_version
$$;
SELECT dossier.compile_event_fields();

-- The leaf of an event in the casebook's Merkle tree (RFC 6962), as before; the zero byte is spelt so
-- that no setting reads it otherwise.
CREATE OR REPLACE FUNCTION dossier.leaf_hash(
  casebook_id uuid, "position" bigint, event_id uuid, stream_kind text, stream_id text,
  stream_version bigint, event_type text, schema_version integer, voice_source_id text,
  recorded_microseconds bigint, recorded_by text, request_id uuid, data text
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(decode('00', 'hex') || convert_to(
  concat(
    E'dossier-event/v1\n', casebook_id, E'\n', "position", E'\n', event_id, E'\n',
    stream_kind, E'\n', stream_id, E'\n', stream_version, E'\n',
    event_type, E'\n', schema_version, E'\n', coalesce(voice_source_id, '-'), E'\n',
    recorded_microseconds, E'\n', recorded_by, E'\n', request_id, E'\n',
    encode(sha256(convert_to(data, 'UTF8')), 'hex'), E'\n'),
  'UTF8'));

-- Microseconds since the Unix epoch: exact, since extract yields numeric.
CREATE OR REPLACE FUNCTION dossier.microseconds("at" timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (extract(epoch FROM "at") * 1000000)::bigint;

-- MARK: The quick way

-- Nearly every payload is plain: written as this program writes it, it needs one look at its text, one
-- at its value, and none at its parts. What fails here is not refused yet: it is looked at closely.

-- Whether a text holds nothing that would need a closer look before it is taken for JSON: escapes by
-- number, a blank before a colon, any other blank but a space, numbers with an exponent or very many
-- digits, much nesting, or great length. Says nothing about whether it is JSON.
CREATE FUNCTION dossier.is_plain(_data text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _data COLLATE "C" !~ E'\\\\u| :|[\\t\\n\\r]|[:,[] *-?[0-9.]+([eE]|[0-9.]{20})'
  AND octet_length(_data) - octet_length(replace(replace(_data, '{', ''), '[', '')) <= 64
  AND octet_length(_data) <= 65536;

-- Whether the value of a plain text, which the database writes so, is an object without space around
-- it that has the fields of its type and no key twice at any depth. A value of type jsonb keeps one of
-- several keys that are the same; counting what ends a key in both texts tells, since in a plain text
-- every key is followed by its colon and strings are written alike.
CREATE FUNCTION dossier.is_sound(
  _data text, _value jsonb, _written text, _fields text[], _shape jsonpath
) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(_data, 1) = '{' AND right(_data, 1) = '}'
  AND _value - _fields = '{}'
  AND _value @@ _shape
  AND octet_length(_data) - octet_length(replace(_data, '":', '"'))
    = octet_length(_written) - octet_length(replace(_written, '":', '"'));

-- MARK: The close look

-- Refuses a payload that some reader could not read, and says why. Called for what is not plain and
-- sound; returns when nothing is wrong with it all the same. _event is what the event is called in a
-- message, _at what tells an import where it stands.
CREATE FUNCTION dossier.refuse_payload(
  _event text, _at json, _event_type text, _schema_version integer, _data text
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _brackets text := _data;
  _value json;
  _state text;
  _twice text;
  _fault text;
BEGIN
  -- Too deep for a reader is also too deep for the cast. Every turn takes the innermost level away.
  IF octet_length(_data) - octet_length(replace(replace(_data, '{', ''), '[', '')) > 64 THEN
    _brackets := translate(
      regexp_replace(
        regexp_replace(_data, E'"([^"\\\\]|\\\\.)*"', '', 'g'), '[^][{}]', '', 'g'),
      '{}[]', '()()');
    FOR _level IN 1..64 LOOP
      _brackets := replace(_brackets, '()', '');
    END LOOP;
    IF _brackets <> '' THEN
      RAISE EXCEPTION 'the payload of an event is nested more than 64 levels deep'
        USING ERRCODE = 'DS007', DETAIL = _at;
    END IF;
  END IF;
  _value := _data::json;

  _fault := CASE
    -- Space around it would be lost in an export, which keeps the object only.
    WHEN left(_data, 1) <> '{' OR right(_data, 1) <> '}' THEN
      'the payload of an event is a JSON object without space around it'
    WHEN strpos(_data, chr(10)) > 0 OR strpos(_data, chr(13)) > 0 THEN
      'the payload of an event is one line'
    WHEN octet_length(_data) > 1048576 THEN
      'the payload of an event has at most one mebibyte'
    -- Pairs of backslashes are set aside first, so that the "\u" found is an escape. NUL and a
    -- surrogate without its other half stand for no character.
    WHEN strpos(_data, E'\\u') > 0
      AND replace(_data, E'\\\\', ' ') ~* (
        E'\\\\u0000'
        '|\\\\ud[89ab][0-9a-f]{2}(?!\\\\ud[c-f])'
        '|(?<!\\\\ud[89ab][0-9a-f]{2})\\\\ud[c-f]')
    THEN
      'the payload of an event holds NUL or half a surrogate pair'
  END;
  IF _fault IS NOT NULL THEN
    RAISE EXCEPTION '%', _fault USING ERRCODE = 'DS007', DETAIL = _at;
  END IF;

  -- Its parts at every depth: no key twice, and no number that a double cannot hold.
  BEGIN
    WITH RECURSIVE part AS (
      SELECT _value AS value, json_typeof(_value) AS kind
      UNION ALL
      SELECT c.value, json_typeof(c.value)
      FROM part p
      CROSS JOIN LATERAL (
        SELECT m.value FROM json_each(CASE p.kind WHEN 'object' THEN p.value ELSE '{}' END) m
        UNION ALL
        SELECT a.value
        FROM json_array_elements(CASE p.kind WHEN 'array' THEN p.value ELSE '[]' END) a) c
      WHERE p.kind IN ('object', 'array')
    )
    SELECT min((
        SELECT k.key FROM json_object_keys(CASE p.kind WHEN 'object' THEN p.value ELSE '{}' END)
          AS k(key)
        GROUP BY k.key HAVING count(*) > 1 ORDER BY k.key LIMIT 1)),
      CASE
        WHEN count(CASE p.kind WHEN 'number' THEN p.value::text::float8 END) < 0 THEN ''
      END
    INTO _twice, _fault
    FROM part p;
  EXCEPTION WHEN numeric_value_out_of_range THEN
    _fault := 'it holds a number that is too large or too close to zero';
  END;
  IF _twice IS NOT NULL THEN
    _fault := format('the field "%s" appears twice', _twice);
  END IF;

  IF _fault IS NULL AND EXISTS (
    SELECT FROM dossier.event_field d
    WHERE d.event_type = _event_type AND d.schema_version = _schema_version)
  THEN
    _state := coalesce(_value ->> 'state', '');
    SELECT CASE
        WHEN f.field IS NULL THEN format('it has no field "%s"', m.key)
        WHEN m.key IS NULL THEN format('the field "%s" is missing', f.field)
        WHEN f.in_state <> _state THEN
          format('the field "%s" stands only where "state" is "%s"', f.field, f.in_state)
        ELSE
          format('the field "%s" must be %s', f.field, CASE f.kind
            WHEN 'string' THEN 'a string'
            WHEN 'integer' THEN 'a whole number'
            WHEN 'boolean' THEN 'true or false'
            WHEN 'object' THEN 'an object'
            WHEN 'array' THEN 'a list' END)
      END
    INTO _fault
    FROM json_each(_value) WITH ORDINALITY AS m(key, value, n)
    FULL JOIN (
      SELECT d.* FROM dossier.event_field d
      WHERE d.event_type = _event_type AND d.schema_version = _schema_version) f
      ON f.field = m.key
    WHERE f.field IS NULL
      OR m.key IS NULL AND (f.is_required OR f.in_state = _state)
      OR m.key IS NOT NULL AND f.in_state <> _state
      OR m.key IS NOT NULL AND CASE
           WHEN f.kind <> 'integer' THEN json_typeof(m.value) <> f.kind
           WHEN json_typeof(m.value) <> 'number' OR m.value::text !~ '^-?[0-9]+$' THEN true
           ELSE m.value::text::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807
         END
    ORDER BY m.n, f.field
    LIMIT 1;
  END IF;
  IF _fault IS NOT NULL THEN
    RAISE EXCEPTION '%: %', _event, _fault USING ERRCODE = 'DS007', DETAIL = _at;
  END IF;
END
$$;

-- Refuses streams that no reader could name, and one that is named twice.
CREATE FUNCTION dossier.refuse_streams(_stream_kinds text[], _stream_ids text[]) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _stream record;
BEGIN
  SELECT s.kind, left(s.id, 80) AS id, s.kind IN ('casebook', 'source', 'case') AS is_known,
    dossier.is_name(s.id) AS is_named
  INTO _stream
  FROM unnest(_stream_kinds, _stream_ids) WITH ORDINALITY AS s(kind, id, n)
  WHERE s.kind NOT IN ('casebook', 'source', 'case') OR NOT dossier.is_name(s.id)
  ORDER BY s.n
  LIMIT 1;
  IF NOT _stream.is_known THEN
    RAISE EXCEPTION 'a stream is of the casebook, a source or a case, not of a "%"', _stream.kind
      USING ERRCODE = 'DS007';
  ELSIF NOT _stream.is_named THEN
    RAISE EXCEPTION '"%" is not a short name: lower-case letters, digits and single hyphens between '
      'them, at most 63 in all', _stream.id
      USING ERRCODE = 'DS007';
  END IF;
  SELECT s.kind, s.id INTO _stream
  FROM unnest(_stream_kinds, _stream_ids) WITH ORDINALITY AS s(kind, id, n)
  GROUP BY s.kind, s.id HAVING count(*) > 1
  ORDER BY min(s.n)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the stream % % is named twice', _stream.kind, _stream.id
      USING ERRCODE = 'DS007';
  END IF;
END
$$;

-- Names the first event that may not follow on the first _head events of the casebook, and why.
-- Returns when all may. In an import events are called by their position, and one may speak of those
-- before it in the same call.
DROP FUNCTION dossier.refuse_events(
  text, text, text[], text[], integer[], text[], integer[], text[]);
CREATE FUNCTION dossier.refuse_events(
  _casebook_id uuid,
  _slug text,
  _access text,
  _head bigint,
  _is_import boolean,
  _stream_kinds text[],
  _stream_ids text[],
  _event_streams integer[],
  _event_ids uuid[],
  _event_types text[],
  _schema_versions integer[],
  _voices text[],
  _data text[]
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
  _offset CONSTANT bigint := CASE WHEN _is_import THEN _head ELSE 0 END;
  _event record;
  _name text;
  _target numeric;
BEGIN
  FOR _event IN
    SELECT e.n, e.n + _offset AS number, e.type, e.schema_version, e.voice, e.data,
      _stream_kinds[e.stream] AS kind, _stream_ids[e.stream] AS id, t.access, t.stream_kinds,
      EXISTS (SELECT FROM dossier.event_type o WHERE o.event_type = e.type) AS is_known,
      EXISTS (
        SELECT FROM dossier.event_type o
        WHERE o.event_type = e.type AND o.schema_version = e.schema_version) AS is_current,
      v.is_heard
    FROM unnest(_event_streams, _event_types, _schema_versions, _voices, _data)
      WITH ORDINALITY AS e(stream, type, schema_version, voice, data, n)
    LEFT JOIN dossier.event_type t
      ON t.event_type = e.type AND t.schema_version = e.schema_version
        AND t.voice = CASE WHEN e.voice IS NULL THEN 'analyst' ELSE 'source' END
    LEFT JOIN (
      SELECT _stream_ids[r.stream] AS id, min(r.n) AS n
      FROM unnest(_event_streams, _event_types) WITH ORDINALITY AS r(stream, type, n)
      WHERE r.type = 'source.registered' AND _stream_kinds[r.stream] = 'source'
      GROUP BY 1) r ON r.id = e.voice
    -- A source speaks after it was registered, so that no prefix of the log has an unknown voice.
    CROSS JOIN LATERAL (
      SELECT e.voice IS NULL OR coalesce(r.n < e.n, false)
        OR EXISTS (
          SELECT FROM dossier.source o
          WHERE o.casebook_id = _casebook_id AND o.source_id = e.voice) AS is_heard) v
    -- Once a row, not once a use.
    CROSS JOIN LATERAL (
      SELECT CASE WHEN dossier.is_plain(e.data) THEN e.data::jsonb END AS value OFFSET 0) j
    CROSS JOIN LATERAL (SELECT j.value::text AS text OFFSET 0) w
    WHERE (
      (t.access = 'write' OR _access = 'admin')
      AND _stream_kinds[e.stream] = ANY (t.stream_kinds)
      AND (_stream_kinds[e.stream] <> 'casebook' OR _stream_ids[e.stream] = _slug)
      AND v.is_heard
      AND dossier.is_sound(e.data, j.value, w.text, t.fields, t.shape)) IS NOT TRUE
    ORDER BY e.n
  LOOP
    _name := format('event %s (%s)', _event.number, _event.type);
    IF _event.kind IS NULL THEN
      RAISE EXCEPTION '% names no stream of the request', _name USING ERRCODE = 'DS007';
    ELSIF _event.access IS NULL THEN
      RAISE EXCEPTION 'event % (% version %, %) is not one that may be appended',
        _event.number, _event.type, _event.schema_version,
        coalesce('in the voice of ' || _event.voice, 'in an analyst''s voice')
        USING ERRCODE = 'DS004',
          DETAIL = json_build_object(
            'event', _event.number, 'type', _event.type, 'version', _event.schema_version,
            'voice', _event.voice,
            'fault', CASE
              WHEN NOT _event.is_known THEN 'type'
              WHEN NOT _event.is_current THEN 'version'
              ELSE 'voice' END);
    ELSIF _event.access = 'admin' AND _access <> 'admin' THEN
      RAISE EXCEPTION '% is for admins of the casebook', _event.type USING ERRCODE = '42501';
    ELSIF _event.kind <> ALL (_event.stream_kinds)
      OR _event.kind = 'casebook' AND _event.id <> _slug
    THEN
      RAISE EXCEPTION '% does not belong on the stream % %', _name, _event.kind, _event.id
        USING ERRCODE = 'DS007',
          DETAIL = json_build_object('position', _event.number, 'field', 'stream');
    ELSIF NOT _event.is_heard THEN
      RAISE EXCEPTION 'an event speaks for a source that the casebook does not have'
        USING ERRCODE = 'DS007',
          DETAIL = json_build_object('position', _event.number, 'field', 'voice');
    END IF;
    PERFORM dossier.refuse_payload(
      _name, json_build_object('position', _event.number, 'field', 'data'), _event.type,
      _event.schema_version, _event.data);

    -- What was set aside is never heard again, so that only what is written already can be: not the
    -- first event, which the others stand on, and no setting aside itself.
    IF _event.type = 'event.voided' THEN
      _target := (_event.data::json ->> 'position')::numeric;
      IF _target NOT BETWEEN 2
          AND (CASE WHEN _is_import THEN _head + _event.n - 1 ELSE _head END)
        OR 'event.voided' = (
          CASE WHEN _target > _head THEN _event_types[(_target - _head)::integer]
          ELSE (
            SELECT o.event_type FROM dossier.event o
            WHERE o.casebook_id = _casebook_id AND o.position = _target::bigint) END)
      THEN
        RAISE EXCEPTION '% sets @% aside, which is not an event after the first, written before it, '
          'that sets none aside itself', _name, _target
          USING ERRCODE = 'DS007',
            DETAIL = json_build_object('position', _event.number, 'field', 'data');
      END IF;
    END IF;
  END LOOP;

  SELECT i.id, i.n + _offset AS number INTO _event
  FROM (
    SELECT e.id, e.n, count(*) OVER (PARTITION BY e.id ORDER BY e.n) AS times
    FROM unnest(_event_ids) WITH ORDINALITY AS e(id, n)) i
  WHERE i.times > 1
    OR EXISTS (
      SELECT FROM dossier.event o WHERE o.casebook_id = _casebook_id AND o.event_id = i.id)
  ORDER BY i.n
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'event % bears the id %, which another event has', _event.number, _event.id
      USING ERRCODE = 'DS007',
        DETAIL = json_build_object('position', _event.number, 'field', 'id');
  END IF;
END
$$;

-- MARK: The door

-- The same append, which now checks all that it is given. Most requests are one event on one stream,
-- plain and sound: one expression tells. All others are looked at by the functions above.
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
  SELECT r.command_hash, r.first_position, r.last_position, r.reply
  INTO _first_hash, first_position, last_position, reply
  FROM dossier.append_request r
  WHERE r.casebook_id = _casebook_id AND r.recorded_by = _author AND r.request_id = _request_id
    AND r.role_id = _author_id;
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

-- Refuses a stream that is at another version than was expected.
CREATE FUNCTION dossier.refuse_version(
  _kind text, _id text, _expected bigint, _actual bigint
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '% % is at version %, not %', _kind, _id, _actual, _expected
    USING ERRCODE = 'DS001',
      DETAIL = json_build_object(
        'kind', _kind, 'id', _id, 'expected', _expected, 'actual', _actual);
END
$$;

-- Refuses arguments of an append that are no request to a casebook with _head events.
CREATE FUNCTION dossier.refuse_arrays(
  _author text,
  _request_id uuid,
  _command_hash bytea,
  _reply text,
  _head bigint,
  _stream_kinds text[],
  _stream_ids text[],
  _expected_versions bigint[],
  _event_streams integer[],
  _event_ids uuid[],
  _event_types text[],
  _schema_versions integer[],
  _voices text[],
  _data text[]
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _count CONSTANT integer := cardinality(_event_ids);
  _streams CONSTANT integer := cardinality(_stream_ids);
BEGIN
  IF (
    dossier.is_list(_event_ids, _count) AND dossier.is_list(_event_streams, _count)
    AND dossier.is_list(_event_types, _count) AND dossier.is_list(_schema_versions, _count)
    AND dossier.is_list(_voices, _count) AND dossier.is_list(_data, _count)
    AND dossier.is_list(_stream_ids, _streams) AND dossier.is_list(_stream_kinds, _streams)
    AND dossier.is_list(_expected_versions, _streams)
    AND octet_length(_command_hash) = 32 AND _reply IS NOT NULL AND _request_id IS NOT NULL
  ) IS NOT TRUE THEN
    RAISE EXCEPTION 'an append needs a command hash, a reply, and events in arrays of one length'
      USING ERRCODE = 'DS007';
  END IF;
  IF array_position(_stream_kinds, NULL) > 0 OR array_position(_stream_ids, NULL) > 0
    OR array_position(_event_streams, NULL) > 0 OR array_position(_event_ids, NULL) > 0
    OR array_position(_event_types, NULL) > 0 OR array_position(_schema_versions, NULL) > 0
    OR array_position(_data, NULL) > 0
  THEN
    RAISE EXCEPTION 'only the expected version of a stream and the voice of an event may be null'
      USING ERRCODE = 'DS007';
  END IF;
  IF NOT dossier.is_line(_author) THEN
    RAISE EXCEPTION 'the name of the login role holds a control character'
      USING ERRCODE = 'DS007';
  END IF;
  -- A casebook begins with its creation, and is created once.
  IF (_head = 0) <> (_event_types[1] = 'casebook.created')
    OR 'casebook.created' = ANY (_event_types[2:])
  THEN
    RAISE EXCEPTION 'casebook.created is the first event of a casebook, and only the first'
      USING ERRCODE = 'DS007';
  END IF;
  PERFORM dossier.refuse_streams(_stream_kinds, _stream_ids);
END
$$;

-- Creates a casebook from the events of one request: row, creator as admin, casebook.created and
-- whatever it is to begin with. All of it or nothing. Slug and title are those of the first event, so
-- that the two cannot disagree. Repeating the request finds the casebook by its slug, even when the
-- caller made up another id for it, and returns the first reply.
DROP FUNCTION dossier.create_casebook(uuid, uuid, bytea, text, uuid, integer, text);
CREATE FUNCTION dossier.create_casebook(
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
  OUT casebook_id uuid,
  OUT first_position bigint,
  OUT last_position bigint,
  OUT recorded_at timestamptz,
  OUT is_replay boolean,
  OUT reply text,
  OUT clock_behind bigint
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  _author CONSTANT text := session_user;
  _id uuid := _casebook_id;
  _slug text;
BEGIN
  -- A superuser is above every check in here, and so nobody whose name an entry could rest on.
  IF (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = _author) THEN
    RAISE EXCEPTION 'superuser % cannot be a member of a casebook', _author
      USING ERRCODE = '42501', HINT = 'Connect with a login role of your own.';
  END IF;
  IF _id IS NULL THEN
    RAISE EXCEPTION 'a casebook needs an identifier' USING ERRCODE = 'DS007';
  END IF;
  _slug := dossier.slug_of_creation(_data[1]);

  INSERT INTO dossier.casebook (casebook_id, slug, title, created_at, created_by)
  VALUES (_id, _slug, _data[1]::json ->> 'title', clock_timestamp(), _author)
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    INSERT INTO dossier.membership (casebook_id, role_name, access, granted_by)
    VALUES (_id, _author, 'admin', _author);
  ELSE
    SELECT c.casebook_id INTO _id
    FROM dossier.casebook c
    JOIN dossier.append_request r
      ON r.casebook_id = c.casebook_id AND r.recorded_by = _author AND r.request_id = _request_id
        AND r.role_id = quote_ident(_author)::regrole AND r.first_position = 1
    WHERE c.slug = _slug;
    IF _id IS NULL THEN
      RAISE EXCEPTION 'a casebook "%" exists already', _slug
        USING ERRCODE = 'DS008', DETAIL = json_build_object('slug', _slug);
    END IF;
  END IF;

  casebook_id := _id;
  SELECT a.first_position, a.last_position, a.recorded_at, a.is_replay, a.reply, a.clock_behind
  INTO first_position, last_position, recorded_at, is_replay, reply, clock_behind
  FROM dossier.append(
    _id, _request_id, _command_hash, _reply, _stream_kinds, _stream_ids, _expected_versions,
    _event_streams, _event_ids, _event_types, _schema_versions, _voices, _data) a;
END
$$;

GRANT EXECUTE ON FUNCTION dossier.create_casebook(
  uuid, uuid, bytea, text, text[], text[], bigint[], integer[], uuid[], text[], integer[], text[],
  text[]) TO dossier_analyst;

-- The slug that the payload of casebook.created names; refuses one that no casebook can begin with.
CREATE FUNCTION dossier.slug_of_creation(_data text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _at CONSTANT json := json_build_object('position', 1, 'field', 'data');
  _slug text;
BEGIN
  PERFORM dossier.refuse_payload(
    'event 1 (casebook.created)', _at, 'casebook.created', 1, coalesce(_data, ''));
  _slug := _data::json ->> 'slug';
  IF NOT dossier.is_name(_slug) THEN
    RAISE EXCEPTION '"%" is not a short name: lower-case letters, digits and single hyphens between '
      'them, at most 63 in all', left(_slug, 80)
      USING ERRCODE = 'DS007', DETAIL = _at;
  END IF;
  IF NOT dossier.is_line(_data::json ->> 'title') THEN
    RAISE EXCEPTION 'the title of a casebook is one line of text'
      USING ERRCODE = 'DS007', DETAIL = _at;
  END IF;
  RETURN _slug;
END
$$;

-- MARK: Restoring

CREATE OR REPLACE FUNCTION dossier.import_events(
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
  _count CONSTANT integer := cardinality(_positions);
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

  IF (
    dossier.is_list(_positions, _count) AND dossier.is_list(_stream_kinds, _count)
    AND dossier.is_list(_stream_ids, _count) AND dossier.is_list(_stream_versions, _count)
    AND dossier.is_list(_event_ids, _count) AND dossier.is_list(_event_types, _count)
    AND dossier.is_list(_schema_versions, _count) AND dossier.is_list(_voices, _count)
    AND dossier.is_list(_data, _count) AND dossier.is_list(_recorded_at, _count)
    AND dossier.is_list(_recorded_by, _count) AND dossier.is_list(_request_ids, _count)
    AND dossier.is_list(_leaf_hashes, _count) AND _casebook_id IS NOT NULL
  ) IS NOT TRUE THEN
    RAISE EXCEPTION 'an import needs a casebook, and events in arrays of one length'
      USING ERRCODE = 'DS007';
  END IF;
  IF array_position(_positions, NULL) > 0 OR array_position(_stream_kinds, NULL) > 0
    OR array_position(_stream_ids, NULL) > 0 OR array_position(_stream_versions, NULL) > 0
    OR array_position(_event_ids, NULL) > 0 OR array_position(_event_types, NULL) > 0
    OR array_position(_schema_versions, NULL) > 0 OR array_position(_data, NULL) > 0
    OR array_position(_recorded_at, NULL) > 0 OR array_position(_recorded_by, NULL) > 0
    OR array_position(_request_ids, NULL) > 0 OR array_position(_leaf_hashes, NULL) > 0
  THEN
    RAISE EXCEPTION 'only the voice of an event may be null' USING ERRCODE = 'DS007';
  END IF;

  IF _positions[1] = 1 THEN
    IF _event_types[1] <> 'casebook.created' OR _stream_kinds[1] <> 'casebook' THEN
      RAISE EXCEPTION 'the first event is %, not casebook.created', _event_types[1]
        USING ERRCODE = 'DS011', DETAIL = json_build_object('position', 1, 'field', 'type');
    END IF;
    _slug := dossier.slug_of_creation(_data[1]);
    PERFORM dossier.refuse_record(_positions, _recorded_at, _recorded_by);
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
    PERFORM dossier.refuse_record(_positions, _recorded_at, _recorded_by);
  END IF;

  -- What a leaf cannot show: that each event follows on the one before.
  SELECT f.position, f.field INTO _fault
  FROM (
    SELECT g.n, g.position,
      CASE
        WHEN g.position IS DISTINCT FROM _head + g.n THEN 'position'
        WHEN g.recorded_at < lag(g.recorded_at, 1, coalesce(_last_at, '-infinity'))
          OVER (ORDER BY g.n) THEN 'recordedAt'
        WHEN g.kind NOT IN ('casebook', 'source', 'case') THEN 'stream'
        WHEN NOT dossier.is_name(g.stream_id) THEN 'stream'
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
  PERFORM dossier.refuse_events(
    _casebook_id, _slug, 'admin', _head, true, _stream_kinds, _stream_ids,
    ARRAY(SELECT generate_series(1, _count)), _event_ids, _event_types, _schema_versions, _voices,
    _data);

  INSERT INTO dossier.source (casebook_id, source_id)
  SELECT _casebook_id, g.stream_id
  FROM unnest(_event_types, _stream_ids) AS g(type, stream_id)
  WHERE g.type = 'source.registered'
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

-- Refuses times and authors that the log could not have written down itself.
CREATE FUNCTION dossier.refuse_record(
  _positions bigint[], _recorded_at timestamptz[], _recorded_by text[]
) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _fault record;
BEGIN
  SELECT f.position, f.is_dated, f.is_signed INTO _fault
  FROM (
    SELECT g.position, g.n,
      -- What is written with a year of four digits: 0001 to 9999, in seconds since 1970.
      g.at >= to_timestamp(-62135596800) AND g.at < to_timestamp(253402300800) AS is_dated,
      dossier.is_line(g.author) AND octet_length(g.author) <= 63 AS is_signed
    FROM unnest(_positions, _recorded_at, _recorded_by) WITH ORDINALITY AS g(position, at, author, n)
  ) f
  WHERE NOT f.is_dated OR NOT f.is_signed
  ORDER BY f.n
  LIMIT 1;
  IF NOT _fault.is_dated THEN
    RAISE EXCEPTION 'the time of an event lies in the years 1 to 9999'
      USING ERRCODE = 'DS011',
        DETAIL = json_build_object('position', _fault.position, 'field', 'recordedAt');
  ELSIF NOT _fault.is_signed THEN
    RAISE EXCEPTION 'the name of the login role is empty, holds a control character or has more '
      'than 63 bytes'
      USING ERRCODE = 'DS011',
        DETAIL = json_build_object('position', _fault.position, 'field', 'recordedBy');
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION dossier.finish_import(_casebook_id uuid) RETURNS void
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

-- MARK: Texts

CREATE OR REPLACE FUNCTION dossier.keep_text(
  _casebook_id uuid, _sha256 bytea, _parts text[]
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _author_id CONSTANT regrole := quote_ident(session_user)::regrole;
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
        AND m.role_id = _author_id AND m.access IN ('write', 'admin'))
  FOR NO KEY UPDATE OF c;
  -- Read again: it may have been revoked meanwhile.
  IF NOT EXISTS (
    SELECT FROM dossier.membership m
    WHERE m.casebook_id = _casebook_id AND m.role_name = session_user
      AND m.role_id = _author_id AND m.access IN ('write', 'admin')
  ) THEN
    RAISE EXCEPTION '% is not a writing member of casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook for write access.';
  END IF;
  IF _length IS NULL OR _length = 0 OR _length > 16777216 THEN
    RAISE EXCEPTION 'a text has between 1 byte and 16 MiB, not % bytes', coalesce(_length, 0)
      USING ERRCODE = 'DS007';
  END IF;
  IF NOT dossier.is_list(_parts, cardinality(_parts)) THEN
    RAISE EXCEPTION 'the parts of a text are a list' USING ERRCODE = 'DS007';
  END IF;
  IF sha256(convert_to(array_to_string(_parts, ''), 'UTF8')) IS DISTINCT FROM _sha256
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

-- MARK: Tables

-- What the functions test now, PostgreSQL would prepare anew for every statement that writes a row.
ALTER TABLE dossier.event
  DROP CONSTRAINT event_position_check,
  DROP CONSTRAINT event_stream_kind_is_known,
  DROP CONSTRAINT event_stream_id_is_a_name,
  DROP CONSTRAINT event_stream_version_check,
  DROP CONSTRAINT event_data_is_an_object,
  DROP CONSTRAINT event_data_is_one_line,
  DROP CONSTRAINT event_data_is_at_most_one_mebibyte,
  DROP CONSTRAINT event_data_has_only_characters,
  DROP CONSTRAINT event_recorded_at_check,
  DROP CONSTRAINT event_recorded_by_is_a_name,
  DROP CONSTRAINT event_leaf_hash_check,
  DROP CONSTRAINT event_voice_is_a_source;
ALTER TABLE dossier.append_request
  DROP CONSTRAINT append_request_command_hash_check,
  DROP CONSTRAINT append_request_check,
  DROP CONSTRAINT append_request_check1;
-- The rule for names, for what little is written here; rows of before are left as they are.
ALTER TABLE dossier.casebook
  DROP CONSTRAINT casebook_slug_is_a_name,
  ADD CONSTRAINT casebook_slug_is_a_name CHECK (dossier.is_name(slug)) NOT VALID;
ALTER TABLE dossier.source
  DROP CONSTRAINT source_is_not_a_dash,
  ADD CONSTRAINT source_id_is_a_name CHECK (dossier.is_name(source_id)) NOT VALID;
