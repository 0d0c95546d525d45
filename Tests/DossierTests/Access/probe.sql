-- What is tried on a database of the matrix, by whoever asks: everything is undone at once.
CREATE SCHEMA workshop;
GRANT USAGE, CREATE ON SCHEMA workshop TO PUBLIC;

-- The relations of Dossier's: those of its schema, and of the schemas of saved moments; and the schemas themselves.
CREATE VIEW workshop.relation AS
WITH schema AS (
  SELECT n.oid, n.nspname FROM pg_namespace n
  WHERE n.nspname = 'dossier' OR pg_get_userbyid(n.nspowner) = 'dossier_owner')
SELECT n.oid, format('%I.*', n.nspname) AS name, 'n'::"char" AS kind FROM schema n
UNION ALL
SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind
FROM pg_class c JOIN schema n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S');
GRANT SELECT ON workshop.relation TO PUBLIC;

-- What is tried on a relation: a letter for what it takes, as in PostgreSQL's own lists of privileges, and a statement.
-- L is a lock that keeps others from something, be it of the table or of its rows.
CREATE FUNCTION workshop.attempts(_relation oid, _name text, _kind "char")
RETURNS TABLE (letter text, statement text)
LANGUAGE sql
AS $$
  SELECT a.letter, format(a.statement, _name, quote_ident(c.attname))
  FROM pg_attribute c
  CROSS JOIN (VALUES
    ('r', 'SELECT %2$s FROM %1$s'), ('a', 'INSERT INTO %1$s (%2$s) VALUES (DEFAULT)'),
    ('w', 'UPDATE %1$s SET %2$s = DEFAULT')) AS a(letter, statement)
  WHERE c.attrelid = _relation AND c.attnum > 0 AND NOT c.attisdropped AND _kind NOT IN ('S', 'n')
  UNION ALL
  SELECT a.letter, format(a.statement, _name)
  FROM (VALUES
    ('d', 'DELETE FROM %s'), ('D', 'TRUNCATE %s CASCADE'),
    ('t', 'CREATE TRIGGER tried BEFORE INSERT ON %s EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()'),
    ('L', 'SELECT FROM %s FOR KEY SHARE'), ('L', 'SELECT FROM %s FOR SHARE'),
    ('L', 'SELECT FROM %s FOR NO KEY UPDATE'), ('L', 'SELECT FROM %s FOR UPDATE'),
    ('r', 'LOCK TABLE %s IN ACCESS SHARE MODE'), ('L', 'LOCK TABLE %s IN ROW SHARE MODE'),
    ('L', 'LOCK TABLE %s IN ROW EXCLUSIVE MODE'),
    ('L', 'LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE'), ('L', 'LOCK TABLE %s IN SHARE MODE'),
    ('L', 'LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE'), ('L', 'LOCK TABLE %s IN EXCLUSIVE MODE'),
    ('L', 'LOCK TABLE %s IN ACCESS EXCLUSIVE MODE')) AS a(letter, statement)
  WHERE _kind NOT IN ('S', 'n')
  UNION ALL
  SELECT 'C', format('CREATE TABLE %s ()', replace(_name, '*', 'tried')) WHERE _kind = 'n'
  UNION ALL
  SELECT 'x', format('CREATE TABLE workshop.tried (%s, FOREIGN KEY (%s) REFERENCES %s (%2$s))',
    string_agg(format('%I %s', c.attname, format_type(c.atttypid, c.atttypmod)), ', '),
    string_agg(quote_ident(c.attname), ', '), _name)
  FROM pg_index i JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = ANY (i.indkey)
  WHERE i.indrelid = _relation AND i.indisprimary
  HAVING count(*) > 0
  UNION ALL
  SELECT a.letter, format(a.statement, _name)
  FROM (VALUES
    ('r', 'SELECT last_value FROM %s'), ('U', 'SELECT nextval(%L)'), ('w', 'SELECT setval(%L, 1)')
  ) AS a(letter, statement)
  WHERE _kind = 'S'
$$;

-- Tries a statement and undoes it; returns null when it was let through, else the code of the refusal.
CREATE FUNCTION workshop.refusal(_statement text) RETURNS text
LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE _statement;
  RAISE EXCEPTION SQLSTATE 'ZZ000';
EXCEPTION
  -- Let through, if only to find that the row is none.
  WHEN SQLSTATE 'ZZ000' OR integrity_constraint_violation OR generated_always THEN RETURN NULL;
  WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

-- Whose rows one sees of a relation; '-' stands for rows that are of no casebook.
CREATE FUNCTION workshop.seen(_relation oid, _name text) RETURNS text[]
LANGUAGE plpgsql
AS $$
DECLARE
  _column CONSTANT text := CASE
    WHEN EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = _relation AND a.attname = 'casebook_id')
    THEN 'casebook_id::text' ELSE '''-''::text' END;
  _seen text[];
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT %s) FROM %s', _column, _name) INTO _seen;
  RETURN coalesce(_seen, '{}');
EXCEPTION WHEN insufficient_privilege THEN RETURN '{}';
END
$$;

-- What one may do with each relation, with which codes one is refused the rest, and whose rows one sees.
CREATE FUNCTION workshop.tables()
RETURNS TABLE (name text, is_table boolean, may text, refusals text[], seen text[])
LANGUAGE sql
AS $$
  SELECT r.name, r.kind <> 'v',
    coalesce(string_agg(DISTINCT a.letter, '' ORDER BY a.letter) FILTER (WHERE t.refusal IS NULL), ''),
    coalesce(array_agg(DISTINCT t.refusal) FILTER (WHERE t.refusal IS NOT NULL), '{}'),
    CASE r.kind WHEN 'n' THEN '{}' ELSE workshop.seen(r.oid, r.name) END
  FROM workshop.relation r
  CROSS JOIN LATERAL workshop.attempts(r.oid, r.name, r.kind) a
  CROSS JOIN LATERAL (SELECT workshop.refusal(a.statement) OFFSET 0) AS t(refusal)
  GROUP BY r.oid, r.name, r.kind
  ORDER BY r.name
$$;

-- The state of every table, casebook by casebook.
CREATE FUNCTION workshop.states() RETURNS TABLE (part text, state numeric)
LANGUAGE plpgsql SECURITY DEFINER
AS $$
BEGIN
  RETURN QUERY EXECUTE (
    SELECT string_agg(format(
      'SELECT %L || '' '' || %s AS part, sum(hashtextextended(t::text, 0)) AS state FROM %s t GROUP BY 1',
      c.relname, CASE WHEN a.attname IS NULL THEN '''-''' ELSE 't.casebook_id' END, c.oid::regclass),
      ' UNION ALL ')
    FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'casebook_id'
    WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r');
END
$$;

-- The arguments of a call: what is null, nothing, or something of one of the casebooks, as the turn has it.
CREATE FUNCTION workshop.arguments(_function oid, _turn integer, _casebooks uuid[]) RETURNS text
LANGUAGE sql
AS $$
  SELECT coalesce(string_agg(format('%s::%s',
    CASE
      WHEN _turn = 0 THEN 'NULL'
      -- Each turn is about one casebook; all else is mixed.
      WHEN t.type = 'uuid' THEN quote_nullable(p.pool[1 + _turn % cardinality(p.pool)])
      ELSE quote_nullable(p.pool[1 + abs(hashint8(_turn * 1000 + a.n)) % cardinality(p.pool)])
    END, t.type), ', ' ORDER BY a.n), '')
  FROM pg_proc f
  CROSS JOIN LATERAL unnest(f.proargtypes) WITH ORDINALITY AS a(type, n)
  CROSS JOIN LATERAL (
    SELECT CASE format_type(a.type, NULL)
      WHEN 'anyelement' THEN 'integer' WHEN 'anyarray' THEN 'integer[]'
      ELSE format_type(a.type, NULL) END) AS t(type)
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN t.type = 'uuid' THEN _casebooks::text[] || '00000000-0000-0000-0000-000000000000'::text
      WHEN t.type LIKE '%[]' THEN '{"{}"}'
      WHEN t.type = 'text' THEN '{claim_view,case_view,rebuild,follow,event,case,notes,""}'
      WHEN t.type IN ('bigint', 'integer') THEN '{0,1,2,3,4}'
      WHEN t.type = 'boolean' THEN '{t,f}'
      WHEN t.type IN ('json', 'jsonb') THEN '{"{}"}'
      WHEN t.type = 'jsonpath' THEN '{$}'
      WHEN t.type = 'bytea' THEN '{""}'
      WHEN t.type = 'date' THEN '{1955-01-01}'
      WHEN t.type LIKE 'timestamp%' THEN '{epoch,infinity}'
      WHEN t.type = 'regrole' THEN '{dossier_owner}'
    END::text[]) AS p(pool)
  WHERE f.oid = _function
$$;

-- Calls a function and undoes what it did. Returns the code of the refusal, null when there was none, and what it
-- changed: tables and casebooks. Nothing is written without a lock that says so.
CREATE FUNCTION workshop.call(
  _statement text, _parts text[], _states numeric[], OUT refusal text, OUT changed text[])
LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE _statement;
  IF EXISTS (
    SELECT FROM pg_locks l
    WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation'
      AND l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
  THEN
    SELECT array_agg(coalesce(b.part, a.part)) INTO changed
    FROM unnest(_parts, _states) AS b(part, state)
    FULL JOIN workshop.states() a ON a.part = b.part
    WHERE a.state IS DISTINCT FROM b.state;
  END IF;
  RAISE EXCEPTION SQLSTATE 'ZZ000';
EXCEPTION
  WHEN SQLSTATE 'ZZ000' THEN RETURN;
  WHEN OTHERS THEN
    refusal := SQLSTATE || CASE WHEN SQLERRM LIKE 'permission denied for %' THEN ' ' || SQLERRM ELSE '' END;
END
$$;

-- Which functions one may execute, whether calls of those that one may not are refused, and what calls changed.
CREATE FUNCTION workshop.functions(_casebooks uuid[], _turns integer)
RETURNS TABLE (name text, may boolean, refusals text[], succeeded bigint, changed text[])
LANGUAGE plpgsql
AS $$
DECLARE
  _parts text[];
  _states numeric[];
BEGIN
  SELECT array_agg(s.part), array_agg(s.state) INTO _parts, _states FROM workshop.states() s;
  RETURN QUERY
  SELECT f.proname::text,
    has_schema_privilege('dossier', 'USAGE') AND has_function_privilege(f.oid, 'EXECUTE'),
    coalesce(array_agg(DISTINCT c.refusal) FILTER (WHERE c.refusal IS NOT NULL), '{}'),
    count(*) FILTER (WHERE c.refusal IS NULL),
    coalesce(array_agg(DISTINCT p.part) FILTER (WHERE p.part IS NOT NULL), '{}')
  FROM pg_proc f
  CROSS JOIN generate_series(0, _turns) AS turn
  CROSS JOIN LATERAL (
    SELECT format('SELECT dossier.%I(%s)', f.proname, workshop.arguments(f.oid, turn, _casebooks))
    OFFSET 0) AS s(statement)
  CROSS JOIN LATERAL workshop.call(s.statement, _parts, _states) c
  LEFT JOIN LATERAL unnest(c.changed) AS p(part) ON true
  WHERE f.pronamespace = 'dossier'::regnamespace
  GROUP BY f.oid, f.proname
  ORDER BY f.proname;
END
$$;
