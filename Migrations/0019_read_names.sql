-- Search for names in every reading that their spelling can have: for each word of a term the keys of
-- its readings, separated by bars, one of which a row must have.
CREATE OR REPLACE FUNCTION dossier.search(
  _casebook_id uuid,
  _position bigint,
  _terms text[],
  _names text[],
  _cases text[],
  _sources text[],
  _predicate text,
  _tag text,
  _recorded_by text,
  _after bigint,
  _until bigint,
  _limit bigint
) RETURNS TABLE (
  stream_kind text,
  stream_id text,
  kind text,
  number integer,
  source_id text,
  predicate text,
  is_negative boolean,
  target text,
  tags text[],
  text text,
  quote text,
  more text,
  locator text,
  recorded_at timestamptz,
  recorded_by text,
  recorded_position bigint,
  is_approximate boolean,
  hits bigint,
  -- The words in the texts that are those looked for, as they are written there.
  found text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, dossier, pg_temp
SET client_min_messages = warning
AS $$
#variable_conflict use_column
DECLARE
  _exact tsquery := '';
  _likely tsquery := '';
  _lexemes text[] := '{}';
  _term tsquery;
BEGIN
  IF NOT _casebook_id = ANY (dossier.readable_casebooks()) THEN
    RAISE EXCEPTION '% may not read casebook %', session_user, _casebook_id
      USING ERRCODE = '42501', HINT = 'Ask an admin of the casebook.';
  END IF;
  FOR i IN 1..cardinality(_terms) LOOP
    _term := phraseto_tsquery('english', _terms[i]);
    -- Words that are in every English text are not looked for.
    CONTINUE WHEN numnode(_term) = 0;
    _exact := _exact && _term;
    _lexemes := _lexemes || tsvector_to_array(to_tsvector('english', _terms[i]));
    IF _names[i] <> '' THEN
      _term := _term || (
        SELECT string_agg('(' || w.readings || ')', ' & ')::tsquery
        FROM (
          SELECT string_agg(quote_literal(r.reading), ' | ') AS readings
          FROM string_to_table(_names[i], ' ') WITH ORDINALITY AS n(word, place),
            string_to_table(n.word, '|') AS r(reading)
          GROUP BY n.place) w);
    END IF;
    _likely := _likely && _term;
  END LOOP;

  RETURN QUERY
  SELECT h.stream_kind, h.stream_id, h.kind, h.number, h.source_id, h.predicate, h.is_negative,
    h.target, h.tags, h.text, h.quote, h.more, h.locator, h.recorded_at, h.recorded_by,
    h.recorded_position, h.is_approximate, h.hits,
    ARRAY(
      SELECT DISTINCT t.token
      FROM ts_parse('default', concat_ws(' ', h.text, h.quote, h.more)) t
      WHERE tsvector_to_array(to_tsvector('english', t.token)) && _lexemes)
  FROM (
    SELECT v.*, NOT v.words @@ _exact AS is_approximate, count(*) OVER () AS hits,
      ts_rank(v.words, _likely, 1) AS rank
    FROM dossier.search_view v
    JOIN dossier.active_generation a
      ON a.casebook_id = v.casebook_id AND a.generation_id = v.generation_id
        AND a.view = 'search_view'
    WHERE v.casebook_id = _casebook_id AND v.words @@ _likely
      AND v.from_position <= _position
      AND (v.to_position IS NULL OR v.to_position > _position)
      AND (_cases IS NULL OR v.stream_kind = 'case' AND v.stream_id = ANY (_cases))
      AND (_sources IS NULL OR v.source_id = ANY (_sources))
      AND (_predicate IS NULL OR v.predicate = _predicate
        OR right(_predicate, 1) = '*' AND starts_with(v.predicate, left(_predicate, -1)))
      AND (_tag IS NULL OR _tag = ANY (v.tags))
      AND (_recorded_by IS NULL OR v.recorded_by = _recorded_by)
      AND (_after IS NULL OR v.recorded_position > _after)
      AND (_until IS NULL OR v.recorded_position <= _until)
    ORDER BY is_approximate, rank DESC, v.stream_kind, v.stream_id, v.kind, v.number
    LIMIT _limit) h
  ORDER BY h.is_approximate, h.rank DESC, h.stream_kind, h.stream_id, h.kind, h.number;
END
$$;
