"""SQLite's own: dates and times in formats, JSON, ON CONFLICT, options of tables, URLs and what they mean."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from ..registry import program

MOMENT = dt.datetime(2021, 3, 4, 5, 6, 7, 891)
SLASHES = "%(year)04d/%(month)02d/%(day)02d %(hour)02d:%(minute)02d:%(second)02d"
TEXTS = ("2021-03-04 05:06:07.000891", "2021-03-04", "2021/03/04 05:06:07", "03/04/2021", "20210304", None, "garbage")


def tables(sa: Any, m: Any) -> SimpleNamespace:
    metadata = sa.MetaData()
    t = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.String(9), unique=True),
        sa.Column("b", sa.String(9), unique=True, key="bk"),
        sa.Column("n", sa.Integer),
        sa.Column("j", m.JSON),
        sa.Column("jb", m.JSONB),
    )
    return SimpleNamespace(t=t, metadata=metadata)


@program
def dates_and_times(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.sqlite")
    kinds = [
        m.DATETIME(),
        m.DATETIME(truncate_microseconds=True),
        m.DATETIME(storage_format=SLASHES, regexp=r"(\d+)/(\d+)/(\d+) (\d+):(\d+):(\d+)"),
        m.DATETIME(timezone=True),
        m.DATE(),
        m.DATE(storage_format="%(month)02d/%(day)02d/%(year)04d", regexp=r"(?P<month>\d+)/(?P<day>\d+)/(?P<year>\d+)"),
        m.DATE(storage_format="%(year)04d%(month)02d%(day)02d"),
        m.TIME(truncate_microseconds=True),
        m.TIME(storage_format="%(hour)02d-%(minute)02d-%(second)02d", regexp=r"(\d+)-(\d+)-(\d+)"),
    ]
    for kind in kinds:
        log("type", kind.compile(dialect=m.dialect()), str(kind), repr(kind), type(kind.as_generic()).__name__)
        for value in (MOMENT, MOMENT.date(), MOMENT.time(), None, "x", 5):
            with log.raises("bind", "type only accepts Python"):
                log("bind", kind.bind_processor(m.dialect())(value))
        for text in (*TEXTS, 5):
            with log.raises("result", "Couldn't parse"):
                log("result", kind.result_processor(m.dialect(), None)(text))
    with log.raises("both", "only one of truncate_microseconds or storage_format"):
        m.TIME(storage_format="x", truncate_microseconds=True)


@program
def on_conflict(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.sqlite")
    t = tables(sa, m).t
    one = m.insert(t).values(id=1)
    made = [
        lambda: one.on_conflict_do_nothing(),
        lambda: one.on_conflict_do_nothing(index_elements=["id"]),
        lambda: one.on_conflict_do_nothing(index_elements=[t.c.id, t.c.a], index_where=t.c.n > 5),
        lambda: one.on_conflict_do_update(index_elements=["id"], set_={"a": "x"}),
        lambda: one.on_conflict_do_update(
            index_elements=[t.c.id], set_={"a": one.excluded.a, "bk": t.c.bk + one.excluded.bk}, where=t.c.n > 3
        ),
        lambda: one.on_conflict_do_update(index_elements=["id"], set_=one.excluded),
        lambda: one.on_conflict_do_update(index_elements=["a"], set_={"n": 1}).on_conflict_do_update(
            index_elements=["b"], set_={"n": 2}
        ),
        lambda: one.on_conflict_do_nothing().on_conflict_do_nothing(),
        lambda: one.on_conflict_do_update(index_elements=["id"], set_={}),
        lambda: one.on_conflict_do_update(index_elements=["id"]),
        lambda: one.on_conflict_do_nothing().returning(t.c.id),
        lambda: m.insert(t).values([{"id": 1}, {"id": 2}]).on_conflict_do_nothing(),
        lambda: m.insert(t).prefix_with("OR REPLACE").values(id=1),
    ]
    for number, make in enumerate(made):
        with log.raises(str(number), "ON CONFLICT clause"):
            log.text(str(number), make(), "sqlite")
            log(str(number), str(make()))
            written = make().compile(dialect=m.dialect(), compile_kwargs={"literal_binds": True})
            log("written", str(written))


@program
def rows(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.sqlite")
    engine = log.engine()
    with engine.connect() as connection:
        plain = sa.Table(
            "p",
            sa.MetaData(),
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("a", sa.String, unique=True),
            sa.Column("b", sa.String, unique=True),
            sa.Column("day", m.DATE(storage_format="%(year)04d%(month)02d%(day)02d", regexp=r"(\d{4})(\d\d)(\d\d)")),
            sa.Column("j", m.JSON),
        )
        plain.create(connection)
        insert = m.insert(plain)
        values = {"a": "x", "b": "y", "day": MOMENT.date(), "j": {"k": [1]}}
        log("inserted", connection.execute(insert, values).inserted_primary_key)
        update = insert.on_conflict_do_update(index_elements=["a"], set_={"b": insert.excluded.b, "j": {"z": 1}})
        log("updated", connection.execute(update, [{"a": "x", "b": "q"}, {"a": "w", "b": "r"}]).rowcount)
        log("none", connection.execute(insert.on_conflict_do_nothing().returning(plain.c.id), {"a": "x"}).all())
        chained = update.on_conflict_do_update(index_elements=["b"], set_={"a": "chained"})
        connection.execute(chained, {"a": "new", "b": "r"})
        log("rows", connection.execute(sa.select(plain).order_by(plain.c.id)).all())
        log("found", connection.scalars(sa.select(plain.c.id).where(plain.c.day == MOMENT.date())).all())
        log("stored", connection.exec_driver_sql("SELECT day, j FROM p ORDER BY id").all())


@program
def documents(sa: Any, orm: Any, log: Any) -> None:
    m = log.module("dialects.sqlite")
    t = tables(sa, m).t
    for element in (
        sa.select(t.c.j["a"]),
        sa.select(t.c.j["a"].as_string(), t.c.j[("a", 1)].as_integer()),
        sa.select(t.c.jb),
        sa.select(t.c.jb["a"]),
        sa.insert(t).values(jb={"a": 1}, j={"a": 1}),
        sa.update(t).values(jb={"a": 1}),
    ):
        log("text", str(element.compile(dialect=m.dialect())))


@program
def options_of_tables(sa: Any, orm: Any, log: Any) -> None:
    column, integer = sa.Column, sa.Integer

    def table(*items: Any, **options: Any) -> Any:
        return sa.Table("t", sa.MetaData(), *items, **options)

    made = [
        lambda: table(column("id", integer, primary_key=True), sqlite_autoincrement=True),
        lambda: table(column("id", integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True),
        lambda: table(
            column("id", integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"),
            column("a", integer, nullable=False, sqlite_on_conflict_not_null="IGNORE"),
            column("b", integer, unique=True, sqlite_on_conflict_unique="REPLACE"),
        ),
        lambda: table(
            column("id", integer),
            column("a", integer),
            sa.PrimaryKeyConstraint("id", sqlite_on_conflict="FAIL"),
            sa.UniqueConstraint("a", sqlite_on_conflict="ROLLBACK"),
            sa.CheckConstraint("a > 1", sqlite_on_conflict="ABORT"),
        ),
        lambda: table(
            column("a", sa.Float, server_default=sa.text("-1.5")), column("b", integer, sa.Computed("a + 1"))
        ),
        lambda: table(
            column("a", integer, primary_key=True, autoincrement=True), column("b", integer, primary_key=True)
        ),
        lambda: table(column("id", integer, primary_key=True), sqlite_nope=True),
    ]
    for number, make in enumerate(made):
        with log.raises(str(number), "not accepted by dialect 'sqlite'"):
            log.text(str(number), sa.schema.CreateTable(make()), "sqlite")
    some = table(column("id", integer, primary_key=True), column("n", integer))
    index = sa.Index("ix", some.c.n, unique=True, sqlite_where=some.c.n > 5)
    log("index", str(sa.schema.CreateIndex(index).compile(dialect=log.module("dialects.sqlite").dialect())))


@program
def addresses(sa: Any, orm: Any, log: Any) -> None:
    for url in (
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:////tmp/x.db?timeout=5",
        "sqlite:///file:/tmp/x.db?mode=ro&nolock=1&uri=true&check_same_thread=true",
        "sqlite:///file::memory:?cache=shared&uri=true",
    ):
        engine = sa.create_engine(url)
        arguments, options = engine.dialect.create_connect_args(engine.url)
        options.pop("check_same_thread", None)
        log("url", type(engine.pool).__name__, arguments, options)
    for url in ("sqlite://u:p@h/d", "sqlite+nope:///x"):
        with log.raises(url, "Invalid SQLite URL"):
            sa.create_engine(url).connect()
    with log.raises("no module"):
        sa.create_engine("sqlite+pysqlcipher://:secret@/x.db")


@program
def plugins(sa: Any, orm: Any, log: Any) -> None:
    class Plugin(log.module("engine").CreateEnginePlugin):  # type: ignore[misc]
        def update_url(self, url: Any) -> Any:
            return url

    with log.raises("nope", "Can't load plugin"):
        sa.create_engine("sqlite://", plugins=["nope"])
    log("url", str(Plugin(sa.make_url("sqlite://"), {}).update_url(sa.make_url("sqlite://"))))
    with log.raises("not overridden"):
        log.module("engine").CreateEnginePlugin(sa.make_url("sqlite://"), {}).update_url(sa.make_url("sqlite://"))


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
        log.text(text, sa.schema.CreateTable(table), "sqlite")
