"""The texts of MySQL: types, statements of its own, options of tables and indexes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def tables(sa: Any) -> SimpleNamespace:
    metadata = sa.MetaData()
    t = sa.Table(
        "tt",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("data", sa.String(50)),
        sa.Column("bar", sa.String(50)),
        sa.Column("n", sa.Integer),
        sa.Column("j", sa.JSON),
        sa.Column("k", sa.Integer, key="kk"),
    )
    o = sa.Table(
        "oo",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tid", sa.Integer),
        sa.Column("x", sa.String(50)),
        sa.Column("data", sa.String(50)),
        sa.Column("changed", sa.Integer, onupdate=5),
    )
    return SimpleNamespace(t=t, o=o)


def log_all(log: Any, dialect: Any, makers: list[Any]) -> None:
    for number, make in enumerate(makers):
        with log.raises(str(number)):
            compiled = make().compile(dialect=dialect)
            log(str(number), str(compiled), sorted(getattr(compiled, "params", {}).items(), key=str))


@program
def types(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.mysql")
    kinds = [
        m.BIGINT(),
        m.BIGINT(5),
        m.BIGINT(display_width=5, unsigned=True),
        m.BIGINT(unsigned=True, zerofill=True),
        m.INTEGER(),
        m.INTEGER(11),
        m.INTEGER(unsigned=True),
        m.INTEGER(display_width=4, zerofill=True),
        m.MEDIUMINT(7, unsigned=True),
        m.MEDIUMINT(),
        m.TINYINT(),
        m.TINYINT(1),
        m.TINYINT(1, unsigned=True, zerofill=True),
        m.SMALLINT(4, unsigned=True),
        m.SMALLINT(),
        m.BIT(),
        m.BIT(8),
        m.YEAR(),
        m.YEAR(4),
        m.YEAR(display_width=2),
        m.NUMERIC(),
        m.NUMERIC(10),
        m.NUMERIC(10, 2),
        m.NUMERIC(10, 2, unsigned=True),
        m.NUMERIC(precision=10, scale=2, zerofill=True, unsigned=True),
        m.DECIMAL(),
        m.DECIMAL(10),
        m.DECIMAL(10, 2),
        m.DECIMAL(10, 2, unsigned=True),
        m.DECIMAL(10, 2, asdecimal=False),
        m.FLOAT(),
        m.FLOAT(10),
        m.FLOAT(10, 2),
        m.FLOAT(10, 2, unsigned=True),
        m.FLOAT(unsigned=True),
        m.FLOAT(precision=24, zerofill=True),
        m.DOUBLE(),
        m.DOUBLE(10, 2),
        m.DOUBLE(10, 2, unsigned=True),
        m.DOUBLE(asdecimal=False),
        m.REAL(),
        m.REAL(10, 2),
        m.REAL(10, 2, unsigned=True),
        m.CHAR(),
        m.CHAR(5),
        m.CHAR(5, charset="utf8", collation="utf8_bin"),
        m.CHAR(5, charset="utf8"),
        m.CHAR(5, national=True),
        m.CHAR(5, national=True, charset="utf8", collation="x"),
        m.CHAR(5, ascii=True),
        m.CHAR(5, unicode=True),
        m.CHAR(5, binary=True),
        m.CHAR(5, binary=True, collation="y"),
        m.CHAR(5, ascii=True, binary=True),
        m.VARCHAR(5),
        m.VARCHAR(5, charset="utf8", collation="utf8_bin"),
        m.VARCHAR(5, national=True),
        m.VARCHAR(5, binary=True),
        m.VARCHAR(5, unicode=True),
        m.VARCHAR(5, ascii=True),
        m.VARCHAR(),
        m.NCHAR(),
        m.NCHAR(5),
        m.NCHAR(5, collation="z"),
        m.NCHAR(5, binary=True),
        m.NVARCHAR(5),
        m.NVARCHAR(5, collation="z"),
        m.NVARCHAR(),
        m.TEXT(),
        m.TEXT(500),
        m.TEXT(500, charset="latin1"),
        m.TEXT(collation="latin1_bin"),
        m.TEXT(unicode=True),
        m.TEXT(binary=True),
        m.TINYTEXT(),
        m.TINYTEXT(charset="utf8"),
        m.TINYTEXT(collation="utf8_bin"),
        m.MEDIUMTEXT(),
        m.MEDIUMTEXT(national=True),
        m.MEDIUMTEXT(ascii=True),
        m.MEDIUMTEXT(charset="utf8mb4"),
        m.LONGTEXT(),
        m.LONGTEXT(binary=True),
        m.LONGTEXT(charset="utf8mb4", collation="utf8mb4_bin"),
        m.TINYBLOB(),
        m.MEDIUMBLOB(),
        m.LONGBLOB(),
        m.BLOB(),
        m.BLOB(50),
        m.BINARY(),
        m.BINARY(20),
        m.VARBINARY(20),
        m.DATE(),
        m.DATETIME(),
        m.DATETIME(fsp=6),
        m.DATETIME(timezone=True),
        m.DATETIME(timezone=True, fsp=3),
        m.TIME(),
        m.TIME(fsp=5),
        m.TIME(timezone=True),
        m.TIMESTAMP(),
        m.TIMESTAMP(fsp=5),
        m.TIMESTAMP(timezone=True, fsp=2),
        m.ENUM("a", "b"),
        m.ENUM("a", "b", charset="utf8"),
        m.ENUM("a", "b", collation="utf8_bin"),
        m.ENUM("a", "b", national=True),
        m.ENUM("a", "b", name="foo", strict=True),
        m.ENUM("a", "b", binary=True, unicode=True),
        m.ENUM(),
        m.SET("a", "b"),
        m.SET("a", "b", charset="utf8"),
        m.SET("a", "b", collation="utf8_bin"),
        m.SET("a", "b", ascii=True),
        m.SET("", "a", retrieve_as_bitwise=True),
        m.SET("a,b", "c"),
        m.SET("a'b", "c"),
        m.SET(),
        m.JSON(),
        m.JSON(none_as_null=True),
        m.BOOLEAN(),
        m.BOOLEAN(create_constraint=True),
        m.INET4(),
        m.INET6(),
        m.CHAR(5, charset="u", unicode=True, ascii=True, binary=True, national=True),
    ]
    for kind in kinds:
        log("type", repr(kind), str(kind))
        with log.raises("text"):
            log("text", kind.compile(dialect=m.dialect()))
            log("cast", str(sa.cast(sa.column("x"), kind).compile(dialect=m.dialect())))


@program
def refused_types(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.mysql")
    for make in (lambda: m.DOUBLE(10), lambda: m.REAL(8), lambda: m.SET("", "a"), lambda: m.TINYTEXT(5)):
        with log.raises("refused", "both precision and scale"):
            make()


@program
def statements(sa: Any, orm: Any, log: Any) -> None:
    m, made = log.module("dialects.mysql"), tables(sa)
    log_all(
        log,
        m.dialect(),
        [
            lambda: m.match(made.t.c.data, against="x"),
            lambda: m.match(made.t.c.data, made.t.c.bar, against="x"),
            lambda: m.match(made.t.c.data, against="x").in_boolean_mode(),
            lambda: m.match(made.t.c.data, against="x").in_natural_language_mode(),
            lambda: m.match(made.t.c.data, against="x").with_query_expansion(),
            lambda: m.match(made.t.c.data, against="x").in_natural_language_mode().with_query_expansion(),
            lambda: m.match(made.t.c.data, against="x").in_boolean_mode().with_query_expansion(),
            lambda: m.match(made.t.c.data, against="x", in_boolean_mode=True),
            lambda: m.match(made.t.c.data, against="x", in_natural_language_mode=True, with_query_expansion=True),
            lambda: m.match(made.t.c.data, against="x", in_natural_language_mode=True, in_boolean_mode=True),
            lambda: m.match(made.t.c.data, against=sa.func.lower("X")),
            lambda: m.match(made.t.c.data, against=made.t.c.bar),
            lambda: m.match(made.t.c.data, against=sa.text("'x'")),
            lambda: sa.select(made.t.c.id).where(m.match(made.t.c.data, against="x")),
            lambda: (
                sa.select(made.t.c.id)
                .where(m.match(made.t.c.data, against="x").in_boolean_mode())
                .order_by(sa.desc(m.match(made.t.c.data, against="x")))
            ),
            lambda: sa.select(m.match(made.t.c.data, against="x").label("score")),
            lambda: sa.select(m.match(made.t.c.data, against="x")),
            lambda: sa.select(made.t.c.id).where(m.match(made.t.c.data, against="x") > 0.5),
            lambda: sa.select(made.t.c.id).where(~m.match(made.t.c.data, against="x")),
            lambda: sa.select(made.t.c.id).where(sa.not_(m.match(made.t.c.data, against="x").in_boolean_mode())),
            lambda: sa.select(made.t.c.id).where(sa.or_(m.match(made.t.c.data, against="x"), made.t.c.n == 1)),
            lambda: m.match(sa.func.lower(made.t.c.data), against="x"),
            lambda: sa.select(made.t.c.id).where(made.t.c.data.match("x")),
            lambda: sa.select(made.t.c.id).where(~made.t.c.data.match("x", mysql_boolean_mode=False)),
            lambda: sa.select(made.t.c.id).where(made.t.c.data.match("x", mysql_natural_language=True)),
            lambda: sa.select(made.t.c.id).where(
                made.t.c.data.match("x", mysql_boolean_mode=False, mysql_query_expansion=True)
            ),
            lambda: sa.select(made.t.c.id).where(
                made.t.c.data.match("x", mysql_boolean_mode=True, mysql_natural_language=True)
            ),
            lambda: sa.update(made.t).values(n=1).with_dialect_options(mysql_limit=5),
            lambda: sa.update(made.t).values(n=1).with_dialect_options(mysql_limit=0),
            lambda: sa.update(made.t).values(n=1).with_dialect_options(mysql_limit=None),
            lambda: (
                sa.update(made.t)
                .values(n=1)
                .where(made.t.c.id == 3)
                .with_dialect_options(mysql_limit=5, mariadb_limit=6)
            ),
            lambda: sa.update(made.t).values(n=1).with_dialect_options(mariadb_limit=6),
            lambda: sa.delete(made.t).with_dialect_options(mysql_limit=5),
            lambda: sa.delete(made.t).with_dialect_options(mariadb_limit=5),
            lambda: sa.delete(made.t).where(made.t.c.id == 5).with_dialect_options(mysql_limit=5),
            lambda: sa.update(made.t).values(n=1).ext(m.limit(5)),
            lambda: sa.delete(made.t).where(made.t.c.id == 1).ext(m.limit(5)),
            lambda: sa.update(made.t).values(n=1).ext(m.limit(sa.func.foo())),
            lambda: sa.delete(made.t).ext(m.limit(5)).ext(m.limit(7)),
            lambda: sa.delete(made.t).ext(m.limit(sa.literal(3))),
            lambda: sa.delete(made.t).ext(m.limit(sa.bindparam("lim"))),
            lambda: sa.delete(made.t).where(made.t.c.id == made.o.c.tid).ext(m.limit(5)),
            lambda: sa.update(made.t).where(made.t.c.id == made.o.c.tid).values(n=made.o.c.id).ext(m.limit(5)),
            lambda: m.limit(5),
            lambda: sa.update(made.t).where(made.t.c.id == made.o.c.tid).values(data=made.o.c.x),
            lambda: (
                sa.update(made.t)
                .where(made.t.c.id == made.o.c.tid)
                .values({made.t.c.data: made.o.c.x, made.o.c.x: "q"})
            ),
            lambda: (
                sa.update(made.t)
                .where(made.t.c.id == made.o.c.tid, made.o.c.x == "z")
                .values(data="q", bar=made.t.c.bar + "x")
            ),
            lambda: sa.delete(made.t).where(made.t.c.id == made.o.c.tid),
            lambda: sa.delete(made.t).where(made.t.c.id == made.o.c.tid, made.o.c.x == "z"),
            lambda: sa.delete(made.t.alias("q")).where(made.t.c.id == 1),
            lambda: sa.update(made.t.alias("q")).values(data="x"),
            lambda: sa.delete(made.t).where(made.t.c.id.in_(sa.select(made.o.c.tid))),
            lambda: sa.select(made.t).with_for_update(),
            lambda: sa.select(made.t).with_for_update(read=True),
            lambda: sa.select(made.t).with_for_update(nowait=True),
            lambda: sa.select(made.t).with_for_update(skip_locked=True),
            lambda: sa.select(made.t).with_for_update(read=True, nowait=True),
            lambda: sa.select(made.t).with_for_update(read=True, skip_locked=True),
            lambda: sa.select(made.t).with_for_update(of=made.t),
            lambda: sa.select(made.t).with_for_update(of=[made.t, made.o.c.id], nowait=True),
            lambda: sa.select(made.t).with_for_update(of=made.t.alias("z")),
            lambda: sa.select(made.t).with_for_update(key_share=True),
            lambda: sa.select(made.t.c.id).with_hint(made.t, "USE INDEX (foo)"),
            lambda: sa.select(made.t.c.id).with_hint(made.t, "USE INDEX (foo)", "mysql"),
            lambda: sa.select(made.t.c.id).with_hint(made.t, "USE INDEX (foo)", "mariadb"),
            lambda: sa.select(made.t.c.id).with_hint(made.t, "USE INDEX (%(name)s_idx)", "mysql"),
            lambda: (
                sa.select(made.t.c.id)
                .select_from(made.t.join(made.o, made.t.c.id == made.o.c.tid))
                .with_hint(made.o, "FORCE INDEX (x)", "mysql")
            ),
            lambda: (lambda a: sa.select(a.c.id).with_hint(a, "IGNORE INDEX (%(name)s)", "mysql"))(made.t.alias("al")),
            lambda: sa.select(made.t.c.id).with_statement_hint("LOCK IN SHARE MODE"),
            lambda: sa.select(made.t.c.id).with_statement_hint("/*+ MAX_EXECUTION_TIME(5) */", "mysql"),
            lambda: sa.select(made.t.c.id).prefix_with("STRAIGHT_JOIN", "SQL_SMALL_RESULT"),
            lambda: sa.select(made.t.c.id).prefix_with("HIGH_PRIORITY", dialect="mysql").distinct(),
            lambda: sa.select(made.t.c.id).prefix_with("/*+ NO_ICP(tt) */"),
            lambda: sa.select(made.t.c.id).suffix_with("PROCEDURE ANALYSE(10, 2000)"),
            lambda: sa.insert(made.t).prefix_with("LOW_PRIORITY").values(id=1),
            lambda: sa.update(made.t).prefix_with("LOW_PRIORITY").values(id=1),
            lambda: sa.delete(made.t).prefix_with("QUICK"),
            lambda: sa.update(made.t).with_hint("PARTITION (p)").values(id=1),
            lambda: sa.update(made.t).with_hint("PARTITION (p)", dialect_name="mysql").values(id=1),
            lambda: sa.delete(made.t).with_hint("PARTITION (p)"),
            lambda: sa.select(made.t.c.id).limit(5),
            lambda: sa.select(made.t.c.id).offset(5),
            lambda: sa.select(made.t.c.id).limit(5).offset(10),
            lambda: sa.select(made.t.c.id).limit(0).offset(0),
            lambda: sa.select(made.t.c.id).limit(sa.literal_column("3")).offset(sa.literal_column("2")),
            lambda: sa.select(made.t.c.id).fetch(5),
            lambda: sa.select(made.t.c.id).slice(2, 5),
            lambda: sa.select(made.t.c.id).union(sa.select(made.o.c.id)).limit(3),
            lambda: sa.select(made.t.c.id).limit(2).union(sa.select(made.o.c.id).limit(2)),
            lambda: sa.select(made.t.c.id).intersect(sa.select(made.o.c.id)),
            lambda: sa.select(made.t.c.id).except_all(sa.select(made.o.c.id)),
            lambda: sa.select(made.t.c.data.regexp_match("x")),
            lambda: sa.select(made.t.c.data.regexp_match("x", flags="i")),
            lambda: sa.select(~made.t.c.data.regexp_match("x", flags="i")),
            lambda: sa.select(made.t.c.data.regexp_replace("x", "y")),
            lambda: sa.select(made.t.c.data.regexp_replace("x", "y", flags="ig")),
            lambda: sa.select(made.t.c.data + "x"),
            lambda: sa.select(made.t.c.data.concat("x").concat(made.t.c.bar)),
            lambda: sa.select(made.t.c.data.ilike("x"), made.t.c.data.not_ilike("x", escape="/")),
            lambda: sa.select(made.t.c.data.collate("utf8mb4_bin")),
            lambda: sa.select(made.t.c.id).order_by(made.t.c.data.collate("utf8mb4_bin").desc()),
            lambda: sa.select(made.t.c.id).order_by(sa.nulls_first(made.t.c.data)),
            lambda: sa.select(made.t.c.n / 2, made.t.c.n // 2, made.t.c.n % 2, -made.t.c.n),
            lambda: sa.select(made.t.c.n.op("DIV")(3)),
            lambda: sa.select(made.t.c.n.bitwise_xor(3), made.t.c.n.bitwise_not(), made.t.c.n.bitwise_lshift(2)),
            lambda: sa.select(
                made.t.c.j["a"],
                made.t.c.j["a"].as_string(),
                made.t.c.j["a"]["b"].as_integer(),
                made.t.c.j[("a", 1)].as_float(),
                made.t.c.j["x"].as_boolean(),
                made.t.c.j["x"].as_numeric(10, 2),
                made.t.c.j["x"].as_json(),
            ),
            lambda: sa.select(made.t.c.j["a"].as_string() == "q"),
            lambda: sa.select(
                sa.func.current_timestamp(),
                sa.func.now(),
                sa.func.current_date(),
                sa.func.utc_timestamp(),
                sa.func.utc_timestamp(3),
                sa.func.localtime(),
                sa.func.sysdate(),
                sa.func.sysdate(6),
                sa.func.curdate(),
            ),
            lambda: sa.select(
                sa.func.random(),
                sa.func.char_length("x"),
                sa.func.count(),
                sa.func.group_concat(made.t.c.data.op("SEPARATOR")(",")),
            ),
            lambda: sa.select(sa.func.group_concat(made.t.c.data, sa.text("'x'"))),
            lambda: sa.select(sa.func.aggregate_strings(made.t.c.data, ",")),
            lambda: sa.select(sa.func.aggregate_strings(made.t.c.data, ",").over()),
            lambda: sa.select(sa.func.rollup(made.t.c.id)).group_by(sa.func.rollup(made.t.c.data, made.t.c.bar)),
            lambda: sa.select(sa.func.cube(made.t.c.id)),
            lambda: sa.select(sa.extract("year", made.t.c.data), sa.extract("day_hour", made.t.c.data)),
            lambda: sa.select(made.t.c.id).where(sa.true()),
            lambda: sa.select(made.t.c.id).where(sa.false()),
            lambda: sa.select(sa.literal(1)).where(sa.literal(1) == 2),
            lambda: sa.select(1).having(sa.literal(1) == 2),
            lambda: sa.select(
                sa.cast(made.t.c.data, sa.Integer),
                sa.cast(made.t.c.data, sa.BigInteger),
                sa.cast(made.t.c.data, m.INTEGER(unsigned=True)),
                sa.cast(made.t.c.data, sa.Boolean),
            ),
            lambda: sa.select(made.t.c.id).join(made.o, made.t.c.id == made.o.c.tid),
            lambda: sa.select(made.t.c.id).outerjoin(made.o, made.t.c.id == made.o.c.tid),
            lambda: sa.select(made.t.c.id).join(made.o, made.t.c.id == made.o.c.tid, full=True),
            lambda: sa.select(made.t.c.id).select_from(made.t, made.o),
            lambda: sa.select(made.t.c.id).select_from(made.t.join(made.o, sa.true())),
            lambda: sa.select(made.t.c.id).distinct(),
            lambda: sa.select(sa.tuple_(made.t.c.id, made.t.c.n).in_([(1, 2), (3, 4)])),
            lambda: sa.select(made.t.c.id.in_([]), made.t.c.id.not_in([])),
            lambda: sa.select(sa.func.json_extract(made.t.c.j, "$.a")),
            lambda: sa.select(sa.literal("a%b"), sa.text("'%'")),
            lambda: sa.select(sa.literal_column("'a%b'")),
            lambda: sa.select(sa.literal("it's \\\\ x")),
            lambda: sa.insert(made.t).values(),
            lambda: sa.insert(made.t).values(id=sa.func.last_insert_id()),
            lambda: sa.insert(made.t).values([{"id": 1}, {"id": 2}]),
            lambda: sa.insert(made.t).from_select(["id"], sa.select(made.o.c.id).cte("c").select()),
            lambda: sa.insert(made.t).returning(made.t.c.id),
            lambda: sa.delete(made.t).returning(made.t.c.id, made.t.c.data),
            lambda: sa.update(made.t).values(n=1).returning(made.t.c.id),
            lambda: sa.select(
                sa.values(sa.column("a", sa.Integer), sa.column("b", sa.String), name="v").data([(1, "x"), (2, "y")])
            ),
            lambda: sa.select(sa.select(made.t.c.id).cte("c", recursive=True).c.id),
            lambda: sa.select(sa.select(made.t.c.id).lateral("l").c.id),
            lambda: sa.select(sa.func.row_number().over(order_by=made.t.c.id)),
            lambda: sa.select(sa.func.max(made.t.c.id).filter(made.t.c.n > 1)),
            lambda: sa.select(made.t.c.data.between("a", "b", symmetric=True)),
            lambda: sa.select(sa.func.match(made.t.c.data)),
            lambda: sa.text("select :x").bindparams(x=5),
            lambda: sa.select(sa.case((made.t.c.id == 1, "x"), else_="y")),
            lambda: sa.select(
                sa.column("select"),
                sa.column("rows"),
                sa.column("returning"),
                sa.column("rank"),
                sa.column("body"),
                sa.column("Mixed"),
                sa.column("a`b"),
                sa.column("a%b"),
            ),
            lambda: sa.select(sa.func.coalesce(made.t.c.data, "x").collate("utf8_bin")),
            lambda: sa.select(sa.func.date_add(sa.func.now(), sa.text("interval 1 day"))),
            lambda: sa.select(sa.func.timestampdiff(sa.text("DAY"), made.t.c.data, sa.func.now())),
        ],
    )


@program
def on_duplicate_key(sa: Any, orm: Any, log: Any) -> None:
    m, made = log.module("dialects.mysql"), tables(sa)
    one = m.insert(made.t).values(id=1, data="x")
    log_all(
        log,
        m.dialect(),
        [
            lambda: one.on_duplicate_key_update(data="y"),
            lambda: one.on_duplicate_key_update(data=one.inserted.data),
            lambda: one.on_duplicate_key_update(
                data=one.inserted.data + "x", bar=sa.func.concat(one.inserted.bar, made.t.c.bar)
            ),
            lambda: one.on_duplicate_key_update({"bar": "y", "data": "z"}),
            lambda: one.on_duplicate_key_update([("bar", "y"), ("data", sa.func.concat("a", "b"))]),
            lambda: one.on_duplicate_key_update({made.t.c.bar: "y", made.t.c.data: sa.null()}),
            lambda: one.on_duplicate_key_update(kk=made.t.c.kk + 1),
            lambda: one.on_duplicate_key_update(one.inserted),
            lambda: one.on_duplicate_key_update(data=sa.bindparam("q")),
            lambda: one.on_duplicate_key_update(n=sa.select(sa.func.max(made.t.c.n)).scalar_subquery()),
            lambda: one.on_duplicate_key_update(data="z").returning(made.t.c.id),
            lambda: m.insert(made.t).from_select(["id"], sa.select(made.o.c.id)).on_duplicate_key_update(data="q"),
            lambda: m.insert(made.t).values([{"id": 1}, {"id": 2}]).on_duplicate_key_update(bar="z"),
            lambda: one.on_duplicate_key_update(),
            lambda: one.on_duplicate_key_update({"data": 1}, bar=2),
            lambda: one.on_duplicate_key_update(data=1).on_duplicate_key_update(data=2),
        ],
    )
    log("printed", str(one.on_duplicate_key_update(data=5)), one.inserted_alias.name, one.inserted.keys())


@program
def updates_of_several_tables(sa: Any, orm: Any, log: Any) -> None:
    m, made = log.module("dialects.mysql"), tables(sa)
    t, o = made.t, made.o
    both = t.c.id == o.c.tid
    log_all(
        log,
        m.dialect(),
        [
            lambda: sa.update(t).where(both).values({t.c.data: o.c.x, o.c.x: "q"}),
            lambda: sa.update(t).where(both).values({t.c.data: "1", o.c.data: "2"}),
            lambda: sa.update(t).where(both).values(n=5),
            lambda: sa.update(t).where(both).values({o.c.x: sa.func.lower(o.c.x), t.c.n: t.c.n + 1}),
            lambda: sa.update(t).values({o.c.x: "q"}),
            lambda: sa.delete(t).where(both, o.c.x == "z"),
        ],
    )
    for name in ("sqlite", "postgresql"):
        with log.raises(name, "Backend does not support additional tables in the SET clause"):
            log.text(name, sa.update(t).where(both).values({o.c.x: "q"}), name)


@program
def schemas(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.mysql")

    def table(*items: Any, **options: Any) -> Any:
        return sa.Table("t", sa.MetaData(), *items, **options)

    def key() -> Any:
        return sa.Column("id", sa.Integer, primary_key=True)

    made = [
        table(
            key(),
            mysql_engine="InnoDB",
            mysql_charset="utf8mb4",
            mysql_collate="utf8mb4_bin",
            mysql_row_format="DYNAMIC",
        ),
        table(key(), mysql_partition_by="HASH(id)", mysql_partitions="2", mysql_engine="InnoDB", comment="it's % x"),
        table(
            key(), mysql_default_charset="utf8", mysql_data_directory="'/a'", mysql_password="x", mysql_tablespace="ts"
        ),
        table(
            key(),
            sa.Column("d", sa.String(50)),
            sa.Column("e", sa.String(50)),
            sa.Index("i1", "d", mysql_length=10),
            sa.Index("i2", "d", "e", mysql_length={"d": 4}),
            sa.Index("i3", "d", mysql_prefix="FULLTEXT", mysql_with_parser="ngram"),
            sa.Index("i4", "d", unique=True, mysql_using="btree"),
        ),
        table(
            key(),
            sa.Column("a", sa.TIMESTAMP, server_default=sa.text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")),
            sa.Column("b", m.TIMESTAMP(fsp=3), nullable=False, server_default=sa.func.now()),
            sa.Column("c", sa.Integer, server_default=sa.text("1 + 2")),
            sa.Column("d", sa.Float, server_default=sa.text("-1.5")),
            sa.Column("e", sa.Boolean, server_default=sa.true()),
            sa.Column("f", sa.Integer, sa.Computed("c + 1", persisted=True)),
            sa.Column("g", sa.Enum("a", "b"), nullable=False, comment="kind"),
        ),
        table(sa.Column("a", sa.Integer), sa.PrimaryKeyConstraint("a", mysql_using="btree")),
    ]
    for one in made:
        log("table", str(sa.schema.CreateTable(one).compile(dialect=m.dialect())))
        for index in sorted(one.indexes, key=lambda index: index.name):
            log("index", str(sa.schema.CreateIndex(index).compile(dialect=m.dialect())))
            log("gone", str(sa.schema.DropIndex(index).compile(dialect=m.dialect())))


@program
def server_defaults(sa: Any, orm: Any, log: Any) -> None:
    texts = [
        "now()",
        "now(6)",
        "current_timestamp(6)",
        "CURRENT_TIMESTAMP",
        "localtime",
        "uuid()",
        "5",
        "5.5",
        "-5",
        "'x'",
        "(1+1)",
        "1+1",
        "NULL",
        "true",
        "b'01'",
        "0x1F",
        "CURRENT_DATE",
        "now(3) on update now(3)",
        "json_object()",
        '"x"',
    ]
    for text in texts:
        table = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer, server_default=sa.text(text)))
        log.text(text, sa.schema.CreateTable(table), "mysql")
