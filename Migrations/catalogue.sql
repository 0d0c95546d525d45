-- What the log is made of, in words: a row for each property of each object, in order. The answer is the same on
-- every version of PostgreSQL, and after a dump and its restore, where search_path is pg_catalog (so that every
-- other name is qualified), standard_conforming_strings on and quote_all_identifiers off. Order of columns, storage
-- and statistics are nobody's business, nor are the schemas of saved moments: they show what views hold, with the
-- reader's own rights.
WITH
schema AS (SELECT n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_namespace n WHERE n.nspname = 'dossier'),
relation AS (
  SELECT c.*,
    CASE c.relkind
      WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
      ELSE 'type' END || ' ' || c.oid::regclass AS object
  FROM pg_class c
  WHERE c.relnamespace = (SELECT oid FROM schema) AND c.relkind NOT IN ('i', 'I')
),
-- Whatever acts as the owner, wherever it is.
function AS (
  SELECT p.*,
    CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
      || ' ' || p.oid::regprocedure AS object
  FROM pg_proc p
  WHERE p.pronamespace = (SELECT oid FROM schema) OR p.proowner = to_regrole('dossier_owner')
),
-- What each object lets others than its owner do.
privilege AS (
  SELECT 'schema ' || s.nspname AS object, '' AS part, s.nspowner AS owner, s.nspacl AS acl FROM schema s
  UNION ALL
  SELECT r.object, '', r.relowner, r.relacl FROM relation r
  UNION ALL
  SELECT r.object, ' on ' || quote_ident(a.attname), r.relowner, a.attacl
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
  UNION ALL
  SELECT f.object, '', f.proowner, coalesce(f.proacl, acldefault('f', f.proowner)) FROM function f
  UNION ALL
  SELECT 'new ' || CASE d.defaclobjtype
      WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
      ELSE 'schemas' END
      || ' of ' || d.defaclrole::regrole
      || CASE d.defaclnamespace WHEN 0 THEN '' ELSE ' in ' || d.defaclnamespace::regnamespace END,
    '', d.defaclrole, d.defaclacl
  FROM (
    SELECT d.defaclobjtype, d.defaclrole, d.defaclnamespace, d.defaclacl FROM pg_default_acl d
    UNION ALL
    -- What PostgreSQL lets PUBLIC do with a new function is no row until it has been taken back.
    SELECT 'f', o.oid, 0, acldefault('f', o.oid) FROM pg_roles o
    WHERE o.rolname = 'dossier_owner' AND NOT EXISTS (
      SELECT FROM pg_default_acl d
      WHERE d.defaclrole = o.oid AND d.defaclobjtype = 'f' AND d.defaclnamespace = 0)) d
  WHERE d.defaclrole = to_regrole('dossier_owner')
),
granted AS (
  SELECT p.object, p.part, a.grantee,
    string_agg(DISTINCT a.privilege_type
      || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END, ', ') AS privileges
  FROM privilege p CROSS JOIN LATERAL aclexplode(p.acl) a
  WHERE a.grantee <> p.owner
  GROUP BY p.object, p.part, a.grantee
)
SELECT x.object,
  -- On one line each, without tabs.
  translate(x.property, chr(9) || chr(10) || chr(13), '␉␤␍') AS property,
  translate(x.value, chr(9) || chr(10) || chr(13), '␉␤␍') AS value
FROM (
  SELECT 'schema ' || s.nspname, 'owner', s.nspowner::regrole::text FROM schema s
  UNION ALL
  SELECT r.object, 'owner', r.relowner::regrole::text FROM relation r
  UNION ALL
  SELECT r.object, 'row security',
    CASE WHEN NOT r.relrowsecurity THEN 'off' WHEN r.relforcerowsecurity THEN 'on, for the owner too' ELSE 'on' END
  FROM relation r WHERE r.relkind IN ('r', 'p')
  UNION ALL
  SELECT r.object, 'kept', CASE r.relpersistence WHEN 'p' THEN 'always' ELSE 'until a crash' END
  FROM relation r WHERE r.relkind IN ('r', 'p', 'S')
  UNION ALL
  SELECT r.object, 'query', pg_get_viewdef(r.oid) FROM relation r WHERE r.relkind IN ('v', 'm')
  UNION ALL
  SELECT r.object, 'column ' || quote_ident(a.attname),
    concat_ws(' ', format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation NOT IN (0, t.typcollation) THEN 'collate ' || a.attcollation::regcollation END,
      CASE WHEN a.attnotnull THEN 'not null' END,
      CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
      CASE a.attgenerated WHEN '' THEN 'default' ELSE 'generated' END
        || ' ' || pg_get_expr(d.adbin, d.adrelid))
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE r.relkind <> 'S'
  UNION ALL
  -- A foreign key is what its triggers make of it.
  SELECT r.object, 'constraint ' || quote_ident(c.conname), pg_get_constraintdef(c.oid)
    || CASE c.contype WHEN 'f' THEN (
        SELECT ', asked by ' || count(*) || ' triggers' FROM pg_trigger t
        WHERE t.tgconstraint = c.oid AND t.tgenabled = 'O') ELSE '' END
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
  WHERE c.contype NOT IN ('n', 't')
  UNION ALL
  SELECT r.object, 'index ' || quote_ident(c.relname),
    pg_get_indexdef(i.indexrelid)
      || CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN '' ELSE ', not in use' END
  FROM relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class c ON c.oid = i.indexrelid
  UNION ALL
  SELECT r.object, 'trigger ' || quote_ident(t.tgname),
    pg_get_triggerdef(t.oid) || ', fires ' || CASE
      WHEN NOT r.relhastriggers THEN 'never'
      ELSE CASE t.tgenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'in ordinary sessions only'
        WHEN 'R' THEN 'in replicas only' ELSE 'never' END END
  FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid
  WHERE NOT t.tgisinternal
  UNION ALL
  SELECT r.object, 'policy ' || quote_ident(p.polname),
    concat_ws(' ',
      CASE WHEN p.polpermissive THEN 'permits' ELSE 'restricts' END,
      CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete'
        ELSE 'all' END,
      'to', array_to_string(ARRAY(
        SELECT CASE m WHEN 0 THEN 'PUBLIC' ELSE m::regrole::text END COLLATE "C"
        FROM unnest(p.polroles) m ORDER BY 1), ', '),
      'using ' || regexp_replace(pg_get_expr(p.polqual, p.polrelid), '[[:space:]]+', ' ', 'g'),
      'with check ' || regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '[[:space:]]+', ' ', 'g'))
  FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
  UNION ALL
  SELECT r.object, 'rule ' || quote_ident(w.rulename), pg_get_ruledef(w.oid)
  FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
  WHERE w.rulename <> '_RETURN'
  UNION ALL
  SELECT r.object, 'rows of ' || CASE i.inhparent WHEN r.oid THEN i.inhrelid ELSE i.inhparent END::regclass,
    CASE i.inhparent WHEN r.oid THEN 'are its own' ELSE 'are these too' END
  FROM relation r JOIN pg_inherits i ON r.oid IN (i.inhparent, i.inhrelid)
  UNION ALL
  SELECT r.object, 'written by a subscription', s.srsubid::text
  FROM relation r JOIN pg_subscription_rel s ON s.srrelid = r.oid
  UNION ALL
  SELECT f.object, p.name, p.value
  FROM function f
  JOIN pg_language l ON l.oid = f.prolang
  CROSS JOIN LATERAL (VALUES
    ('owner', f.proowner::regrole::text),
    ('arguments', nullif(pg_get_function_arguments(f.oid), '')),
    ('returns', pg_get_function_result(f.oid)),
    ('behaviour', concat_ws(', ', l.lanname,
      CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
      CASE WHEN f.prosecdef THEN 'as its owner' ELSE 'as its caller' END,
      CASE WHEN f.proisstrict THEN 'strict' END,
      CASE WHEN f.proleakproof THEN 'leakproof' END,
      'parallel ' || CASE f.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END)),
    ('settings', array_to_string(f.proconfig, '; ')),
    ('body', 'SHA-256 ' || encode(sha256(convert_to(concat_ws(' ', f.prosrc, f.probin,
      CASE f.prokind WHEN 'a' THEN NULL ELSE pg_get_function_sqlbody(f.oid) END), 'UTF8')), 'hex'))
  ) AS p(name, value)
  WHERE p.value IS NOT NULL
  UNION ALL
  SELECT g.object, 'privileges of ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END || g.part,
    g.privileges
  FROM granted g
  UNION ALL
  SELECT 'role ' || quote_ident(o.rolname), 'may', coalesce(nullif(concat_ws(', ',
    CASE WHEN o.rolcanlogin THEN 'log in' END, CASE WHEN o.rolsuper THEN 'do anything' END,
    CASE WHEN o.rolcreaterole THEN 'create roles' END, CASE WHEN o.rolcreatedb THEN 'create databases' END,
    CASE WHEN o.rolreplication THEN 'replicate' END,
    CASE WHEN o.rolbypassrls THEN 'bypass row security' END), ''), 'what it is granted')
  FROM pg_roles o
  WHERE o.rolname = 'dossier_owner' OR o.oid IN (SELECT g.grantee FROM granted g)
  UNION ALL
  SELECT 'event trigger ' || quote_ident(e.evtname), p.name, p.value
  FROM pg_event_trigger e
  JOIN pg_proc f ON f.oid = e.evtfoid
  CROSS JOIN LATERAL (VALUES
    ('calls', f.oid::regprocedure::text),
    ('at', e.evtevent || coalesce(' of ' || array_to_string(e.evttags, ', '), '')),
    ('fires', CASE
      WHEN current_setting('event_triggers', true) = 'off' THEN 'never'
      ELSE CASE e.evtenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'in ordinary sessions only'
        WHEN 'R' THEN 'in replicas only' ELSE 'never' END END)
  ) AS p(name, value)
  WHERE f.pronamespace = (SELECT oid FROM schema)
  UNION ALL
  -- Operators, types of their own and whatever else a schema can hold.
  SELECT i.type || ' ' || i.identity, 'belongs to', 'the schema'
  FROM pg_depend d
  CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
  WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = (SELECT oid FROM schema)
    AND d.classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_default_acl'::regclass)
    AND NOT EXISTS (
      SELECT FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
      WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND c.relkind <> 'c')
) AS x(object, property, value)
ORDER BY x.object COLLATE "C", x.property COLLATE "C", x.value COLLATE "C"
