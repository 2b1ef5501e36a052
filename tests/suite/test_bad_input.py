"""Mistakes: the right class of error, which names the thing and the remedy, and nothing written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from cormorant.exc import (
    ArgumentError,
    CompileError,
    DBAPIError,
    InvalidRequestError,
    NoForeignKeysError,
    NoInspectionAvailable,
    NoReferencedTableError,
    NoSuchModuleError,
    ObjectNotExecutableError,
    StatementError,
)
from cormorant.orm import Session, registry, relationship
from cormorant.orm.exc import UnmappedClassError, UnmappedInstanceError

from .models import Base, Post, User


@pytest.fixture
def untouched(tables: Engine) -> Iterator[Session]:
    """A session on tables with one user; afterwards there is that one row and no other."""
    with Session(tables) as session:
        session.add(User(id=1, name="ann"))
        session.commit()
        yield session
        session.rollback()
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
        }
    assert counts == {**dict.fromkeys(counts, 0), "user_account": 1}


# mapped objects


def test_unknown_keyword(untouched: Session) -> None:
    with pytest.raises(TypeError, match=r"'nmae' is an invalid keyword argument for User"):
        untouched.add(User(nmae="x"))


def test_unknown_attribute_in_filter_by(untouched: Session) -> None:
    with pytest.raises(InvalidRequestError, match="nmae"):
        untouched.scalars(select(User).filter_by(nmae="x"))


def test_unknown_attribute_of_the_class() -> None:
    with pytest.raises(AttributeError, match="nmae"):
        select(User.nmae)  # type: ignore[attr-defined]


def test_unmapped_objects(untouched: Session) -> None:
    with pytest.raises(UnmappedInstanceError, match=r"builtins\.object"):
        untouched.add(object())
    with pytest.raises(UnmappedInstanceError, match=r"builtins\.str"):
        untouched.delete("x")
    with pytest.raises(UnmappedInstanceError):
        untouched.add_all([User(id=9, name="x"), 5])


def test_unmapped_classes(untouched: Session) -> None:
    with pytest.raises((UnmappedClassError, ArgumentError, NoInspectionAvailable), match="dict"):
        untouched.get(dict, 1)
    with pytest.raises(ArgumentError, match="dict"):
        untouched.scalars(select(dict))
    with pytest.raises(NoInspectionAvailable, match="dict"):
        inspect(dict)


def test_a_class_without_primary_key() -> None:
    table = Table("nokey", MetaData(), Column("x", Integer))
    with pytest.raises(ArgumentError, match=r"could not assemble any primary key columns .*nokey"):
        registry().map_imperatively(type("Thing", (), {}), table)


def test_a_class_without_table_name() -> None:
    with pytest.raises(InvalidRequestError, match="__tablename__"):
        type("Nameless", (Base,), {"id": Column(Integer, primary_key=True)})


def test_a_foreign_key_to_a_missing_table(engine: Engine, sent: Any) -> None:
    metadata = MetaData()
    Table("child", metadata, Column("id", Integer, primary_key=True), Column("p", ForeignKey("missing.id")))
    with pytest.raises(NoReferencedTableError, match="missing"):
        metadata.create_all(engine)
    assert sent.starting("\nCREATE") == []


def test_a_relationship_without_foreign_keys() -> None:
    metadata, maps = MetaData(), registry()
    a, b = (Table(name, metadata, Column("id", Integer, primary_key=True)) for name in "ab")
    first, second = type("First", (), {}), type("Second", (), {})
    maps.map_imperatively(first, a, properties={"others": relationship(second)})
    maps.map_imperatively(second, b)
    try:
        with pytest.raises(NoForeignKeysError, match=r"First\.others"):
            first()
    finally:
        maps.dispose()


def test_a_relationship_to_an_unknown_name() -> None:
    maps = registry()
    thing = type("Thing", (), {})
    table = Table("thing", MetaData(), Column("id", Integer, primary_key=True))
    maps.map_imperatively(thing, table, properties={"others": relationship("Nowhere")})
    try:
        with pytest.raises(InvalidRequestError, match="Nowhere"):
            thing()
    finally:
        maps.dispose()


def test_the_wrong_kind_of_related_object(untouched: Session) -> None:
    user = untouched.get_one(User, 1)
    with pytest.raises((TypeError, AssertionError, AttributeError, UnmappedInstanceError, ArgumentError)):
        user.posts = [5]  # type: ignore[list-item]
    with pytest.raises(TypeError, match="list"):
        user.posts = None  # type: ignore[assignment]
    with pytest.raises(TypeError, match=r"[Ii]ncompatible collection type"):
        user.posts = 5  # type: ignore[assignment]
    with pytest.raises((KeyError, ArgumentError, InvalidRequestError), match=r"User\.posts"):
        user.posts.append(User(id=8, name="x"))  # type: ignore[arg-type]


def test_get_with_the_wrong_number_of_keys(untouched: Session) -> None:
    with pytest.raises(InvalidRequestError, match="primary key"):
        untouched.get(User, (1, 2))
    with pytest.raises(InvalidRequestError, match="name"):
        untouched.get(User, {"name": "ann"})


def test_a_missing_key_value(untouched: Session) -> None:
    from cormorant.orm.exc import FlushError

    from .models import Place

    untouched.add(Place(country="CH"))
    with pytest.warns(Warning, match=r"place\.number"), pytest.raises((FlushError, DBAPIError)):
        untouched.flush()


def test_flush_in_a_session_without_engine() -> None:
    with Session() as session:
        session.add(User(id=5, name="x"))
        with pytest.raises(InvalidRequestError, match="bind"):
            session.flush()


# statements


def test_text_where_a_statement_should_be(untouched: Session, tables: Engine) -> None:
    for statement in ("DELETE FROM user_account", 5, None, User):
        with pytest.raises(ArgumentError):
            untouched.execute(statement)  # type: ignore[call-overload]
        with tables.connect() as connection, pytest.raises((ObjectNotExecutableError, ArgumentError)):
            connection.execute(statement)  # type: ignore[call-overload]


def test_text_where_an_expression_should_be(untouched: Session) -> None:
    with pytest.raises(ArgumentError, match="text"):
        untouched.execute(delete(User).where("1 = 1"))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        untouched.execute(select("name"))  # type: ignore[call-overload]
    with pytest.raises(ArgumentError):
        select(User).where(5)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        select(User).join("posts")  # type: ignore[arg-type]
    for bad in ("1; DROP TABLE user_account", object()):
        with pytest.raises((ArgumentError, ValueError, TypeError)):
            select(User).limit(bad)  # type: ignore[arg-type]


def test_a_statement_as_an_expression(untouched: Session) -> None:
    with pytest.raises(TypeError, match="Boolean value of this clause is not defined"):
        bool(User.id > 5)
    with pytest.raises(ArgumentError):
        select(select(User))  # type: ignore[call-overload]
    with pytest.raises(ArgumentError):
        insert(select(User))  # type: ignore[arg-type]


def test_unknown_columns(untouched: Session) -> None:
    with pytest.raises((CompileError, InvalidRequestError, ArgumentError), match="nmae"):
        untouched.execute(insert(User).values(nmae="x"))
    with pytest.raises((CompileError, InvalidRequestError, ArgumentError), match="nmae"):
        untouched.execute(update(User).values(nmae="x"))
    with pytest.raises((CompileError, StatementError), match="nmae"):
        untouched.connection().execute(insert(Base.metadata.tables["user_account"]).values(nmae="x"))
    with pytest.raises(AttributeError, match="nmae"):
        Base.metadata.tables["user_account"].c.nmae  # noqa: B018


def test_missing_parameters(untouched: Session) -> None:
    with pytest.raises(StatementError, match="'which'"):
        untouched.execute(text("DELETE FROM user_account WHERE id = :which"))


def test_tables_that_cannot_be_joined(untouched: Session) -> None:
    from .models import Place

    with pytest.raises((NoForeignKeysError, InvalidRequestError), match=r"place|Place"):
        untouched.execute(select(User).join(Place))


def test_a_query_over_the_wrong_relationship(untouched: Session) -> None:
    from cormorant.orm import joinedload

    with pytest.raises(ArgumentError, match=r"Post\.author|does not link"):
        untouched.scalars(select(User).options(joinedload(Post.author))).all()


# values

WRONG: dict[str, tuple[Any, Any]] = {
    "text for a date": (Date(), "not a date"),
    "text for a datetime": (DateTime(), "never"),
    "text for a number": (Integer(), "abc"),
    "text for a decimal": (Numeric(10, 2), "abc"),
    "list for text": (String(30), ["a", ["b"]]),
    "number for bytes": (LargeBinary(), 5.5),
    "text for a boolean": (Boolean(), "maybe"),
    "object": (String(30), object()),
}
STORED_AS_GIVEN = {"text for a number", "number for bytes", "list for text"}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_values(case: str, create: Callable[..., Table], connection: Connection) -> None:
    """A value that neither the type nor the database accepts writes nothing.

    Databases differ in what they accept by converting it; a database without strict types stores some as given.
    """
    type_, value = WRONG[case]
    table = create("t", Column("id", Integer, primary_key=True), Column("x", type_))
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(id=1, x=value))
    except (StatementError, TypeError, ValueError):
        assert connection.execute(select(table.c.id)).all() == []
    else:
        assert case in STORED_AS_GIVEN
        assert connection.execute(select(table.c.id)).all() == [(1,)]


@pytest.mark.parametrize("case", ["text for a date", "text for a boolean", "object"])
def test_wrong_values_in_objects(case: str, create: Callable[..., Table], engine: Engine) -> None:
    type_, value = WRONG[case]
    table = create("t", Column("id", Integer, primary_key=True), Column("x", type_))
    thing = type("Thing", (), {})
    registry().map_imperatively(thing, table)
    with Session(engine) as session:
        good, bad = thing(), thing()
        bad.x = value
        session.add_all([good, bad])
        with pytest.raises((StatementError, TypeError, ValueError)):
            session.flush()
        session.rollback()
        assert session.execute(select(table)).all() == []


# engines


@pytest.mark.parametrize("url", ["", "nonsense", "://", "sqlite", "postgresql+psycopg://host:port/db"])
def test_text_that_is_no_url(url: str) -> None:
    with pytest.raises((ArgumentError, ValueError)):
        create_engine(url)


def test_unknown_dialects_and_drivers() -> None:
    with pytest.raises(NoSuchModuleError, match="nosuch"):
        create_engine("nosuch://host/db")
    with pytest.raises(NoSuchModuleError, match="nosuch"):
        create_engine("postgresql+nosuch://host/db")


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [
        ("postgresql+psycopg://host/db", "psycopg", "cormorant[postgresql]"),
        ("mysql+pymysql://host/db", "pymysql", "cormorant[mysql]"),
    ],
)
def test_a_driver_that_is_not_installed(url: str, module: str, extra: str) -> None:
    program = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from cormorant import create_engine\n"
        f"try: create_engine({url!r})\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert module in done.stdout
    assert extra in done.stdout


def test_unknown_options(database: str) -> None:
    with pytest.raises(TypeError, match="pool_sizes"):
        create_engine(database, pool_sizes=5)
    engine = create_engine(database, isolation_level="PRETTY GOOD")
    with pytest.raises(ArgumentError, match="isolation"):
        engine.connect()


def test_a_table_without_columns_and_twice(engine: Engine) -> None:
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer, primary_key=True))
    with pytest.raises(InvalidRequestError, match="already defined"):
        Table("t", metadata, Column("id", Integer, primary_key=True))
    with pytest.raises(ArgumentError, match="Column"):
        Table("u", metadata, 5)  # type: ignore[arg-type]
