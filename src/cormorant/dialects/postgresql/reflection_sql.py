"""The questions put to PostgreSQL's catalogs, as text. `:oids` is the text of an array of the objects asked about."""

from __future__ import annotations

_OF_OBJECTS = "= ANY (CAST(CAST(:oids AS text) AS oid[]))"
_RELATIONS = "FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
VISIBLE = "pg_catalog.pg_table_is_visible(c.oid) AND n.nspname != 'pg_catalog'"
IN_SCHEMA = "n.nspname = :schema"

SCHEMAS = "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname"
OBJECTS = f"SELECT c.oid, c.relname {_RELATIONS} WHERE c.relkind IN ({{kinds}}) AND {{place}}"
HAS_MANY = (
    f"SELECT c.relname {_RELATIONS} WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {{place}} AND c.relname IN :names"
)
HAS_SEQUENCE = f"SELECT 1 {_RELATIONS} WHERE c.relkind = 'S' AND c.relname = :name AND {{place}}"
HAS_INDEX = (
    f"SELECT 1 {_RELATIONS} JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid "
    "JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid "
    "WHERE x.relname = :index AND c.relname = :name AND NOT i.indisprimary AND {place}"
)
VIEW_DEFINITION = (
    f"SELECT pg_catalog.pg_get_viewdef(c.oid) {_RELATIONS} "
    "WHERE c.relkind IN ('v', 'm') AND c.relname = :name AND {place}"
)

COLUMNS = f"""
SELECT a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression, CAST(a.attgenerated AS text) AS attgenerated,
    CAST(a.attidentity AS text) AS attidentity,
    pg_catalog.col_description(a.attrelid, a.attnum) AS comment, l.collname AS collation,
    s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation AND a.attcollation != t.typcollation
LEFT JOIN pg_catalog.pg_depend AS p ON a.attidentity != '' AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
    AND p.deptype = 'i' AND p.classid = CAST('pg_catalog.pg_class' AS regclass)
LEFT JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = p.objid
WHERE a.attrelid {_OF_OBJECTS} AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
"""
"""Every column. `expression` is the default, or what a generated column is computed by."""

KEYS = f"""
SELECT o.conrelid, o.conname, a.attname, k.place <= i.indnkeyatts AS is_key, {{nulls}} AS nulls_not_distinct,
    pg_catalog.obj_description(o.oid, 'pg_constraint') AS comment
FROM pg_catalog.pg_constraint AS o
JOIN pg_catalog.pg_index AS i ON i.indexrelid = o.conindid
CROSS JOIN LATERAL generate_series(1, i.indnatts) AS k (place)
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = o.conrelid AND a.attnum = i.indkey[k.place - 1]
WHERE o.conrelid {_OF_OBJECTS} AND o.contype = '{{kind}}'
ORDER BY o.conrelid, o.conname, k.place
"""
"""Primary keys (kind p) or unique constraints (u), a row for each column, included ones last."""

FOREIGN_KEYS = f"""
SELECT o.conrelid, o.conname, a.attname, r.relname, m.nspname, b.attname AS referred,
    pg_catalog.pg_table_is_visible(r.oid) AS is_visible,
    CAST(o.confupdtype AS text) AS confupdtype, CAST(o.confdeltype AS text) AS confdeltype,
    CAST(o.confmatchtype AS text) AS confmatchtype, o.condeferrable, o.condeferred,
    {{set_columns}} AS set_columns, pg_catalog.obj_description(o.oid, 'pg_constraint') AS comment
FROM pg_catalog.pg_constraint AS o
JOIN pg_catalog.pg_class AS r ON r.oid = o.confrelid
JOIN pg_catalog.pg_namespace AS m ON m.oid = r.relnamespace
CROSS JOIN LATERAL generate_series(1, array_length(o.conkey, 1)) AS k (place)
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[k.place]
JOIN pg_catalog.pg_attribute AS b ON b.attrelid = o.confrelid AND b.attnum = o.confkey[k.place]
WHERE o.conrelid {_OF_OBJECTS} AND o.contype = 'f'
ORDER BY o.conrelid, o.conname, k.place
"""
"""Foreign keys, a row for each column."""
SET_COLUMNS = (
    "(SELECT string_agg(quote_ident(x.attname), ', ' ORDER BY x.attnum) FROM pg_catalog.pg_attribute AS x "
    "WHERE x.attrelid = o.conrelid AND x.attnum = ANY (o.confdelsetcols))"
)

CHECKS = f"""
SELECT o.conrelid, o.conname, pg_catalog.pg_get_constraintdef(o.oid, true) AS definition, o.convalidated,
    o.connoinherit, pg_catalog.obj_description(o.oid, 'pg_constraint') AS comment
FROM pg_catalog.pg_constraint AS o
WHERE o.conrelid {_OF_OBJECTS} AND o.contype = 'c'
ORDER BY o.conrelid, o.conname
"""

INDEXES = f"""
SELECT i.indrelid, x.relname, i.indisunique, m.amname, x.reloptions, o.conname,
    pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition, {{nulls}} AS nulls_not_distinct,
    k.place <= i.indnkeyatts AS is_key, i.indkey[k.place - 1] = 0 AS is_expression,
    CASE WHEN i.indkey[k.place - 1] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true) ELSE a.attname END
        AS element,
    CASE WHEN m.amname = 'btree' AND k.place <= i.indnkeyatts THEN i.indoption[k.place - 1] ELSE 0 END AS sorting,
    CASE WHEN q.opcdefault THEN NULL ELSE q.opcname END AS operators
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
CROSS JOIN LATERAL generate_series(1, i.indnatts) AS k (place)
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1]
LEFT JOIN pg_catalog.pg_opclass AS q ON k.place <= i.indnkeyatts AND q.oid = i.indclass[k.place - 1]
LEFT JOIN pg_catalog.pg_constraint AS o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x')
WHERE i.indrelid {_OF_OBJECTS} AND NOT i.indisprimary
ORDER BY i.indrelid, x.relname, k.place
"""
"""Indexes other than those of primary keys, a row for each column or expression, included columns last."""

COMMENTS = f"""
SELECT d.objoid, d.description FROM pg_catalog.pg_description AS d
WHERE d.objoid {_OF_OBJECTS} AND d.objsubid = 0 AND d.classoid = CAST('pg_catalog.pg_class' AS regclass)
"""

OPTIONS = f"""
SELECT c.oid, c.reloptions,
    ARRAY(SELECT CAST(p.relname AS text) FROM pg_catalog.pg_inherits AS h
        JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent WHERE h.inhrelid = c.oid ORDER BY h.inhseqno) AS parents
FROM pg_catalog.pg_class AS c WHERE c.oid {_OF_OBJECTS} AND c.relkind IN ('r', 'p', 'f')
"""

_TYPES = "FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace"
HAS_TYPE = f"SELECT 1 {_TYPES} WHERE t.typname = :name AND {{place}}"
ENUMS = f"""
SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid) AS is_visible,
    ARRAY(SELECT CAST(e.enumlabel AS text) FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid
        ORDER BY e.enumsortorder) AS labels
{_TYPES} WHERE t.typtype = 'e' AND {{place}} ORDER BY n.nspname, t.typname
"""
DOMAINS = f"""
SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid) AS is_visible,
    pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull, t.typdefault, l.collname,
    CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN NULL ELSE f.nspname END AS collation_schema,
    o.conname, pg_catalog.pg_get_constraintdef(o.oid, true) AS definition
{_TYPES}
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = t.typcollation
LEFT JOIN pg_catalog.pg_namespace AS f ON f.oid = l.collnamespace
LEFT JOIN pg_catalog.pg_constraint AS o ON o.contypid = t.oid AND o.contype = 'c'
WHERE t.typtype = 'd' AND {{place}} ORDER BY n.nspname, t.typname, o.conname
"""
TYPE_PLACES = {None: "pg_catalog.pg_type_is_visible(t.oid)", "*": "true"}
"""For which schema -> where to look for types; another schema is looked for by its name."""
