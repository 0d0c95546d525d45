-- Search by words as they are written: numbers after a dash or a slash, parts of names and addresses,
-- and Russian and Ukrainian words in every form.

-- A text as its words, each as it is written, with spaces between them and nothing else. The parser of
-- text search would take a dash before a figure for a sign, and a slash for a part of a path.
CREATE FUNCTION dossier.written_words(_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on
AS $$
  SELECT regexp_replace(
    _text,
    -- Signs, and what else is no letter and no digit; not those that stand within words, soft hyphens,
    -- accents and the like.
    '[\u0001-/:-@[-`{-\u00A9\u00AB\u00AC\u00AE-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7'
    '\u02BB-\u02BF\u02C2-\u02DF\u037E\u0387\u055A-\u055F\u0589\u05BE\u060C\u061B\u061F'
    '\u2000-\u200B\u2010-\u2029\u202F-\u205F\u2070-\u2129\u212C-\u214F\u2190-\u2BFF\u2E00-\u2E7F'
    '\u3000-\u3004\u3007-\u303F\u30FB\uFE10-\uFE1F\uFE30-\uFE6F\uFF01-\uFF0F\uFF1A-\uFF20'
    '\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFD\U0001F000-\U0001FAFF]+',
    ' ', 'g')
$$;

-- The forms under which a Cyrillic word in lower case is found: two words are one in two forms if they
-- have one in common. PostgreSQL's Russian stemmer knows verbs, but takes Скачков for a plural of скачок
-- and not for the name that Скачкова is a form of, and капитан for another word than капитану; so its
-- stem stands beside what is left of a noun or a name without its ending. A ҁ at its end says that the
-- word is a name, of which Петр is no form of Петров.
CREATE FUNCTION dossier.word_forms(_word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on
AS $$
DECLARE
  -- Letters of Ukrainian, Belarusian and the old orthography are read as Russian ones.
  _plain CONSTANT text := regexp_replace(
    translate(
      _word,
      'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЄІЇҐЎѢѲѴёєіїґўѣѳѵҁ',
      'абвгдежзийклмнопрстуфхцчшщъыьэюяееиигуефиееиигуефи'),
    'ъ$', '');
  _base CONSTANT text := coalesce(
    -- Names in -ов, -ев, -ин and -ын.
    substring(_plain FROM '^(.{2,}[оеиы][вн])(?:а|у|ы|и|е|ой|ою|[ыи]м|[ыи]х|[ыи]ми)?$'),
    substring(_plain FROM
      '^(.{2,}?)(?:и?ями|ами|[ое]го|[ое]му|[ыи]ми|[ое]ви|ая|яя|ое|[ыи]е|ой|ою|ои|[ыи]й|ую|юю'
      '|[ыиое]м|[ыи]х|[ая]х|[ая]м|[аяоеыиуюьй])$'),
    _plain);
BEGIN
  -- No word of that length has forms.
  IF length(_word) > 60 THEN
    RETURN ARRAY[_word];
  END IF;
  RETURN ARRAY(
    SELECT DISTINCT f.form
    FROM unnest(
      CASE WHEN right(_word, 1) <> 'ҁ' THEN ts_lexize('russian_stem', _plain) END
      || ARRAY[
        _base,
        -- Vowels that come and go: отец, отца; Павел, Павла; ошибок, ошибка.
        substring(_base FROM '^(.*[^аеиоуыэюя])[ое][кцнлр]$') || right(_base, 1),
        -- гражданин, граждане; время, времени; Львів, Львова; Київ, Києва; документові, документ.
        substring(_base FROM '^(.+[ая]н)ин$'), substring(_plain FROM '^(.+)мя$') || 'мен',
        substring(_plain FROM '^(..+)ив$') || 'ов', substring(_plain FROM '^(.+)ив$') || 'ев',
        substring(_plain FROM '^(...+)[ое]ви$'),
        -- Николай, Николая; Сергій, Сергієві.
        substring(_plain FROM '^(..+[аеиоу])(?:й|я|ю|ем|еви)$')]) AS f(form)
    WHERE f.form <> '');
END
$$;

-- The words of a text as they are searched, each at its place: English ones by their stems, Cyrillic
-- ones by all their forms.
CREATE FUNCTION dossier.search_vector(_text text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, dossier, pg_temp
SET standard_conforming_strings = on
AS $$
DECLARE
  _words text := dossier.written_words(_text);
BEGIN
  IF octet_length(_words) > length(_words) THEN
    -- Without soft hyphens, accents that are no part of a letter, joiners and marks of direction.
    _words := regexp_replace(
      normalize(_words, NFC),
      '[\u00AD\u02B9\u02BA\u0300-\u036F\u0483-\u0489\u200C-\u200F\u202A-\u202E\u2060-\u206F'
      '\uFE00-\uFE0F\uFEFF]+',
      '', 'g');
  END IF;
  IF _words !~ '[\u0400-\u052F]' THEN
    RETURN to_tsvector('english', _words);
  END IF;
  -- A word in -ов with a capital is a name, and no plural.
  _words := regexp_replace(
    _words, '(^| )([А-ЯЁЄІЇҐ][а-яёєіїґ]{2,}[оеёє]в)(?= |$)', '\1\2ҁ', 'g');
  RETURN coalesce((
    SELECT string_agg(quote_literal(f.form) || ':' || array_to_string(l.positions, ','), ' ')::tsvector
    FROM unnest(to_tsvector('english', _words)) AS l,
      unnest(CASE
        WHEN l.lexeme ~ '[\u0400-\u052F]' THEN dossier.word_forms(l.lexeme)
        ELSE ARRAY[l.lexeme] END) AS f(form)), '');
END
$$;

-- A term to look for, its words side by side, each in any form; null if all of them are words that are
-- in every English text.
CREATE FUNCTION dossier.search_query(_term text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, dossier, pg_temp
AS $$
DECLARE
  _query tsquery;
  _any tsquery;
  _place integer;
  _last integer;
BEGIN
  FOR _any, _place IN
    SELECT string_agg(quote_literal(l.lexeme), ' | ')::tsquery, p.place
    FROM unnest(dossier.search_vector(_term)) AS l, unnest(l.positions) AS p(place)
    GROUP BY p.place
    ORDER BY p.place
  LOOP
    _query := CASE
      WHEN _query IS NULL THEN _any ELSE tsquery_phrase(_query, _any, _place - _last) END;
    _last := _place;
  END LOOP;
  RETURN _query;
END
$$;

-- What else analysts write has rows too. The words of a row are those of its texts, what it says first, and
-- the spellings-aside keys of the names in it, which the fold gives. A tsvector holds a megabyte;
-- whoever writes more is found by what comes first.
ALTER TABLE dossier.search_view
  DROP CONSTRAINT search_view_kind_check,
  ADD CONSTRAINT search_view_kind_check CHECK (
    kind IN ('claim', 'annotation', 'source', 'case', 'conclusion', 'dispute', 'reason')),
  DROP COLUMN words,
  ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(dossier.search_vector(left(text, 60000)), 'A')
    || setweight(dossier.search_vector(left(coalesce(quote, ''), 20000)), 'B')
    || setweight(dossier.search_vector(left(coalesce(more, ''), 20000)), 'C')
    || array_to_tsvector(names)) STORED;
CREATE INDEX search_view_words ON dossier.search_view USING gin (words);

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
  -- The words in the texts of all hits that are those looked for, as they are written there.
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
    _term := dossier.search_query(_terms[i]);
    CONTINUE WHEN _term IS NULL;
    _exact := _exact && _term;
    _lexemes := _lexemes || tsvector_to_array(dossier.search_vector(_terms[i]));
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
  WITH h AS MATERIALIZED (
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
    LIMIT _limit),
  w AS (
    SELECT DISTINCT t.word
    FROM h, string_to_table(
      dossier.written_words(concat_ws(' ', h.text, h.quote, h.more)), ' ') AS t(word)),
  f AS MATERIALIZED (
    SELECT coalesce(array_agg(w.word ORDER BY w.word COLLATE "C"), '{}') AS words FROM w
    WHERE tsvector_to_array(dossier.search_vector(w.word)) && _lexemes)
  SELECT h.stream_kind, h.stream_id, h.kind, h.number, h.source_id, h.predicate, h.is_negative,
    h.target, h.tags, h.text, h.quote, h.more, h.locator, h.recorded_at, h.recorded_by,
    h.recorded_position, h.is_approximate, h.hits, f.words
  FROM h, f
  ORDER BY h.is_approximate, h.rank DESC, h.stream_kind, h.stream_id, h.kind, h.number;
END
$$;
