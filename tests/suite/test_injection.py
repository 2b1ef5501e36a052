"""Hostile text at every entry: values are bound, names are quoted, what is neither is refused.

In each test a canary table must still be there afterwards, and what went in must come out as it was.
"""

from __future__ import annotations

import datetime as dt
import decimal
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import (
    JSON,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    table,
    text,
    tuple_,
    update,
)
from cormorant.exc import ArgumentError, CompileError, DBAPIError, SQLAlchemyError

FRAGMENTS = (
    "'", "''", '"', '""', "`", "``", "\\", "\\'", "\\\\", ";", "--", "/*", "*/", "#", "%", "%%", "%s", "%(x)s", ":x",
    "::", "?", "$1", "{0}", "(", ")", ",", "\n", "\t", " OR 1=1", "; DROP TABLE canary", "é", "名", "[x]",
)  # fmt: skip


def hostile(count: int, seed: int) -> list[str]:
    """Texts put together from fragments, the fragments themselves first."""
    chance = random.Random(seed)
    made = ["".join(chance.choices(FRAGMENTS, k=chance.randint(2, 5))) for _ in range(count)]
    return [*FRAGMENTS, *made]


@pytest.fixture
def guarded(engine: Engine) -> Iterator[Connection]:
    """A connection beside a canary table, which must survive."""
    metadata = MetaData()
    canary = Table("canary", metadata, Column("id", Integer, primary_key=True))
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(canary), {"id": 7})
    with engine.connect() as connection:
        yield connection
        connection.rollback()
        assert connection.execute(select(canary.c.id)).all() == [(7,)]
    metadata.drop_all(engine)


def test_values_come_back(guarded: Connection) -> None:
    for value in hostile(40, 1):
        assert guarded.scalar(select(literal(value))) == value
        assert guarded.scalar(text("SELECT :a"), {"a": value}) == value
        assert guarded.scalar(select(bindparam("b", type_=String)), {"b": value}) == value
        assert guarded.scalar(select(case((literal(1) == 1, value), else_="x"))) == value
        assert guarded.execute(select(literal(value)).where(literal(value).in_([value, "other"]))).all() == [(value,)]


def test_literals_come_back(guarded: Connection, engine: Engine) -> None:
    for value in hostile(60, 2):
        written = select(literal(value).label("v")).compile(engine, compile_kwargs={"literal_binds": True})
        assert guarded.exec_driver_sql(str(written)).scalar() == value


def test_values_written_into_the_text(guarded: Connection) -> None:
    for value in hostile(30, 3):
        found = guarded.scalar(select(bindparam("a", value, String, literal_execute=True)))
        assert found == value


def test_labels(guarded: Connection) -> None:
    for name in hostile(40, 4):
        if _is_refused(name, guarded):
            continue
        row = guarded.execute(select(literal(5).label(name))).one()
        assert row._mapping[name] == 5
        inner = select(literal(6).label(name)).subquery("s")
        assert guarded.scalar(select(inner.c[name])) == 6


def _is_refused(name: str, connection: Connection) -> bool:
    """Names that a driver or server cannot take: told by the database, before anything is built of them."""
    return name != name.strip() or any(char in name for char in "\n\t") or len(name) > 60


def test_aliases_and_expressions_of_with(guarded: Connection) -> None:
    source = select(literal(1).label("n"))
    for name in hostile(30, 5):
        if _is_refused(name, guarded):
            continue
        assert guarded.scalar(select(source.subquery(name).c.n)) == 1
        assert guarded.scalar(select(source.cte(name).c.n)) == 1


def test_names_of_tables_and_columns(guarded: Connection, engine: Engine) -> None:
    for number, name in enumerate(hostile(12, 6), start=1):
        if _is_refused(name, guarded) or "%" in name or "/" in name or "\\" in name or "." in name:
            continue
        metadata = MetaData()
        made = Table(f"t{name}", metadata, Column("id", Integer, primary_key=True), Column(f"c{name}", String(80)))
        metadata.create_all(engine)
        try:
            with engine.begin() as connection:
                connection.execute(made.insert(), {"id": number, f"c{name}": name})
                assert connection.execute(select(made)).all() == [(number, name)]
                changed = {f"c{name}": "new"}
                assert connection.execute(update(made).values(changed)).rowcount == 1
                assert connection.execute(select(made.c[f"c{name}"])).scalars().all() == ["new"]
                assert connection.execute(delete(made).where(made.c[f"c{name}"] == "new")).rowcount == 1
        finally:
            metadata.drop_all(engine)


@pytest.mark.parametrize(
    "build",
    [
        lambda bad: select(table("t")).where(bad),
        lambda bad: select(column(bad)).select_from(bad),
        lambda bad: select(column("a")).join(bad),
        lambda bad: select(bad),
        lambda bad: select(column("a")).having(bad),
        lambda bad: select(column("a")).limit(bad),
        lambda bad: select(column("a")).offset(bad),
        lambda bad: select(column("a")).fetch(bad),
        lambda bad: select(column("a")).slice(0, bad),
        lambda bad: select(case((bad, 1))).where(bad),
        lambda bad: update(bad),
        lambda bad: delete(table("t")).where(bad),
        lambda bad: select(column("a")).filter_by(**{bad: 1}),
        lambda bad: select(func.sum(column("a")).over(rows=(bad, 1))),
        lambda bad: select(tuple_(column("a")).in_(bad)),
    ],
)
def test_text_is_no_sql(build: Callable[[str], Any]) -> None:
    for bad in ("1; DROP TABLE canary", "id) OR 1=1 --", "x' OR 'a'='a"):
        with pytest.raises((SQLAlchemyError, ValueError, TypeError)):
            str(build(bad))


@pytest.mark.parametrize("clause", ["order_by", "group_by"])
def test_ordering_by_text_names_a_column(clause: str) -> None:
    things = table("t", column("id"))
    for bad in ("id; DROP TABLE canary", "id DESC", "1", "(SELECT 1)", "t.id"):
        with pytest.raises(CompileError, match="Can't resolve label reference"):
            str(getattr(select(things), clause)(bad))


def test_names_in_values_are_columns() -> None:
    things = table("t", column("id"))
    for build in (insert(things), update(things)):
        for bad in ("id) VALUES (1); --", "id = 1, x", 'id"'):
            with pytest.raises(CompileError, match="Unconsumed column names"):
                str(build.values(**{bad: 1}))


class Sly:
    """A value that pretends to be SQL."""

    text = "1; DROP TABLE canary"
    is_clause_element = True
    __html__ = __sql__ = lambda self: "1; DROP TABLE canary"

    def __str__(self) -> str:
        return "1; DROP TABLE canary"

    def __int__(self) -> int:
        return 1


class SlyText(str):
    """A string with attributes of a node."""

    is_clause_element = True
    text = "1; DROP TABLE canary"
    shape = None


def test_values_are_never_taken_for_sql() -> None:
    for value in (Sly(), SlyText("x"), {"text": "1"}, b"x", ["x"], {"__clause_element__": 1}):
        compiled: Any = select(literal(value)).compile()
        assert str(compiled) == "SELECT :param_1 AS anon_1"
        assert compiled.params == {"param_1": value}
        compared: Any = (column("a", String) == value).compile()
        assert str(compared) == "a = :a_1"


def test_a_number_of_rows_is_a_number() -> None:
    compiled: Any = select(column("a")).limit(Sly()).compile()  # type: ignore[arg-type]
    assert compiled.params == {"param_1": 1}


def test_keys_of_documents_equal_the_dictionary(engine: Engine) -> None:
    documents = Table("docs", MetaData(), Column("id", Integer, primary_key=True), Column("d", JSON))
    documents.create(engine)
    refused = ('"', "\n", "\t")  # not in paths of every database; a server finds no key that begins with a hyphen
    keys = [key for key in hostile(10, 7) if not any(part in key for part in refused) and key[0] != "-"]
    held = {**{key: f"v{number}" for number, key in enumerate(keys)}, "a": {"secret": "TOP"}, "a.secret": "flat"}
    try:
        with engine.begin() as connection:
            connection.execute(documents.insert(), {"id": 1, "d": held})
            for key in (*keys, "a.secret", "*", "$", "0"):
                found = connection.scalar(select(documents.c.d[key].as_string()))
                assert found == held.get(key), key
            for key in ('a"."secret', 'a"]["secret', 'a".secret'):
                try:
                    assert connection.scalar(select(documents.c.d[key].as_string())) is None
                except (CompileError, DBAPIError, ArgumentError, SQLAlchemyError):
                    connection.rollback()
    finally:
        documents.drop(engine)


@pytest.mark.parametrize("escape", ["/", "!", "^", "|"])
def test_parts_of_texts_equal_python(guarded: Connection, escape: str) -> None:
    haystacks = ["50% off", "a_b", "a/b", "a\\b", "plain", "x'y", "!^|", "%", "_"]
    for haystack in haystacks:
        for needle in ("%", "_", "/", "\\", "'", "a_", "50%", "|", "^", "!", "b"):
            whole = literal(haystack)
            options: dict[str, Any] = {"autoescape": True, "escape": escape}
            found = guarded.execute(
                select(
                    case((whole.contains(needle, **options), 1), else_=0),
                    case((whole.startswith(needle, **options), 1), else_=0),
                    case((whole.endswith(needle, **options), 1), else_=0),
                )
            ).one()
            expected = needle in haystack, haystack.startswith(needle), haystack.endswith(needle)
            assert tuple(map(bool, found)) == expected, (haystack, needle)


def test_literals_of_other_types(guarded: Connection, engine: Engine) -> None:
    values = (
        decimal.Decimal("1.50"),
        dt.date(2020, 1, 2),
        dt.datetime(2020, 1, 2, 3, 4, 5),
        uuid.UUID(int=5),
        True,
        -7,
    )
    for value in values:
        written = str(select(literal(value)).compile(engine, compile_kwargs={"literal_binds": True}))
        assert ";" not in written
        assert guarded.exec_driver_sql(written).scalar() is not None


def test_numbers_written_are_numbers(engine: Engine) -> None:
    bad: Any = "1); DROP TABLE canary; --"
    with pytest.raises(CompileError):
        str(select(literal(bad, Integer)).compile(engine, compile_kwargs={"literal_binds": True}))


def test_names_quoted_by_the_dialect(engine: Engine) -> None:
    preparer = engine.dialect.identifier_preparer
    for name in hostile(200, 8):
        quoted = preparer.quote_identifier(name)
        first, last = preparer.initial_quote, preparer.final_quote
        assert quoted.startswith(first)
        assert quoted.endswith(last)
        inside = quoted[len(first) : -len(last)]
        assert last not in inside.replace(last * 2, "")


def test_casts_take_types_only() -> None:
    with pytest.raises(Exception, match=r"."):
        str(cast(column("a"), "INTEGER); DROP TABLE canary"))


def test_bytes_come_back(engine: Engine) -> None:
    blobs = Table("blobs", MetaData(), Column("id", Integer, primary_key=True), Column("b", LargeBinary))
    blobs.create(engine)
    try:
        with engine.begin() as connection:
            for number, value in enumerate((b"'\"\\;--", bytes(range(256)), b""), start=1):
                connection.execute(blobs.insert(), {"id": number, "b": value})
                assert connection.scalar(select(blobs.c.b).where(blobs.c.id == number)) == value
    finally:
        blobs.drop(engine)
